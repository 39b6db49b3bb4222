package dev.cordon.runtime;

import static com.dylibso.chicory.wasm.types.Value.doubleToLong;
import static com.dylibso.chicory.wasm.types.Value.floatToLong;
import static com.dylibso.chicory.wasm.types.Value.longToDouble;
import static com.dylibso.chicory.wasm.types.Value.longToFloat;

import com.dylibso.chicory.runtime.OpcodeImpl;

/** Numeric instructions on raw values, other than those that the interpreter's loop does itself. */
final class InterpretedNumbers {
    private InterpretedNumbers() {}

    /** Whether an instruction takes two operands; the other numeric ones take one. */
    static boolean binary(int op) {
        return (op > InterpretedOps.I32_EQZ && op < InterpretedOps.I64_EQZ)
                || (op > InterpretedOps.I64_EQZ && op < InterpretedOps.I32_CLZ)
                || (op > InterpretedOps.I32_POPCNT && op < InterpretedOps.I64_CLZ)
                || (op > InterpretedOps.I64_POPCNT && op < InterpretedOps.F32_ABS)
                || (op > InterpretedOps.F32_SQRT && op < InterpretedOps.F64_ABS)
                || (op > InterpretedOps.F64_SQRT && op < InterpretedOps.I32_WRAP_I64);
    }

    /** Executes one on the operands below {@code sp} and gives the new {@code sp}. */
    static int apply(int op, long[] st, int sp) {
        if (!binary(op)) {
            long v = st[sp - 1];
            st[sp - 1] = op < InterpretedOps.I32_WRAP_I64 ? unary(op, v) : converted(op, v);
            return sp;
        }
        long a = st[sp - 2];
        long b = st[sp - 1];
        if (op < InterpretedOps.F32_EQ) {
            st[sp - 2] = compareLongs(op, a, b);
        } else if (op < InterpretedOps.F64_EQ) {
            st[sp - 2] = compareFloats(op, longToFloat(a), longToFloat(b));
        } else if (op < InterpretedOps.I32_CLZ) {
            st[sp - 2] = compareDoubles(op, longToDouble(a), longToDouble(b));
        } else if (op < InterpretedOps.I64_CLZ) {
            st[sp - 2] = ints(op, (int) a, (int) b);
        } else if (op < InterpretedOps.F32_ABS) {
            st[sp - 2] = longs(op, a, b);
        } else if (op < InterpretedOps.F64_ABS) {
            st[sp - 2] = floatToLong(floats(op, longToFloat(a), longToFloat(b)));
        } else {
            st[sp - 2] = doubleToLong(doubles(op, longToDouble(a), longToDouble(b)));
        }
        return sp - 1;
    }

    private static int compareLongs(int op, long a, long b) {
        return switch (op) {
            case InterpretedOps.I64_EQ -> OpcodeImpl.I64_EQ(a, b);
            case InterpretedOps.I64_NE -> OpcodeImpl.I64_NE(a, b);
            case InterpretedOps.I64_LT_S -> OpcodeImpl.I64_LT_S(a, b);
            case InterpretedOps.I64_LT_U -> OpcodeImpl.I64_LT_U(a, b);
            case InterpretedOps.I64_GT_S -> OpcodeImpl.I64_GT_S(a, b);
            case InterpretedOps.I64_GT_U -> OpcodeImpl.I64_GT_U(a, b);
            case InterpretedOps.I64_LE_S -> OpcodeImpl.I64_LE_S(a, b);
            case InterpretedOps.I64_LE_U -> OpcodeImpl.I64_LE_U(a, b);
            case InterpretedOps.I64_GE_S -> OpcodeImpl.I64_GE_S(a, b);
            case InterpretedOps.I64_GE_U -> OpcodeImpl.I64_GE_U(a, b);
            default -> throw unknown(op);
        };
    }

