package dev.cordon.runtime;

import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;

/** Emits loads, stores, and the instructions that work on whole ranges of memories and tables. */
final class MemoryInstructions {
    private final CodeVisitor m;
    private final OperandFrames frames;
    private final FuelEmitter fuel;
    private final int stateSlot;
    private final @Nullable AccessMethods compact;
    private final String owner;

    /** With {@code compact}, the class {@code owner} gets a method for each way of access. */
    MemoryInstructions(
            CodeVisitor m,
            OperandFrames frames,
            FuelEmitter fuel,
            int stateSlot,
            @Nullable AccessMethods compact,
            String owner) {
        this.compact = compact;
        this.owner = owner;
        this.m = m;
        this.frames = frames;
        this.fuel = fuel;
        this.stateSlot = stateSlot;
    }

    boolean emit(AnnotatedInstruction i) {
        return load(i) || store(i) || whole(i);
    }

    private boolean load(AnnotatedInstruction i) {
        switch (i.opcode()) {
            case I32_LOAD:
                return load(i, "loadInt", 'I');
            case I64_LOAD:
                return load(i, "loadLong", 'J');
            case F32_LOAD:
                return load(i, "loadFloat", 'F');
            case F64_LOAD:
                return load(i, "loadDouble", 'D');
            case I32_LOAD8_S:
                return load(i, "loadByte", 'B');
            case I32_LOAD16_S:
                return load(i, "loadShort", 'S');
            case I32_LOAD8_U:
                load(i, "loadByte", 'B');
                return mask(0xFF);
            case I32_LOAD16_U:
                load(i, "loadShort", 'S');
                return mask(0xFFFF);
            case I64_LOAD8_S:
                load(i, "loadByte", 'B');
                return widen();
            case I64_LOAD16_S:
                load(i, "loadShort", 'S');
                return widen();
            case I64_LOAD32_S:
                load(i, "loadInt", 'I');
                return widen();
            case I64_LOAD8_U:
                load(i, "loadByte", 'B');
                return mask(0xFF) && widen();
            case I64_LOAD16_U:
                load(i, "loadShort", 'S');
                return mask(0xFFFF) && widen();
            case I64_LOAD32_U:
                load(i, "loadInt", 'I');
                widen();
                m.visitLdcInsn(0xFFFF_FFFFL);
                m.visitInsn(Opcodes.LAND);
                return true;
            default:
                return false;
        }
    }

    private boolean load(AnnotatedInstruction i, String method, char result) {
        frames.pop();
        access(i, method, "(IIL" + Signatures.STATE + ";)" + result);
        frames.push(result == 'B' || result == 'S' ? 'I' : result);
        return true;
    }

    private void access(AnnotatedInstruction i, String method, String descriptor) {
        int offset = (int) Math.min(i.operand(1) & 0xFFFF_FFFFL, MemoryAccess.FAR);
        if (compact != null) {
            m.visitVarInsn(Opcodes.ALOAD, stateSlot);
            compact.call(m, owner, method, offset, descriptor);
            return;
        }
        Signatures.push(m, offset);
        m.visitVarInsn(Opcodes.ALOAD, stateSlot);
        Signatures.call(m, Signatures.ACCESS, method, descriptor);
    }

    private boolean mask(int bits) {
        Signatures.push(m, bits);
        m.visitInsn(Opcodes.IAND);
        return true;
    }

    private boolean widen() {
        m.visitInsn(Opcodes.I2L);
        frames.pop();
        frames.push('J');
        return true;
    }

    private boolean store(AnnotatedInstruction i) {
        switch (i.opcode()) {
            case I32_STORE:
                return store(i, "storeInt", 'I');
            case I64_STORE:
                return store(i, "storeLong", 'J');
            case F32_STORE:
                return store(i, "storeFloat", 'F');
            case F64_STORE:
                return store(i, "storeDouble", 'D');
            case I32_STORE8:
                return store(i, "storeByte", 'I');
            case I32_STORE16:
                return store(i, "storeShort", 'I');
            case I64_STORE8:
                m.visitInsn(Opcodes.L2I);
                return store(i, "storeByte", 'I');
            case I64_STORE16:
                m.visitInsn(Opcodes.L2I);
                return store(i, "storeShort", 'I');
            case I64_STORE32:
                m.visitInsn(Opcodes.L2I);
                return store(i, "storeInt", 'I');
            default:
                return false;
        }
    }

    private boolean store(AnnotatedInstruction i, String method, char value) {
        frames.pop(2);
        access(i, method, "(I" + value + "IL" + Signatures.STATE + ";)V");
        return true;
    }

    private boolean whole(AnnotatedInstruction i) {
        switch (i.opcode()) {
            case MEMORY_SIZE:
                return state("memorySize", 0, "I");
            case MEMORY_GROW:
                return paying("memoryGrow", 1, "I");
            case MEMORY_FILL:
                return paying("memoryFill", 3, "V");
            case MEMORY_COPY:
                return paying("memoryCopy", 3, "V");
            case MEMORY_INIT:
                return paying("memoryInit", 3, "V", i.operand(0));
            case DATA_DROP:
                return state("dataDrop", 0, "V", i.operand(0));
            case TABLE_GET:
                return state("tableGet", 1, "I", i.operand(0));
            case TABLE_SET:
                return state("tableSet", 2, "V", i.operand(0));
            case TABLE_SIZE:
                return state("tableSize", 0, "I", i.operand(0));
            case TABLE_GROW:
                return paying("tableGrow", 2, "I", i.operand(0));
            case TABLE_FILL:
                return paying("tableFill", 3, "V", i.operand(0));
            case TABLE_COPY:
                return paying("tableCopy", 3, "V", i.operand(0), i.operand(1));
            case TABLE_INIT:
                return paying("tableInit", 3, "V", i.operand(0), i.operand(1));
            case ELEM_DROP:
                return state("elementDrop", 0, "V", i.operand(0));
            default:
                return false;
        }
    }

    /** Calls a method of the state that takes {@code pops} ints from the stack and constants. */
    private boolean state(String method, int pops, String result, long... constants) {
        arguments(constants);
        invoke(method, pops, result, constants.length);
        return true;
    }

    /** The same for a method that charges by size, so that the state must have the slice. */
    private boolean paying(String method, int pops, String result, long... constants) {
        arguments(constants);
        fuel.spill();
        fuel.beforeCall();
        invoke(method, pops, result, constants.length);
        fuel.afterCall();
        return true;
    }

    private void arguments(long... constants) {
        for (long constant : constants) {
            Signatures.push(m, (int) constant);
        }
        m.visitVarInsn(Opcodes.ALOAD, stateSlot);
    }

    private void invoke(String method, int pops, String result, int constants) {
        String descriptor =
                "(" + "I".repeat(pops + constants) + "L" + Signatures.STATE + ";)" + result;
        Signatures.call(m, Signatures.STATE, method, descriptor);
        frames.pop(pops);
        if (!result.equals("V")) {
            frames.push(result.charAt(0));
        }
    }
}
