package dev.cordon.guest;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one Extism call. Not thread-safe.
 *
 * <p>A handle is the number of a block in its upper half and an offset into it in its lower half,
 * so that whatever a guest makes up is either a byte of one of its own blocks or nothing. Handles
 * stay below 2^53: guests whose numbers are floating point can hold them.
 */
final class ExtismStore {
    /** What is not a block. */
    static final long NONE = 0;

    /** Most blocks at once, so that every handle stays below 2^53. */
    static final int MAX_BLOCKS = 1 << 20;

    /** What each block counts beside its content: at least what the JVM needs for it. */
    static final int BLOCK_BYTES = 64;

    private static final int FIRST_CAPACITY = 16;
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    /** Blocks by number; number 0 is never used, so that no handle is 0. */
    private @Nullable ExtismBlock[] blocks = new ExtismBlock[FIRST_CAPACITY];

    /** Numbers to use again, the last first. */
    private int[] freed = new int[FIRST_CAPACITY];

    private int freedCount;
    private int highest;
    private long held;

    /** Bytes that all blocks count. */
    long held() {
        return held;
    }

    /**
     * Whether a new block fits.
     *
     * @param length of its content, unsigned
     * @param limit what all blocks together may count
     */
    boolean fits(long length, long limit) {
        boolean known = length >= 0 && length <= MAX_LENGTH;
        boolean numbered = freedCount > 0 || highest < MAX_BLOCKS;
        return known && numbered && held + length + BLOCK_BYTES <= limit;
    }

    /** Adds a block that {@linkplain #fits fits} and gives its handle. */
    long add(ExtismBlock block) {
        int number = freedCount > 0 ? freed[--freedCount] : ++highest;
        if (number == blocks.length) {
            blocks = Arrays.copyOf(blocks, Math.min(2 * number, MAX_BLOCKS + 1));
        }
        blocks[number] = block;
        held += BLOCK_BYTES + block.ownedBytes();
        return (long) number << Integer.SIZE;
    }

    /** Makes a block the guest's own, which counts its content from now on. */
    void own(ExtismBlock block) {
        block.own();
        held += block.length();
    }

    /** The block that a handle points into, or null; its {@link #offset} may still be too large. */
    @Nullable ExtismBlock find(long handle) {
        long number = handle >>> Integer.SIZE;
        return number > highest ? null : blocks[(int) number];
    }

    /** The block that a handle is the start of, or null. */
    @Nullable ExtismBlock findStart(long handle) {
        return offset(handle) == 0 ? find(handle) : null;
    }

    /** How far into its block a handle points, unsigned. */
    static long offset(long handle) {
        return handle & 0xffff_ffffL;
    }

    /** Forgets the block that a handle is the start of; ignores any other handle. */
    void free(long handle) {
        ExtismBlock block = findStart(handle);
        if (block == null) {
            return;
        }
        int number = (int) (handle >>> Integer.SIZE);
        blocks[number] = null;
        held -= BLOCK_BYTES + block.ownedBytes();
        if (freedCount == freed.length) {
            freed = Arrays.copyOf(freed, 2 * freedCount);
        }
        freed[freedCount++] = number;
    }

    /** Forgets all blocks. */
    void clear() {
        blocks = new ExtismBlock[FIRST_CAPACITY];
        freed = new int[FIRST_CAPACITY];
        freedCount = 0;
        highest = 0;
        held = 0;
    }
}