    private static int compareFloats(int op, float a, float b) {
        return switch (op) {
            case InterpretedOps.F32_EQ -> OpcodeImpl.F32_EQ(a, b);
            case InterpretedOps.F32_NE -> OpcodeImpl.F32_NE(a, b);
            case InterpretedOps.F32_LT -> OpcodeImpl.F32_LT(a, b);
            case InterpretedOps.F32_GT -> OpcodeImpl.F32_GT(a, b);
            case InterpretedOps.F32_LE -> OpcodeImpl.F32_LE(a, b);
            case InterpretedOps.F32_GE -> OpcodeImpl.F32_GE(a, b);
            default -> throw unknown(op);
        };
    }

    private static int compareDoubles(int op, double a, double b) {
        return switch (op) {
            case InterpretedOps.F64_EQ -> OpcodeImpl.F64_EQ(a, b);
            case InterpretedOps.F64_NE -> OpcodeImpl.F64_NE(a, b);
            case InterpretedOps.F64_LT -> OpcodeImpl.F64_LT(a, b);
            case InterpretedOps.F64_GT -> OpcodeImpl.F64_GT(a, b);
            case InterpretedOps.F64_LE -> OpcodeImpl.F64_LE(a, b);
            case InterpretedOps.F64_GE -> OpcodeImpl.F64_GE(a, b);
            default -> throw unknown(op);
        };
    }

    private static int ints(int op, int a, int b) {
        return switch (op) {
            case InterpretedOps.I32_DIV_S -> OpcodeImpl.I32_DIV_S(a, b);
            case InterpretedOps.I32_DIV_U -> OpcodeImpl.I32_DIV_U(a, b);
            case InterpretedOps.I32_REM_S -> OpcodeImpl.I32_REM_S(a, b);
            case InterpretedOps.I32_REM_U -> OpcodeImpl.I32_REM_U(a, b);
            case InterpretedOps.I32_ROTL -> OpcodeImpl.I32_ROTL(a, b);
            case InterpretedOps.I32_ROTR -> OpcodeImpl.I32_ROTR(a, b);
            default -> throw unknown(op);
        };
    }

    private static long longs(int op, long a, long b) {
        return switch (op) {
            case InterpretedOps.I64_MUL -> a * b;
            case InterpretedOps.I64_DIV_S -> OpcodeImpl.I64_DIV_S(a, b);
            case InterpretedOps.I64_DIV_U -> OpcodeImpl.I64_DIV_U(a, b);
            case InterpretedOps.I64_REM_S -> OpcodeImpl.I64_REM_S(a, b);
            case InterpretedOps.I64_REM_U -> OpcodeImpl.I64_REM_U(a, b);
            case InterpretedOps.I64_ROTL -> OpcodeImpl.I64_ROTL(a, b);
            case InterpretedOps.I64_ROTR -> OpcodeImpl.I64_ROTR(a, b);
            default -> throw unknown(op);
        };
    }

    private static float floats(int op, float a, float b) {
        return switch (op) {
            case InterpretedOps.F32_ADD -> a + b;
            case InterpretedOps.F32_SUB -> a - b;
            case InterpretedOps.F32_MUL -> a * b;
            case InterpretedOps.F32_DIV -> a / b;
            case InterpretedOps.F32_MIN -> OpcodeImpl.F32_MIN(a, b);
            case InterpretedOps.F32_MAX -> OpcodeImpl.F32_MAX(a, b);
            case InterpretedOps.F32_COPYSIGN -> OpcodeImpl.F32_COPYSIGN(a, b);
            default -> throw unknown(op);
        };
    }

    private static double doubles(int op, double a, double b) {
        return switch (op) {
            case InterpretedOps.F64_ADD -> a + b;
            case InterpretedOps.F64_SUB -> a - b;
            case InterpretedOps.F64_MUL -> a * b;
            case InterpretedOps.F64_DIV -> a / b;
            case InterpretedOps.F64_MIN -> OpcodeImpl.F64_MIN(a, b);
            case InterpretedOps.F64_MAX -> OpcodeImpl.F64_MAX(a, b);
            case InterpretedOps.F64_COPYSIGN -> OpcodeImpl.F64_COPYSIGN(a, b);
            default -> throw unknown(op);
        };
    }

