package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.Element;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import dev.cordon.meter.FunctionPlan;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Generates the classes of a module: groups of functions, one dispatcher per type of indirect call,
 * and the entry by function index.
 */
final class CodeGenerator {
    private static final int STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;
    private static final String CALL = "(I[JL" + Signatures.STATE + ";I)[J";

    private final ModuleLayout layout;
    private final GuestShape shape;
    private final List<FunctionPlan> plans;
    private final CompileBudget budget;
    private final BitSet interpreted = new BitSet();
    private final Map<String, byte[]> classes = new LinkedHashMap<>();

    CodeGenerator(ModuleLayout layout, List<FunctionPlan> plans, CompileBudget budget) {
        this.layout = layout;
        this.shape = layout.shape();
        this.plans = plans;
        this.budget = budget;
    }

    /** Functions that the JVM cannot hold; known after {@link #generate}. */
    BitSet interpreted() {
        return interpreted;
    }

    Map<String, byte[]> generate() {
        for (int group = 0; group < layout.groups(); group++) {
            List<Integer> small = new ArrayList<>();
            for (int function : layout.functionsOf(group)) {
                if (layout.isLarge(function)) {
                    functions(layout.classOf(function), List.of(function));
                } else {
                    small.add(function);
                }
            }
            functions(ModuleLayout.PACKAGE + "Code" + group, small);
        }
        indirectCalls();
        entry();
        return classes;
    }

    /** Writes a class of functions; those that turn out too large are left to the interpreter. */
    private void functions(String name, List<Integer> functions) {
        while (true) {
            try {
                ClassWriter writer = begin(name, "java/lang/Object");
                for (int function : functions) {
                    budget.check();
                    function(writer, function);
                }
                end(name, writer);
                return;
            } catch (MethodTooLargeException e) {
                interpreted.set(Integer.parseInt(e.getMethodName().substring(1)));
            }
        }
    }

    private void function(ClassWriter writer, int function) {
        FunctionType type = shape.functionType(function);
        int defined = function - shape.importedFunctions();
        if (defined >= 0 && !interpreted.get(function)) {
            MethodVisitor m =
                    writer.visitMethod(
                            STATIC, "f" + function, Signatures.descriptor(type), null, null);
            AccessMethods access = layout.isLarge(function) ? new AccessMethods() : null;
            try {
                FunctionCompiler.compile(
                        layout,
                        function,
                        shape.module().codeSection().getFunctionBody(defined),
                        plans.get(defined),
                        m,
                        access);
                if (access != null) {
                    access.write(writer);
                }
                return;
            } catch (OperandFrames.FunctionTooLarge e) {
                interpreted.set(function);
                throw new MethodTooLargeException("", "f" + function, "", 0);
            }
        }
        bridge(writer, function, type, defined < 0 ? "callHost" : "interpret");
    }

    /** A method that hands its arguments to the state: imported and interpreted functions. */
    private static void bridge(ClassWriter writer, int function, FunctionType type, String via) {
        MethodVisitor m = method(writer, "f" + function, Signatures.descriptor(type));
        String kinds = Signatures.kinds(type.params());
        int state = Signatures.boxParameters(m, type);
        Signatures.push(m, function);
        m.visitVarInsn(Opcodes.ALOAD, state);
        m.visitVarInsn(Opcodes.ILOAD, state + 1);
        Signatures.storeFuel(m, state);
        Signatures.call(m, Signatures.STATE, via, "([JIL" + Signatures.STATE + ";I)[J");
        Signatures.returnRaw(m, type);
        m.visitMaxs(16, state + 3 + Signatures.slots(kinds));
        m.visitEnd();
    }

    // ---- indirect calls

    private void indirectCalls() {
        Map<Integer, Set<Integer>> candidates = candidates();
        IndirectCalls indirect = new IndirectCalls(layout);
        for (int type = 0; type < shape.module().typeSection().typeCount(); type++) {
            if (shape.type(type) != null && shape.canonicalTypeOfTypeIndex(type) == type) {
                budget.check();
                String name = layout.classOfIndirect(type);
                ClassWriter writer = begin(name, "java/lang/Object");
                indirect.write(writer, type, candidates.getOrDefault(type, new TreeSet<>()));
                end(name, writer);
            }
        }
    }

    /** Functions that a table can hold, by type: those that a segment or a global names. */
    private Map<Integer, Set<Integer>> candidates() {
        Map<Integer, Set<Integer>> found = new TreeMap<>();
        for (Element element : shape.elements()) {
            for (List<Instruction> initializer : element.initializers()) {
                for (Instruction instruction : initializer) {
                    if (instruction.opcode() == OpCode.REF_FUNC) {
                        int function = (int) instruction.operand(0);
                        found.computeIfAbsent(shape.canonicalType(function), t -> new TreeSet<>())
                                .add(function);
                    }
                }
            }
        }
        return found;
    }

    // ---- entry

