package dev.cordon.guest;

import java.util.Arrays;

/**
 * Bytes that a guest hands over piece by piece; grows with what is there, not with what is said.
 */
final class BoundedBytes {
    private static final byte[] NONE = {};
    private static final int FIRST_CAPACITY = 256;

    private byte[] bytes = NONE;
    private int size;

    int size() {
        return size;
    }

    /** The array to write the next bytes to, once {@link #grow} made room. */
    byte[] array() {
        return bytes;
    }

    /** Makes room for {@code length} more bytes, at most 2^31 - 9 together, and tells where. */
    int grow(int length) {
        int at = size;
        int needed = at + length;
        if (needed > bytes.length) {
            long doubled = Math.max(FIRST_CAPACITY, 2L * bytes.length);
            int capacity = (int) Math.min(Math.max(needed, doubled), Integer.MAX_VALUE - 8);
            bytes = Arrays.copyOf(bytes, capacity);
        }
        size = needed;
        return at;
    }

    byte[] toBytes() {
        return size == bytes.length ? bytes : Arrays.copyOf(bytes, size);
    }
}
