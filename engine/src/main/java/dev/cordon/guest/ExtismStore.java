package dev.cordon.guest;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The blocks of one Extism call. Not thread-safe.
 *
 * <p>A handle is the number of a block in its upper half and an offset into it in its lower half,
 * so that whatever a guest makes up is either a byte of one of its own blocks or nothing. Handles
 * stay below 2^53: guests whose numbers are floating point can hold them.
 *
 * <p>The blocks that were freed last can still be read: development kits free what they passed to a
 * function before they read its answer, which may be the same block.
 */
final class ExtismStore {
    /** What is not a block. */
    static final long NONE = 0;

    /** Most blocks at once, so that every handle stays below 2^53. */
    static final int MAX_BLOCKS = 1 << 20;

    /** What each block counts beside its content: at least what the JVM needs for it. */
    static final int BLOCK_BYTES = 64;

    /** Freed blocks that can still be read, at most; they count until their room is needed. */
    private static final int MOST_RETIRED = 16;

    private static final int FIRST_CAPACITY = 16;
    private static final int MAX_LENGTH = Integer.MAX_VALUE - 8;

    /** Blocks by number; number 0 is never used, so that no handle is 0. */
    private @Nullable ExtismBlock[] blocks = new ExtismBlock[FIRST_CAPACITY];

    /** Numbers to use again, the last first. */
    private int[] freed = new int[FIRST_CAPACITY];

    private int freedCount;

    /** Numbers of freed blocks that can still be read, those freed first in front. */
    private final Deque<Integer> retired = new ArrayDeque<>();

    private int highest;
    private long held;

    /** Bytes that all blocks count. */
    long held() {
        return held;
    }

    /**
     * Whether a new block fits, if need be in the place of those that were freed.
     *
     * @param length of its content, unsigned
     * @param limit what all blocks together may count
     */
    boolean fits(long length, long limit) {
        if (!fitsNow(length, limit)) {
            retired.forEach(this::forget);
            retired.clear();
        }
        return fitsNow(length, limit);
    }

    private boolean fitsNow(long length, long limit) {
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

    /**
     * The block that a handle points into, be it freed, or null; its {@link #offset} may still be
     * too large.
     */
    @Nullable ExtismBlock find(long handle) {
        long number = handle >>> Integer.SIZE;
        return number > highest ? null : blocks[(int) number];
    }

    /** The block that a handle is the start of, or null; a freed one is none. */
    @Nullable ExtismBlock findStart(long handle) {
        ExtismBlock block = offset(handle) == 0 ? find(handle) : null;
        return block == null || block.isRetired() ? null : block;
    }

    /** Makes a block that was freed the guest's own again. */
    void revive(long handle, ExtismBlock block) {
        if (block.isRetired()) {
            block.retire(false);
            retired.remove((int) (handle >>> Integer.SIZE));
        }
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
        if (retired.size() == MOST_RETIRED) {
            forget(retired.remove());
        }
        block.retire(true);
        retired.add((int) (handle >>> Integer.SIZE));
    }

    private void forget(int number) {
        ExtismBlock block = Objects.requireNonNull(blocks[number]);
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
        retired.clear();
        highest = 0;
        held = 0;
    }
}
