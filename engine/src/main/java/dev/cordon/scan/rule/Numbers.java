package dev.cordon.scan.rule;

/** Numbers in bytes that were found to be valid before. */
final class Numbers {
    private static final int CONST = 0x41;
    private static final int END = 0x0b;

    private Numbers() {}

    static long unsigned(byte[] bytes, int offset) {
        long value = 0;
        int at = offset;
        for (int shift = 0; shift < 35; shift += 7) {
            value |= (long) (bytes[at] & 0x7f) << shift;
            if (bytes[at++] >= 0) {
                break;
            }
        }
        return value;
    }

    static long signed(byte[] bytes, int offset) {
        long value = 0;
        int at = offset;
        int shift = 0;
        while (shift < 64) {
            value |= (long) (bytes[at] & 0x7f) << shift;
            shift += 7;
            if (bytes[at++] >= 0) {
                break;
            }
        }
        return shift < 64 && (bytes[at - 1] & 0x40) != 0 ? value | -1L << shift : value;
    }

    /** The offset after a number. */
    static int after(byte[] bytes, int offset) {
        int at = offset;
        while (bytes[at] < 0) {
            at++;
        }
        return at + 1;
    }

    /** The value of an expression that is one constant, as an unsigned number; else -1. */
    static long constant(byte[] bytes, int expression) {
        if ((bytes[expression] & 0xff) != CONST) {
            return -1;
        }
        int end = after(bytes, expression + 1);
        return bytes[end] == END ? signed(bytes, expression + 1) & 0xffffffffL : -1;
    }
}
