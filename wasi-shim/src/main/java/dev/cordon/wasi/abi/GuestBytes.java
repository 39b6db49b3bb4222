package dev.cordon.wasi.abi;

import com.dylibso.chicory.runtime.Memory;
import org.jspecify.annotations.Nullable;

/**
 * A guest's linear memory, handed out in slices that were checked first.
 *
 * <p>Sizes and addresses are unsigned and are added as 64-bit numbers, because the checks of
 * Chicory's own memories overflow. Belongs to one host call; never kept, since memory may grow.
 */
public final class GuestBytes {
    private final Memory memory;
    private final MemoryReader reader;

    /**
     * Wraps a memory for one host call.
     *
     * @param memory the guest's memory
     * @param reader how to copy out of it
     */
    public GuestBytes(Memory memory, MemoryReader reader) {
        this.memory = memory;
        this.reader = reader;
    }

    /**
     * A range of the memory.
     *
     * @param address unsigned 32-bit address, as the guest wrote it
     * @param length how many bytes; 0 or more
     * @return the range, which lies within the memory for the rest of this host call
     * @throws Refusal {@link Errno#FAULT} when any part of it lies outside
     */
    public GuestSlice slice(long address, long length) throws Refusal {
        check(address, length);
        return new GuestSlice(this, address, length);
    }

    /**
     * Checks a range without making a slice of it.
     *
     * @param address unsigned 32-bit address
     * @param length how many bytes; 0 to 2^32 - 1
     * @throws Refusal {@link Errno#FAULT} when any part of it lies outside
     */
    public void check(long address, long length) throws Refusal {
        long size = memory.pages() * (long) Memory.PAGE_SIZE;
        if (address < 0 || length < 0 || length > size || address > size - length) {
            throw Refusal.of(Errno.FAULT);
        }
    }

    /**
     * Copies out of a checked range.
     *
     * @param address where in the memory; checked before
     * @param target the array to fill
     * @param offset where in the array
     * @param length how many bytes; at most the size of a copy buffer
     */
    public void read(long address, byte[] target, int offset, int length) {
        if (length > 0) {
            reader.read(memory, (int) address, target, offset, length);
        }
    }

    /**
     * Copies into a checked range.
     *
     * @param address where in the memory; checked before
     * @param source the bytes
     * @param offset where they start
     * @param length how many bytes
     */
    public void write(long address, byte[] source, int offset, int length) {
        if (length > 0) {
            memory.write((int) address, source, offset, length);
        }
    }

    /**
     * The array behind the memory, if there is one, for addresses that were checked.
     *
     * @return the array with the guest's address 0 at its start, or null
     */
    public byte @Nullable [] array() {
        return reader.array(memory);
    }

    /**
     * Copies a checked range to an array of its own.
     *
     * @param address where in the memory; checked before
     * @param length how many bytes; at most the size of a copy buffer
     * @return the bytes
     */
    public byte[] copy(int address, int length) {
        return memory.readBytes(address, length);
    }

    Memory memory() {
        return memory;
    }
}
