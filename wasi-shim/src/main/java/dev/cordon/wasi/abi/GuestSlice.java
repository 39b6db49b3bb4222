package dev.cordon.wasi.abi;

import java.util.Objects;

/**
 * A range of a guest's memory that was checked; only {@link GuestBytes} can make one.
 *
 * <p>Offsets are relative to the slice. An offset outside of it is a fault of the host's code and
 * throws {@link IndexOutOfBoundsException}; nothing a guest writes can cause that.
 */
public final class GuestSlice {
    private final GuestBytes bytes;
    private final long address;
    private final long length;

    GuestSlice(GuestBytes bytes, long address, long length) {
        this.bytes = bytes;
        this.address = address;
        this.length = length;
    }

    /**
     * Where it starts.
     *
     * @return unsigned 32-bit address
     */
    public long address() {
        return address;
    }

    /**
     * How long it is.
     *
     * @return bytes; 0 or more
     */
    public long length() {
        return length;
    }

    /**
     * A range within this one.
     *
     * @param offset where in the slice
     * @param count how many bytes
     * @return a slice that was checked too
     */
    public GuestSlice part(long offset, long count) {
        long start = address + Objects.checkFromIndexSize(offset, count, length);
        return new GuestSlice(bytes, start, count);
    }

    /**
     * Reads one byte.
     *
     * @param offset where in the slice
     * @return 0 to 255
     */
    public int u8(long offset) {
        return bytes.memory().read(at(offset, 1)) & 0xff;
    }

    /**
     * Reads 16 bits.
     *
     * @param offset where in the slice
     * @return 0 to 65,535
     */
    public int u16(long offset) {
        return bytes.memory().readShort(at(offset, 2)) & 0xffff;
    }

    /**
     * Reads 32 bits.
     *
     * @param offset where in the slice
     * @return 0 to 2^32 - 1
     */
    public long u32(long offset) {
        return Integer.toUnsignedLong(bytes.memory().readInt(at(offset, 4)));
    }

    /**
     * Reads 64 bits.
     *
     * @param offset where in the slice
     * @return the bits; unsigned where the layout says so
     */
    public long u64(long offset) {
        return bytes.memory().readLong(at(offset, 8));
    }

    /**
     * Writes one byte.
     *
     * @param offset where in the slice
     * @param value the low 8 bits are written
     */
    public void put8(long offset, int value) {
        bytes.memory().writeByte(at(offset, 1), (byte) value);
    }

    /**
     * Writes 16 bits.
     *
     * @param offset where in the slice
     * @param value the low 16 bits are written
     */
    public void put16(long offset, int value) {
        bytes.memory().writeShort(at(offset, 2), (short) value);
    }

    /**
     * Writes 32 bits.
     *
     * @param offset where in the slice
     * @param value the low 32 bits are written
     */
    public void put32(long offset, long value) {
        bytes.memory().writeI32(at(offset, 4), (int) value);
    }

    /**
     * Writes 64 bits.
     *
     * @param offset where in the slice
     * @param value the bits
     */
    public void put64(long offset, long value) {
        bytes.memory().writeLong(at(offset, 8), value);
    }

    /**
     * Copies bytes into the slice.
     *
     * @param offset where in the slice
     * @param source the bytes
     * @param from where they start
     * @param count how many
     */
    public void put(long offset, byte[] source, int from, int count) {
        bytes.write(at(offset, count), source, from, count);
    }

    private int at(long offset, int size) {
        return (int) (address + Objects.checkFromIndexSize(offset, size, length));
    }
}
