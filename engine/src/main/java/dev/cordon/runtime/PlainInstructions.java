package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import org.objectweb.asm.Opcodes;

/** Emits the instructions that neither branch nor call: constants, numbers, globals, parametric. */
final class PlainInstructions {
    private final ModuleLayout layout;
    private final CodeVisitor m;
    private final OperandFrames frames;
    private final int stateSlot;
    private final MemoryInstructions memory;

    PlainInstructions(
            ModuleLayout layout,
            CodeVisitor m,
            OperandFrames frames,
            MemoryInstructions memory,
            int stateSlot) {
        this.layout = layout;
        this.m = m;
        this.frames = frames;
        this.stateSlot = stateSlot;
        this.memory = memory;
    }

    boolean emit(AnnotatedInstruction instruction) {
        OpCode op = instruction.opcode();
        NumericOps numeric = NumericOps.of(op);
        if (numeric != null) {
            numeric(numeric);
            return true;
        }
        return parametric(instruction) || constant(instruction) || memory.emit(instruction);
    }

    void numeric(NumericOps numeric) {
        frames.pop(numeric.pops().length());
        numeric.emit(m);
        frames.push(numeric.pushes());
    }

    private boolean parametric(AnnotatedInstruction instruction) {
        switch (instruction.opcode()) {
            case NOP:
                return true;
            case DROP:
                m.visitInsn(Signatures.slots(frames.pop()) == 1 ? Opcodes.POP : Opcodes.POP2);
                return true;
            case GLOBAL_GET:
                globalGet((int) instruction.operand(0));
                return true;
            case GLOBAL_SET:
                Signatures.toRaw(m, frames.pop());
                Signatures.push(m, (int) instruction.operand(0));
                m.visitVarInsn(Opcodes.ALOAD, stateSlot);
                Signatures.call(
                        m, Signatures.STATE, "globalSet", "(JIL" + Signatures.STATE + ";)V");
                return true;
            default:
                return false;
        }
    }

    private void globalGet(int global) {
        char kind = layout.globalKind(global);
        m.visitVarInsn(Opcodes.ALOAD, stateSlot);
        m.visitFieldInsn(Opcodes.GETFIELD, Signatures.STATE, "globals", "[J");
        Signatures.push(m, global);
        m.visitInsn(Opcodes.LALOAD);
        Signatures.fromRaw(m, kind);
        frames.push(kind);
    }

    private boolean constant(AnnotatedInstruction instruction) {
        switch (instruction.opcode()) {
            case I32_CONST:
                Signatures.push(m, (int) instruction.operand(0));
                frames.push('I');
                return true;
            case I64_CONST:
                Signatures.push(m, instruction.operand(0));
                frames.push('J');
                return true;
            case F32_CONST:
                floatConstant((int) instruction.operand(0));
                frames.push('F');
                return true;
            case F64_CONST:
                doubleConstant(instruction.operand(0));
                frames.push('D');
                return true;
            case REF_FUNC:
                Signatures.push(m, (int) instruction.operand(0));
                frames.push('I');
                return true;
            case REF_NULL:
                refNull((int) instruction.operand(0) == ValType.TypeIdxCode.EXN.code());
                return true;
            case REF_IS_NULL:
                String parameter = frames.pop() == 'E' ? "Ljava/lang/Object;" : "I";
                Signatures.call(m, Signatures.ACCESS, "isNull", "(" + parameter + ")I");
                frames.push('I');
                return true;
            default:
                return false;
        }
    }

    private void refNull(boolean exception) {
        if (exception) {
            m.visitInsn(Opcodes.ACONST_NULL);
            frames.push('E');
        } else {
            Signatures.push(m, -1);
            frames.push('I');
        }
    }

    /** A NaN's bits survive only if the constant is made from them when it is used. */
    private void floatConstant(int bits) {
        float value = Float.intBitsToFloat(bits);
        if (Float.isNaN(value)) {
            Signatures.push(m, bits);
            Signatures.call(m, "java/lang/Float", "intBitsToFloat", "(I)F");
        } else {
            m.visitLdcInsn(value);
        }
    }

    private void doubleConstant(long bits) {
        double value = Double.longBitsToDouble(bits);
        if (Double.isNaN(value)) {
            Signatures.push(m, bits);
            Signatures.call(m, "java/lang/Double", "longBitsToDouble", "(J)D");
        } else {
            m.visitLdcInsn(value);
        }
    }
}
