package dev.cordon.trust.embedded;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;

/** Reads numbers and bytes of a range, never beyond its end. */
final class SectionCursor {
    private static final int MAX_NUMBER_BYTES = 5;
    private static final long MAX_U32 = 0xffffffffL;

    private final byte[] bytes;
    private final int end;
    private final ErrorCode code;
    private int position;

    /** Reads from {@code start} to {@code end} and complains with {@code code}. */
    SectionCursor(byte[] bytes, int start, int end, ErrorCode code) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
        this.code = code;
    }

    int position() {
        return position;
    }

    int left() {
        return end - position;
    }

    int u8() {
        if (position >= end) {
            throw wrong("ends too early");
        }
        return bytes[position++] & 0xff;
    }

    /** A number of 32 bits in whatever encoding the binary format allows. */
    long u32() {
        long value = 0;
        for (int i = 0; i < MAX_NUMBER_BYTES; i++) {
            int part = u8();
            value |= (long) (part & 0x7f) << (7 * i);
            if (part < 0x80) {
                if (value > MAX_U32) {
                    throw wrong("has a number that does not fit 32 bits");
                }
                return value;
            }
        }
        throw wrong("has a number of more than " + MAX_NUMBER_BYTES + " bytes");
    }

    /** A number in its shortest encoding, as no signature covers the encoding itself. */
    long shortestU32() {
        int start = position;
        long value = u32();
        boolean padded = position - start > 1 && bytes[position - 1] == 0;
        if (padded) {
            throw wrong("has a number that is not encoded in the shortest way");
        }
        return value;
    }

    /** A length of bytes that are there. */
    int length() {
        long length = shortestU32();
        if (length > left()) {
            throw wrong("ends too early");
        }
        return (int) length;
    }

    /** A count between one and a bound. */
    int count(String things, int most) {
        long count = shortestU32();
        if (count < 1 || count > most) {
            throw wrong("has " + count + " " + things + ", and 1 to " + most + " are accepted");
        }
        return (int) count;
    }

    byte[] bytes(int count) {
        if (count > left()) {
            throw wrong("ends too early");
        }
        byte[] copy = new byte[count];
        System.arraycopy(bytes, position, copy, 0, count);
        position += count;
        return copy;
    }

    void skip(int count) {
        if (count > left()) {
            throw wrong("ends too early");
        }
        position += count;
    }

    /** The next bytes as a range of their own. */
    SectionCursor part(int count) {
        int start = position;
        skip(count);
        return new SectionCursor(bytes, start, position, code);
    }

    /** Whether the bytes at the position are these; moves nowhere. */
    boolean startsWith(byte[] expected) {
        return left() >= expected.length
                && java.util.Arrays.equals(
                        bytes, position, position + expected.length, expected, 0, expected.length);
    }

    void requireEnd(String what) {
        if (left() > 0) {
            throw wrong("has " + left() + " bytes after its " + what);
        }
    }

    void require(int expected, String what) {
        int found = u8();
        if (found != expected) {
            throw wrong("has the " + what + " " + found + ", and only " + expected + " is known");
        }
    }

    Rejection wrong(String what) {
        String who =
                code == ErrorCode.MALFORMED_SIGNATURE ? "the embedded signature " : "the module ";
        return new Rejection(code, who + what + ", at byte " + position);
    }
}
