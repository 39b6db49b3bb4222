package dev.cordon.wasi;

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
}
