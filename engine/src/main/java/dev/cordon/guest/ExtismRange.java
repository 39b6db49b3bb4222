package dev.cordon.guest;

/**
 * A part of a block that plays a role in a call: input, output or error text.
 *
 * @param handle of its first byte
 * @param block whose part it is
 * @param offset of its first byte in the block
 * @param length in bytes; the part lies in the block
 */
record ExtismRange(long handle, ExtismBlock block, int offset, int length) {
    /** No bytes. */
    static final ExtismRange EMPTY =
            new ExtismRange(ExtismStore.NONE, ExtismBlock.of(new byte[0]), 0, 0);

    /** Whether it is a part of the block that a handle is the start of. */
    boolean isIn(long start) {
        return length > 0 && handle - offset == start;
    }

    void copyTo(BoundedBytes to) {
        int at = to.grow(length);
        System.arraycopy(block.bytes(), offset, to.array(), at, length);
    }
}
