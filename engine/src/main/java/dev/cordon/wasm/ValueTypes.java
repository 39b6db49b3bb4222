package dev.cordon.wasm;

import org.jspecify.annotations.Nullable;

/** The value types of the profile, as the bytes of the binary format. */
final class ValueTypes {
    static final byte I32 = 0x7f;
    static final byte I64 = 0x7e;
    static final byte F32 = 0x7d;
    static final byte F64 = 0x7c;
    static final byte FUNCREF = 0x70;
    static final byte EXTERNREF = 0x6f;
    static final byte EXNREF = 0x69;

    /** An operand of unreachable code, which fits any type. */
    static final byte UNKNOWN = 0;

    private ValueTypes() {}

    static boolean number(byte type) {
        return type >= F64;
    }

    static boolean reference(byte type) {
        return type == FUNCREF || type == EXTERNREF || type == EXNREF;
    }

    static boolean known(byte type) {
        return number(type) || reference(type);
    }

    /** The proposal outside the profile that has this value type, or null for no type at all. */
    static @Nullable Proposal proposal(byte type) {
        return switch (type) {
            case 0x7b -> Proposal.SIMD;
            case 0x63, 0x64 -> Proposal.FUNCTION_REFERENCES;
            case 0x6a, 0x6b, 0x6c, 0x6d, 0x6e, 0x71, 0x72, 0x73, 0x74 -> Proposal.GC;
            case 0x68, 0x75 -> Proposal.STACK_SWITCHING;
            default -> null;
        };
    }

    static String name(byte type) {
        return switch (type) {
            case I32 -> "i32";
            case I64 -> "i64";
            case F32 -> "f32";
            case F64 -> "f64";
            case FUNCREF -> "funcref";
            case EXTERNREF -> "externref";
            case EXNREF -> "exnref";
            default -> "anything";
        };
    }
}