    private static long unary(int op, long v) {
        if (op >= InterpretedOps.F64_ABS) {
            return doubleToLong(ofDouble(op, longToDouble(v)));
        }
        if (op >= InterpretedOps.F32_ABS) {
            return floatToLong(ofFloat(op, longToFloat(v)));
        }
        return switch (op) {
            case InterpretedOps.I64_EQZ -> OpcodeImpl.I64_EQZ(v);
            case InterpretedOps.I32_CLZ -> OpcodeImpl.I32_CLZ((int) v);
            case InterpretedOps.I32_CTZ -> OpcodeImpl.I32_CTZ((int) v);
            case InterpretedOps.I32_POPCNT -> OpcodeImpl.I32_POPCNT((int) v);
            case InterpretedOps.I64_CLZ -> OpcodeImpl.I64_CLZ(v);
            case InterpretedOps.I64_CTZ -> OpcodeImpl.I64_CTZ(v);
            case InterpretedOps.I64_POPCNT -> OpcodeImpl.I64_POPCNT(v);
            default -> throw unknown(op);
        };
    }

    private static float ofFloat(int op, float v) {
        return switch (op) {
            case InterpretedOps.F32_ABS -> MemoryAccess.absolute(v);
            case InterpretedOps.F32_NEG -> -v;
            case InterpretedOps.F32_CEIL -> OpcodeImpl.F32_CEIL(v);
            case InterpretedOps.F32_FLOOR -> OpcodeImpl.F32_FLOOR(v);
            case InterpretedOps.F32_TRUNC -> OpcodeImpl.F32_TRUNC(v);
            case InterpretedOps.F32_NEAREST -> OpcodeImpl.F32_NEAREST(v);
            case InterpretedOps.F32_SQRT -> OpcodeImpl.F32_SQRT(v);
            default -> throw unknown(op);
        };
    }

    private static double ofDouble(int op, double v) {
        return switch (op) {
            case InterpretedOps.F64_ABS -> MemoryAccess.absolute(v);
            case InterpretedOps.F64_NEG -> -v;
            case InterpretedOps.F64_CEIL -> OpcodeImpl.F64_CEIL(v);
            case InterpretedOps.F64_FLOOR -> OpcodeImpl.F64_FLOOR(v);
            case InterpretedOps.F64_TRUNC -> OpcodeImpl.F64_TRUNC(v);
            case InterpretedOps.F64_NEAREST -> OpcodeImpl.F64_NEAREST(v);
            case InterpretedOps.F64_SQRT -> OpcodeImpl.F64_SQRT(v);
            default -> throw unknown(op);
        };
    }

    private static long converted(int op, long v) {
        return switch (op) {
            case InterpretedOps.I32_WRAP_I64,
                    InterpretedOps.I32_REINTERPRET_F32,
                    InterpretedOps.F32_REINTERPRET_I32 ->
                    (int) v;
            case InterpretedOps.I64_REINTERPRET_F64, InterpretedOps.F64_REINTERPRET_I64 -> v;
            case InterpretedOps.I64_EXTEND_I32_S, InterpretedOps.I64_EXTEND_32_S -> (int) v;
            case InterpretedOps.I64_EXTEND_I32_U -> v & 0xFFFF_FFFFL;
            case InterpretedOps.I32_EXTEND_8_S, InterpretedOps.I64_EXTEND_8_S -> (byte) v;
            case InterpretedOps.I32_EXTEND_16_S, InterpretedOps.I64_EXTEND_16_S -> (short) v;
            case InterpretedOps.F32_DEMOTE_F64 -> floatToLong((float) longToDouble(v));
            case InterpretedOps.F64_PROMOTE_F32 -> doubleToLong(longToFloat(v));
            case InterpretedOps.F32_CONVERT_I32_S,
                    InterpretedOps.F32_CONVERT_I32_U,
                    InterpretedOps.F32_CONVERT_I64_S,
                    InterpretedOps.F32_CONVERT_I64_U ->
                    floatToLong(toFloat(op, v));
            case InterpretedOps.F64_CONVERT_I32_S,
                    InterpretedOps.F64_CONVERT_I32_U,
                    InterpretedOps.F64_CONVERT_I64_S,
                    InterpretedOps.F64_CONVERT_I64_U ->
                    doubleToLong(toDouble(op, v));
            default -> truncated(op, v);
        };
    }

