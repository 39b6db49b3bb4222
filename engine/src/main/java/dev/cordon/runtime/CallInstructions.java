package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.OpCode;
import org.objectweb.asm.Opcodes;

/** Emits calls, returns and throws: what leaves a function, for a while or for good. */
final class CallInstructions {
    private final ModuleLayout layout;
    private final CodeVisitor m;
    private final OperandFrames frames;
    private final FuelEmitter fuel;
    private final int stateSlot;
    private final int depthSlot;

    CallInstructions(
            ModuleLayout layout,
            CodeVisitor m,
            OperandFrames frames,
            FuelEmitter fuel,
            int stateSlot,
            int depthSlot) {
        this.layout = layout;
        this.m = m;
        this.frames = frames;
        this.fuel = fuel;
        this.stateSlot = stateSlot;
        this.depthSlot = depthSlot;
    }

    void emit(AnnotatedInstruction instruction) {
        OpCode op = instruction.opcode();
        int index = op == OpCode.THROW_REF ? 0 : (int) instruction.operand(0);
        switch (op) {
            case CALL:
            case RETURN_CALL:
                direct(index);
                break;
            case CALL_INDIRECT:
            case RETURN_CALL_INDIRECT:
                indirect(index, (int) instruction.operand(1));
                break;
            case THROW:
                raise(index);
                break;
            default:
                raiseAgain();
        }
    }

    private void direct(int function) {
        FunctionType type = layout.shape().functionType(function);
        if (Signatures.boxed(type)) {
            boxFromStack(Signatures.kinds(type.params()));
        }
        invoke(layout.classOf(function), "f" + function, Signatures.descriptor(type), type);
    }

    private void indirect(int typeIndex, int table) {
        FunctionType type = layout.shape().type(typeIndex);
        frames.pop();
        if (Signatures.boxed(type)) {
            String kinds = Signatures.kinds(type.params());
            int element = frames.scratch(1 + Signatures.slots(kinds)) + Signatures.slots(kinds);
            m.visitVarInsn(Opcodes.ISTORE, element);
            boxFromStack(kinds);
            m.visitVarInsn(Opcodes.ILOAD, element);
        }
        Signatures.push(m, table);
        int canonical = layout.shape().canonicalTypeOfTypeIndex(typeIndex);
        invoke(
                layout.classOfIndirect(canonical),
                "i" + canonical,
                Signatures.indirectDescriptor(type),
                type);
    }

    private void invoke(String owner, String name, String descriptor, FunctionType type) {
        m.visitVarInsn(Opcodes.ALOAD, stateSlot);
        m.visitVarInsn(Opcodes.ILOAD, depthSlot);
        fuel.push();
        fuel.beforeCall();
        Signatures.call(m, owner, name, descriptor);
        fuel.afterCall();
        frames.pop(type.params().size());
        String results = Signatures.kinds(type.returns());
        if (results.length() > 1) {
            unboxToStack(results);
        }
        frames.push(results);
    }

    private void unboxToStack(String kinds) {
        int values = frames.scratch(1);
        m.visitVarInsn(Opcodes.ASTORE, values);
        for (int i = 0; i < kinds.length(); i++) {
            m.visitVarInsn(Opcodes.ALOAD, values);
            Signatures.push(m, i);
            m.visitInsn(Opcodes.LALOAD);
            Signatures.fromRaw(m, kinds.charAt(i));
        }
    }

    /** Replaces the topmost values by an array of them; what is known of the stack stays. */
    private void boxFromStack(String kinds) {
        int slot = frames.scratch(Signatures.slots(kinds));
        int at = slot + Signatures.slots(kinds);
        for (int i = kinds.length() - 1; i >= 0; i--) {
            at -= Signatures.slots(kinds.charAt(i));
            m.visitVarInsn(Signatures.store(kinds.charAt(i)), at);
        }
        Signatures.box(m, kinds, slot);
    }

    private void raise(int tag) {
        String kinds = Signatures.kinds(layout.tagType(tag).params());
        boxFromStack(kinds);
        frames.pop(kinds.length());
        Signatures.push(m, tag);
        m.visitVarInsn(Opcodes.ALOAD, stateSlot);
        Signatures.call(
                m,
                Signatures.STATE,
                "exception",
                "([JIL" + Signatures.STATE + ";)L" + Signatures.EXCEPTION + ";");
        fuel.leave();
        m.visitInsn(Opcodes.ATHROW);
    }

    private void raiseAgain() {
        frames.pop();
        String exception = "L" + Signatures.EXCEPTION + ";";
        Signatures.call(m, Signatures.STATE, "rethrown", "(" + exception + ")" + exception);
        fuel.leave();
        m.visitInsn(Opcodes.ATHROW);
    }

    /** Returns with the topmost values. */
    void leave(FunctionType type) {
        if (type.returns().size() > 1) {
            boxFromStack(Signatures.kinds(type.returns()));
        }
        fuel.leave();
        m.visitInsn(Signatures.returnInstruction(type));
    }
}
