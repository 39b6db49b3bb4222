package dev.cordon.wasi;

import org.jspecify.annotations.Nullable;

/**
 * A memory that can be copied out of without an array in between.
 *
 * <p>An embedder's own {@code com.dylibso.chicory.runtime.Memory} may implement it; other memories
 * work too, with one short-lived array for each copy of at most 64 KiB.
 */
public interface BulkMemory {
    /**
     * Copies bytes of the guest.
     *
     * @param address where in the memory; the range was checked to lie within it
     * @param target the array to fill
     * @param offset where in the array
     * @param length how many bytes; at least 1
     */
    void readInto(int address, byte[] target, int offset, int length);

    /**
     * The array that holds the memory now, the guest's address 0 at its start.
     *
     * <p>Files are read and written through it, without a copy in between. It is used during one
     * host call only and is never handed to an embedder's streams.
     *
     * @return the array, which may be longer than the memory, or null when there is none
     */
    default byte @Nullable [] array() {
        return null;
    }
}