    private static float toFloat(int op, long v) {
        return switch (op) {
            case InterpretedOps.F32_CONVERT_I32_S -> OpcodeImpl.F32_CONVERT_I32_S((int) v);
            case InterpretedOps.F32_CONVERT_I32_U -> OpcodeImpl.F32_CONVERT_I32_U((int) v);
            case InterpretedOps.F32_CONVERT_I64_S -> OpcodeImpl.F32_CONVERT_I64_S(v);
            case InterpretedOps.F32_CONVERT_I64_U -> OpcodeImpl.F32_CONVERT_I64_U(v);
            default -> throw unknown(op);
        };
    }

    private static double toDouble(int op, long v) {
        return switch (op) {
            case InterpretedOps.F64_CONVERT_I32_S -> OpcodeImpl.F64_CONVERT_I32_S((int) v);
            case InterpretedOps.F64_CONVERT_I32_U -> OpcodeImpl.F64_CONVERT_I32_U((int) v);
            case InterpretedOps.F64_CONVERT_I64_S -> OpcodeImpl.F64_CONVERT_I64_S(v);
            case InterpretedOps.F64_CONVERT_I64_U -> OpcodeImpl.F64_CONVERT_I64_U(v);
            default -> throw unknown(op);
        };
    }

    private static long truncated(int op, long v) {
        float f = longToFloat(v);
        double d = longToDouble(v);
        return switch (op) {
            case InterpretedOps.I32_TRUNC_F32_S -> OpcodeImpl.I32_TRUNC_F32_S(f);
            case InterpretedOps.I32_TRUNC_F32_U -> OpcodeImpl.I32_TRUNC_F32_U(f);
            case InterpretedOps.I32_TRUNC_F64_S -> OpcodeImpl.I32_TRUNC_F64_S(d);
            case InterpretedOps.I32_TRUNC_F64_U -> OpcodeImpl.I32_TRUNC_F64_U(d);
            case InterpretedOps.I64_TRUNC_F32_S -> OpcodeImpl.I64_TRUNC_F32_S(f);
            case InterpretedOps.I64_TRUNC_F32_U -> OpcodeImpl.I64_TRUNC_F32_U(f);
            case InterpretedOps.I64_TRUNC_F64_S -> OpcodeImpl.I64_TRUNC_F64_S(d);
            case InterpretedOps.I64_TRUNC_F64_U -> OpcodeImpl.I64_TRUNC_F64_U(d);
            case InterpretedOps.I32_TRUNC_SAT_F32_S -> OpcodeImpl.I32_TRUNC_SAT_F32_S(f);
            case InterpretedOps.I32_TRUNC_SAT_F32_U -> OpcodeImpl.I32_TRUNC_SAT_F32_U(f);
            case InterpretedOps.I32_TRUNC_SAT_F64_S -> OpcodeImpl.I32_TRUNC_SAT_F64_S(d);
            case InterpretedOps.I32_TRUNC_SAT_F64_U -> OpcodeImpl.I32_TRUNC_SAT_F64_U(d);
            case InterpretedOps.I64_TRUNC_SAT_F32_S -> OpcodeImpl.I64_TRUNC_SAT_F32_S(f);
            case InterpretedOps.I64_TRUNC_SAT_F32_U -> OpcodeImpl.I64_TRUNC_SAT_F32_U(f);
            case InterpretedOps.I64_TRUNC_SAT_F64_S -> OpcodeImpl.I64_TRUNC_SAT_F64_S(d);
            case InterpretedOps.I64_TRUNC_SAT_F64_U -> OpcodeImpl.I64_TRUNC_SAT_F64_U(d);
            default -> throw unknown(op);
        };
    }

    private static IllegalStateException unknown(int op) {
        return new IllegalStateException("not a number's instruction: " + Integer.toHexString(op));
    }
}
