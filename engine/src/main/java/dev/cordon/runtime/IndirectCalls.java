package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes what {@code call_indirect} calls: for each type a method that finds the function in a
 * table and goes to it, by a switch over those that a table is likely to hold.
 */
final class IndirectCalls {
    /** Cases of one switch; a method of the JVM does not hold any number. */
    private static final int DISPATCH_CHUNK = 512;

    private final ModuleLayout layout;
    private final GuestShape shape;

    IndirectCalls(ModuleLayout layout) {
        this.layout = layout;
        this.shape = layout.shape();
    }

    /** Writes the methods for one type into a class of their own. */
    void write(ClassWriter writer, int type, Set<Integer> candidates) {
        FunctionType signature = shape.type(type);
        int parameters =
                Signatures.boxed(signature)
                        ? 1
                        : Signatures.slots(Signatures.kinds(signature.params()));
        MethodVisitor m =
                CodeGenerator.method(writer, "i" + type, Signatures.indirectDescriptor(signature));
        Signatures.storeFuel(m, parameters + 2);
        m.visitVarInsn(Opcodes.ILOAD, parameters);
        m.visitVarInsn(Opcodes.ILOAD, parameters + 1);
        m.visitVarInsn(Opcodes.ALOAD, parameters + 2);
        Signatures.call(m, Signatures.STATE, "element", "(IIL" + Signatures.STATE + ";)I");
        List<Integer> all = new ArrayList<>(candidates);
        if (all.size() <= DISPATCH_CHUNK) {
            m.visitVarInsn(Opcodes.ISTORE, parameters);
            dispatch(m, type, all, parameters, parameters + 2);
        } else {
            m.visitVarInsn(Opcodes.ISTORE, parameters);
            chunks(writer, m, layout.classOfIndirect(type), type, all, parameters);
        }
        m.visitMaxs(Signatures.slots(Signatures.kinds(signature.params())) + 16, parameters + 5);
        m.visitEnd();
    }

    private void chunks(
            ClassWriter writer,
            MethodVisitor m,
            String owner,
            int type,
            List<Integer> all,
            int parameters) {
        FunctionType signature = shape.type(type);
        String descriptor = Signatures.indirectDescriptor(signature);
        for (int from = 0, chunk = 0; from < all.size(); from += DISPATCH_CHUNK, chunk++) {
            List<Integer> some = all.subList(from, Math.min(all.size(), from + DISPATCH_CHUNK));
            Label next = new Label();
            m.visitVarInsn(Opcodes.ILOAD, parameters);
            Signatures.push(m, some.get(some.size() - 1));
            boolean last = from + DISPATCH_CHUNK >= all.size();
            if (last) {
                m.visitInsn(Opcodes.POP2);
            } else {
                m.visitJumpInsn(Opcodes.IF_ICMPGT, next);
            }
            loadArguments(m, signature);
            m.visitVarInsn(Opcodes.ILOAD, parameters);
            m.visitVarInsn(Opcodes.ILOAD, parameters + 1);
            m.visitVarInsn(Opcodes.ALOAD, parameters + 2);
            m.visitVarInsn(Opcodes.ILOAD, parameters + 3);
            m.visitVarInsn(Opcodes.ILOAD, parameters + 4);
            Signatures.call(m, owner, "c" + chunk, descriptor);
            m.visitInsn(Signatures.returnInstruction(signature));
            if (!last) {
                m.visitLabel(next);
                indirectFrame(m, signature);
            }
            MethodVisitor c = CodeGenerator.method(writer, "c" + chunk, descriptor);
            dispatch(c, type, some, parameters, parameters + 2);
            c.visitMaxs(
                    Signatures.slots(Signatures.kinds(signature.params())) + 16, parameters + 5);
            c.visitEnd();
        }
    }

    private static void loadArguments(MethodVisitor m, FunctionType signature) {
        if (Signatures.boxed(signature)) {
            m.visitVarInsn(Opcodes.ALOAD, 0);
            return;
        }
        String kinds = Signatures.kinds(signature.params());
        int slot = 0;
        for (int i = 0; i < kinds.length(); i++) {
            m.visitVarInsn(Signatures.load(kinds.charAt(i)), slot);
            slot += Signatures.slots(kinds.charAt(i));
        }
    }

    private static void indirectFrame(MethodVisitor m, FunctionType signature) {
        List<Object> locals = new ArrayList<>();
        if (Signatures.boxed(signature)) {
            locals.add("[J");
        } else {
            String kinds = Signatures.kinds(signature.params());
            for (int i = 0; i < kinds.length(); i++) {
                locals.add(Signatures.frame(kinds.charAt(i)));
            }
        }
        locals.add(Opcodes.INTEGER);
        locals.add(Opcodes.INTEGER);
        locals.add(Signatures.STATE);
        locals.add(Opcodes.INTEGER);
        locals.add(Opcodes.INTEGER);
        m.visitFrame(Opcodes.F_NEW, locals.size(), locals.toArray(), 0, new Object[0]);
    }

    /**
     * Calls the function whose index is in a local, by a switch over those that are likely; these
     * are known to have the type, so it is looked at only for others.
     */
    private void dispatch(
            MethodVisitor m, int type, List<Integer> functions, int index, int state) {
        FunctionType signature = shape.type(type);
        Label other = new Label();
        if (!functions.isEmpty()) {
            Label[] labels = functions.stream().map(f -> new Label()).toArray(Label[]::new);
            m.visitVarInsn(Opcodes.ILOAD, index);
            m.visitLookupSwitchInsn(other, functions.stream().mapToInt(f -> f).toArray(), labels);
            for (int i = 0; i < labels.length; i++) {
                int function = functions.get(i);
                m.visitLabel(labels[i]);
                indirectFrame(m, signature);
                loadArguments(m, signature);
                m.visitVarInsn(Opcodes.ALOAD, state);
                m.visitVarInsn(Opcodes.ILOAD, state + 1);
                m.visitVarInsn(Opcodes.ILOAD, state + 2);
                Signatures.call(
                        m,
                        layout.classOf(function),
                        "f" + function,
                        Signatures.descriptor(signature));
                m.visitInsn(Signatures.returnInstruction(signature));
            }
            m.visitLabel(other);
            indirectFrame(m, signature);
        }
        m.visitVarInsn(Opcodes.ILOAD, index);
        Signatures.push(m, type);
        m.visitVarInsn(Opcodes.ALOAD, state);
        Signatures.call(m, Signatures.STATE, "requireType", "(IIL" + Signatures.STATE + ";)V");
        Signatures.boxParameters(m, signature);
        m.visitVarInsn(Opcodes.ILOAD, index);
        m.visitVarInsn(Opcodes.ALOAD, state);
        m.visitVarInsn(Opcodes.ILOAD, state + 1);
        Signatures.call(m, Signatures.STATE, "callAny", "([JIL" + Signatures.STATE + ";I)[J");
        Signatures.returnRaw(m, signature);
    }
}
