package dev.cordon.wasi.abi;

import com.dylibso.chicory.runtime.Memory;
import org.jspecify.annotations.Nullable;

/** Copies out of a memory, the fastest way that the memory offers. */
@FunctionalInterface
public interface MemoryReader {
    /**
     * Copies bytes that are known to be there.
     *
     * @param memory the guest's memory
     * @param address where in it; checked by the caller
     * @param target the array to fill
     * @param offset where in the array
     * @param length how many bytes; at most the size of a copy buffer
     */
    void read(Memory memory, int address, byte[] target, int offset, int length);

    /**
     * The array that a memory is, if it is one.
     *
     * @param memory the guest's memory
     * @return the array with the guest's address 0 at its start, or null
     */
    default byte @Nullable [] array(Memory memory) {
        return null;
    }
}