    /** {@link GuestCode#call}: one method for each chunk of functions, and a switch over these. */
    private void entry() {
        String name = ModuleLayout.PACKAGE + "Entry";
        ClassWriter writer = begin(name, "dev/cordon/runtime/GuestCode");
        MethodVisitor constructor =
                writer.visitMethod(Opcodes.ACC_PUBLIC, "<init>", "()V", null, null);
        constructor.visitCode();
        constructor.visitVarInsn(Opcodes.ALOAD, 0);
        constructor.visitMethodInsn(
                Opcodes.INVOKESPECIAL, "dev/cordon/runtime/GuestCode", "<init>", "()V", false);
        constructor.visitInsn(Opcodes.RETURN);
        constructor.visitMaxs(1, 1);
        constructor.visitEnd();
        MethodVisitor m = writer.visitMethod(Opcodes.ACC_PUBLIC, "call", CALL, null, null);
        m.visitCode();
        Object[] locals = {name, Opcodes.INTEGER, "[J", Signatures.STATE, Opcodes.INTEGER};
        Label[] labels = new Label[layout.groups()];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = new Label();
        }
        Label none = new Label();
        if (labels.length > 0) {
            m.visitVarInsn(Opcodes.ILOAD, 1);
            Signatures.push(m, ModuleLayout.GROUP);
            m.visitInsn(Opcodes.IDIV);
            m.visitTableSwitchInsn(0, labels.length - 1, none, labels);
        }
        for (int group = 0; group < labels.length; group++) {
            m.visitLabel(labels[group]);
            m.visitFrame(Opcodes.F_NEW, 5, locals, 0, new Object[0]);
            m.visitVarInsn(Opcodes.ILOAD, 1);
            m.visitVarInsn(Opcodes.ALOAD, 2);
            m.visitVarInsn(Opcodes.ALOAD, 3);
            m.visitVarInsn(Opcodes.ILOAD, 4);
            Signatures.call(m, ModuleLayout.PACKAGE + "Entry" + group, "call", CALL);
            m.visitInsn(Opcodes.ARETURN);
            entryGroup(group);
        }
        if (labels.length > 0) {
            m.visitLabel(none);
            m.visitFrame(Opcodes.F_NEW, 5, locals, 0, new Object[0]);
        }
        unknown(m);
        m.visitMaxs(8, 5);
        m.visitEnd();
        end(name, writer);
    }

    private void entryGroup(int group) {
        budget.check();
        String name = ModuleLayout.PACKAGE + "Entry" + group;
        ClassWriter writer = begin(name, "java/lang/Object");
        MethodVisitor m = method(writer, "call", CALL);
        Object[] locals = {Opcodes.INTEGER, "[J", Signatures.STATE, Opcodes.INTEGER};
        int[] functions = layout.functionsOf(group);
        Label[] labels = new Label[functions.length];
        for (int i = 0; i < labels.length; i++) {
            labels[i] = new Label();
        }
        Label none = new Label();
        m.visitVarInsn(Opcodes.ILOAD, 0);
        m.visitTableSwitchInsn(functions[0], functions[functions.length - 1], none, labels);
        int slots = 8;
        for (int i = 0; i < functions.length; i++) {
            m.visitLabel(labels[i]);
            m.visitFrame(Opcodes.F_NEW, 4, locals, 0, new Object[0]);
            slots = Math.max(slots, entryCase(m, functions[i]));
        }
        m.visitLabel(none);
        m.visitFrame(Opcodes.F_NEW, 4, locals, 0, new Object[0]);
        unknown(m);
        m.visitMaxs(slots + 8, 4);
        m.visitEnd();
        end(name, writer);
    }

    private int entryCase(MethodVisitor m, int function) {
        FunctionType type = shape.functionType(function);
        String kinds = Signatures.kinds(type.params());
        if (Signatures.boxed(type)) {
            m.visitVarInsn(Opcodes.ALOAD, 1);
        } else {
            for (int i = 0; i < kinds.length(); i++) {
                m.visitVarInsn(Opcodes.ALOAD, 1);
                Signatures.push(m, i);
                m.visitInsn(Opcodes.LALOAD);
                Signatures.fromRaw(m, kinds.charAt(i));
            }
        }
        String results = Signatures.kinds(type.returns());
        m.visitVarInsn(Opcodes.ALOAD, 2);
        m.visitVarInsn(Opcodes.ILOAD, 3);
        m.visitVarInsn(Opcodes.ALOAD, 2);
        m.visitFieldInsn(Opcodes.GETFIELD, Signatures.STATE, "fuel", "I");
        Signatures.call(m, layout.classOf(function), "f" + function, Signatures.descriptor(type));
        if (results.isEmpty()) {
            m.visitInsn(Opcodes.ICONST_0);
            m.visitIntInsn(Opcodes.NEWARRAY, Opcodes.T_LONG);
        } else if (results.length() == 1) {
            Signatures.toRaw(m, results.charAt(0));
            Signatures.call(m, Signatures.STATE, "single", "(J)[J");
        }
        m.visitInsn(Opcodes.ARETURN);
        return Signatures.boxed(type) ? 8 : Signatures.slots(kinds) + 8;
    }

    private static void unknown(MethodVisitor m) {
        Signatures.call(m, Signatures.STATE, "unreachable", "()Ljava/lang/RuntimeException;");
        m.visitInsn(Opcodes.ATHROW);
    }

    // ---- class files

    private static ClassWriter begin(String name, String parent) {
        ClassWriter writer = new ClassWriter(0);
        int access = Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER;
        writer.visit(Opcodes.V17, access, name, null, parent, null);
        return writer;
    }

    static MethodVisitor method(ClassWriter writer, String name, String descriptor) {
        MethodVisitor m = writer.visitMethod(STATIC, name, descriptor, null, null);
        m.visitCode();
        return m;
    }

    private void end(String name, ClassWriter writer) {
        writer.visitEnd();
        byte[] bytes = writer.toByteArray();
        budget.add(bytes.length);
        classes.put(name.replace('/', '.'), bytes);
    }
}
