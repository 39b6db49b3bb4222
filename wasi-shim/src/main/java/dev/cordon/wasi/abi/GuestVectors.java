package dev.cordon.wasi.abi;

import java.util.Arrays;

/**
 * The buffers of one read or write: the guest's list of address and length pairs, checked.
 *
 * <p>The whole list is read and checked before the first byte moves, and copied, so that a guest
 * whose buffers overlap its list cannot change the list under way. Made once for a session and
 * loaded for each call; not thread-safe.
 */
public final class GuestVectors {
    /** Most buffers in one call, so that a list cannot keep the host busy. */
    public static final int MAX_VECTORS = 1024;

    /** Most bytes moved by one call; the guest sees a partial transfer, which is legal. */
    public static final int MAX_BYTES = 1 << 20;

    private long[] addresses = new long[8];
    private int[] lengths = new int[8];
    private int count;
    private int total;
    private int vector;
    private int within;

    /**
     * Reads and checks a list.
     *
     * @param bytes the guest's memory
     * @param address where the list starts
     * @param vectors how many pairs it has
     * @throws Refusal {@link Errno#INVAL} for more than {@value #MAX_VECTORS} pairs, {@link
     *     Errno#FAULT} when the list or any buffer lies outside of the memory
     */
    public void load(GuestBytes bytes, long address, long vectors) throws Refusal {
        count = 0;
        total = 0;
        vector = 0;
        within = 0;
        if (vectors > MAX_VECTORS) {
            throw Refusal.of(Errno.INVAL);
        }
        GuestSlice list = bytes.slice(address, vectors * Layouts.VECTOR);
        for (int i = 0; i < vectors; i++) {
            long start = list.u32((long) i * Layouts.VECTOR);
            long length = list.u32((long) i * Layouts.VECTOR + 4);
            bytes.check(start, length);
            add(start, (int) Math.min(length, MAX_BYTES - total));
        }
    }

    /**
     * How many pairs the list has.
     *
     * @return 0 to {@value #MAX_VECTORS}
     */
    public int count() {
        return count;
    }

    /**
     * How many bytes this call may move.
     *
     * @return the sum of all lengths, or {@value #MAX_BYTES} if that is less
     */
    public int total() {
        return total;
    }

    /**
     * Copies the next bytes of the guest's buffers to the host.
     *
     * @param bytes the guest's memory
     * @param target the array to fill from its start
     * @return how many were copied; 0 when all are
     */
    public int gather(GuestBytes bytes, byte[] target) {
        int copied = 0;
        while (copied < target.length && vector < count) {
            int length = Math.min(target.length - copied, lengths[vector] - within);
            bytes.read(addresses[vector] + within, target, copied, length);
            copied += length;
            advance(length);
        }
        return copied;
    }

    /**
     * Copies bytes of the host to the next places in the guest's buffers.
     *
     * @param bytes the guest's memory
     * @param source the bytes, from the start of the array
     * @param length how many; no more than there is room for
     */
    public void scatter(GuestBytes bytes, byte[] source, int length) {
        int copied = 0;
        while (copied < length) {
            int part = Math.min(length - copied, lengths[vector] - within);
            bytes.write(addresses[vector] + within, source, copied, part);
            copied += part;
            advance(part);
        }
    }

    /**
     * How many bytes there are in one piece from here on.
     *
     * @return the rest of the next buffer that is not empty; 0 behind the last
     */
    public int piece() {
        while (vector < count && lengths[vector] == within) {
            advance(0);
        }
        return vector < count ? lengths[vector] - within : 0;
    }

    /**
     * Where that piece starts.
     *
     * @return the guest's address
     */
    public int pieceAddress() {
        return (int) (addresses[vector] + within);
    }

    /**
     * Goes on behind bytes that were moved without a copy in between.
     *
     * @param length how many; no more than {@link #piece}
     */
    public void skip(int length) {
        advance(length);
    }

    private void advance(int length) {
        within += length;
        if (within == lengths[vector]) {
            vector++;
            within = 0;
        }
    }

    private void add(long address, int length) {
        if (count == addresses.length) {
            addresses = Arrays.copyOf(addresses, count * 2);
            lengths = Arrays.copyOf(lengths, count * 2);
        }
        addresses[count] = address;
        lengths[count] = length;
        count++;
        total += length;
    }
}
