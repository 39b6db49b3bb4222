package dev.cordon.wasm;

import static dev.cordon.wasm.ValueTypes.F32;
import static dev.cordon.wasm.ValueTypes.F64;
import static dev.cordon.wasm.ValueTypes.I32;
import static dev.cordon.wasm.ValueTypes.I64;

/** Operand and result types of the instructions that only compute, and of loads and stores. */
final class NumericOps {
    static final int FIRST = 0x45;
    static final int LAST = 0xc4;
    static final int FIRST_LOAD = 0x28;
    static final int FIRST_STORE = 0x36;
    static final int LAST_STORE = 0x3e;
    static final int FIRST_SIGN_EXTENSION = 0xc0;

    private static final byte[] OPERANDS = new byte[256];
    private static final byte[] OPERAND = new byte[256];
    private static final byte[] RESULT = new byte[256];
    private static final byte[] ACCESSED = {
        I32, I64, F32, F64, I32, I32, I32, I32, I64, I64, I64, I64, I64, I64, I32, I64, F32, F64,
        I32, I32, I64, I64, I64
    };
    private static final byte[] ALIGNMENT = {
        2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2
    };
    private static final byte[] SATURATING_OPERAND = {F32, F32, F64, F64, F32, F32, F64, F64};

    static {
        fill(0x45, 0x45, 1, I32, I32);
        fill(0x46, 0x4f, 2, I32, I32);
        fill(0x50, 0x50, 1, I64, I32);
        fill(0x51, 0x5a, 2, I64, I32);
        fill(0x5b, 0x60, 2, F32, I32);
        fill(0x61, 0x66, 2, F64, I32);
        fill(0x67, 0x69, 1, I32, I32);
        fill(0x6a, 0x78, 2, I32, I32);
        fill(0x79, 0x7b, 1, I64, I64);
        fill(0x7c, 0x8a, 2, I64, I64);
        fill(0x8b, 0x91, 1, F32, F32);
        fill(0x92, 0x98, 2, F32, F32);
        fill(0x99, 0x9f, 1, F64, F64);
        fill(0xa0, 0xa6, 2, F64, F64);
        fill(0xa7, 0xa7, 1, I64, I32);
        fill(0xa8, 0xa9, 1, F32, I32);
        fill(0xaa, 0xab, 1, F64, I32);
        fill(0xac, 0xad, 1, I32, I64);
        fill(0xae, 0xaf, 1, F32, I64);
        fill(0xb0, 0xb1, 1, F64, I64);
        fill(0xb2, 0xb3, 1, I32, F32);
        fill(0xb4, 0xb5, 1, I64, F32);
        fill(0xb6, 0xb6, 1, F64, F32);
        fill(0xb7, 0xb8, 1, I32, F64);
        fill(0xb9, 0xba, 1, I64, F64);
        fill(0xbb, 0xbb, 1, F32, F64);
        fill(0xbc, 0xbc, 1, F32, I32);
        fill(0xbd, 0xbd, 1, F64, I64);
        fill(0xbe, 0xbe, 1, I32, F32);
        fill(0xbf, 0xbf, 1, I64, F64);
        fill(0xc0, 0xc1, 1, I32, I32);
        fill(0xc2, 0xc4, 1, I64, I64);
    }

    private NumericOps() {}

    private static void fill(int first, int last, int operands, byte operand, byte result) {
        for (int opcode = first; opcode <= last; opcode++) {
            OPERANDS[opcode] = (byte) operands;
            OPERAND[opcode] = operand;
            RESULT[opcode] = result;
        }
    }

    /** One or two. */
    static int operands(int opcode) {
        return OPERANDS[opcode];
    }

    static byte operand(int opcode) {
        return OPERAND[opcode];
    }

    static byte result(int opcode) {
        return RESULT[opcode];
    }

    /** The type that a load or store moves. */
    static byte accessed(int opcode) {
        return ACCESSED[opcode - FIRST_LOAD];
    }

    /**
     * The logarithm of the bytes that a load or store moves: the most it may claim as alignment.
     */
    static int alignment(int opcode) {
        return ALIGNMENT[opcode - FIRST_LOAD];
    }

    /** The operand of the saturating conversions, which are 0 to 7 after the prefix 0xfc. */
    static byte saturatingOperand(int operation) {
        return SATURATING_OPERAND[operation];
    }

    static byte saturatingResult(int operation) {
        return operation < 4 ? I32 : I64;
    }
}
