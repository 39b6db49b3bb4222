package dev.cordon.runtime;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.types.DataSegment;
import dev.cordon.wasi.BulkMemory;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Objects;

/**
 * The guest's linear memory as the host sees it: one flat little-endian array.
 *
 * <p>Every access is checked in arithmetic that cannot overflow; one out of bounds throws {@link
 * IndexOutOfBoundsException} and has no effect. Not thread-safe.
 */
@SuppressWarnings("removal") // the interface still demands what it is about to drop
public final class GuestMemory implements Memory, BulkMemory {
    private static final VarHandle SHORT = view(short[].class);
    private static final VarHandle INT = view(int[].class);
    private static final VarHandle LONG = view(long[].class);

    private final GuestState s;

    GuestMemory(GuestState state) {
        this.s = state;
    }

    private static VarHandle view(Class<?> type) {
        return MethodHandles.byteArrayViewVarHandle(type, ByteOrder.LITTLE_ENDIAN);
    }

    /**
     * How much memory the guest has.
     *
     * @return bytes, a multiple of 65,536
     */
    public int sizeBytes() {
        return s.limit;
    }

    /**
     * Copies out of the guest without allocating.
     *
     * @param address where in the guest
     * @param to the array to fill
     * @param at where in it
     * @param length how many bytes
     */
    @Override
    public void readInto(int address, byte[] to, int at, int length) {
        Objects.checkFromIndexSize(address, length, s.limit);
        System.arraycopy(s.memory, address, to, at, length);
    }

    @Override
    public byte[] array() {
        return s.memory;
    }

    @Override
    public int pages() {
        return s.limit >>> 16;
    }

    @Override
    public int grow(int delta) {
        int before = pages();
        long next = before + (delta & 0xFFFF_FFFFL);
        if (next > s.maxPages) {
            return -1;
        }
        long bytes = next << 16;
        long most = s.limits.memoryBytes() - s.store.memoryBytes() + s.limit;
        if (delta != 0 && (!s.limits.mayGrow() || bytes > most)) {
            s.memoryRefused = true;
            return -1;
        }
        if (delta != 0 && !s.mayHold(bytes - s.limit)) {
            return -1;
        }
        s.charge(delta * 8_192L); // a byte costs an eighth of a unit, as everywhere
        if (bytes > s.memory.length) {
            s.tank.poll(); // moving a large memory takes long beside what it costs
            long largest = Math.min(most, (long) s.maxPages << 16);
            largest = Math.min(largest, Math.max(bytes, s.store.mostHeld));
            long capacity =
                    Math.max(bytes, Math.min(largest, s.memory.length + (s.memory.length >>> 1)));
            s.memory = Arrays.copyOf(s.memory, (int) (capacity & ~0xFFFFL));
        }
        s.limit = (int) bytes;
        s.store.noteMemory();
        return before;
    }

    @Override
    public int initialPages() {
        return s.shape.initialPages();
    }

    @Override
    public int maximumPages() {
        return s.maxPages;
    }

    @Override
    public boolean shared() {
        return false;
    }

    @Override
    public Object lock(int address) {
        throw notShared();
    }

    @Override
    public int waitOn(int address, int expected, long timeout) {
        throw notShared();
    }

    @Override
    public int waitOn(int address, long expected, long timeout) {
        throw notShared();
    }

    @Override
    public int notify(int address, int maxThreads) {
        throw notShared();
    }

    private static UnsupportedOperationException notShared() {
        return new UnsupportedOperationException("guest memory is never shared between threads");
    }

    @Override
    public void initialize(Instance instance, DataSegment[] segments) {
        throw new UnsupportedOperationException("the engine initialises memory itself");
    }

    @Override
    public void initialize(Instance instance, DataSegment[] segments, int memory) {
        throw new UnsupportedOperationException("the engine initialises memory itself");
    }

    @Override
    public void initPassiveSegment(int segment, int to, int from, int length) {
        GuestState.memoryInit(to, from, length, segment, s);
    }

    @Override
    public void drop(int segment) {
        GuestState.dataDrop(segment, s);
    }

    @Override
    public void zero() {
        Arrays.fill(s.memory, 0, s.limit, (byte) 0);
    }

    @Override
    public void fill(byte value, int from, int to) {
        Objects.checkFromToIndex(from, to, s.limit);
        Arrays.fill(s.memory, from, to, value);
    }

    @Override
    public void copy(int to, int from, int length) {
        Objects.checkFromIndexSize(from, length, s.limit);
        Objects.checkFromIndexSize(to, length, s.limit);
        System.arraycopy(s.memory, from, s.memory, to, length);
    }

    @Override
    public void write(int address, byte[] data, int from, int length) {
        Objects.checkFromIndexSize(address, length, s.limit);
        System.arraycopy(data, from, s.memory, address, length);
    }

    @Override
    public byte[] readBytes(int address, int length) {
        Objects.checkFromIndexSize(address, length, s.limit);
        return Arrays.copyOfRange(s.memory, address, address + length);
    }

    @Override
    public byte read(int address) {
        Objects.checkIndex(address, s.limit);
        return s.memory[address];
    }

    @Override
    public void writeByte(int address, byte value) {
        Objects.checkIndex(address, s.limit);
        s.memory[address] = value;
    }

    @Override
    public short readShort(int address) {
        Objects.checkFromIndexSize(address, 2, s.limit);
        return (short) SHORT.get(s.memory, address);
    }

    @Override
    public long readU16(int address) {
        return readShort(address) & 0xFFFFL;
    }

    @Override
    public void writeShort(int address, short value) {
        Objects.checkFromIndexSize(address, 2, s.limit);
        SHORT.set(s.memory, address, value);
    }

    @Override
    public int readInt(int address) {
        Objects.checkFromIndexSize(address, 4, s.limit);
        return (int) INT.get(s.memory, address);
    }

    @Override
    public void writeI32(int address, int value) {
        Objects.checkFromIndexSize(address, 4, s.limit);
        INT.set(s.memory, address, value);
    }

    @Override
    public long readLong(int address) {
        Objects.checkFromIndexSize(address, 8, s.limit);
        return (long) LONG.get(s.memory, address);
    }

    @Override
    public void writeLong(int address, long value) {
        Objects.checkFromIndexSize(address, 8, s.limit);
        LONG.set(s.memory, address, value);
    }

    @Override
    public long readF32(int address) {
        return readInt(address);
    }

    @Override
    public float readFloat(int address) {
        return Float.intBitsToFloat(readInt(address));
    }

    @Override
    public void writeF32(int address, float value) {
        writeI32(address, Float.floatToRawIntBits(value));
    }

    @Override
    public long readF64(int address) {
        return readLong(address);
    }

    @Override
    public double readDouble(int address) {
        return Double.longBitsToDouble(readLong(address));
    }

    @Override
    public void writeF64(int address, double value) {
        writeLong(address, Double.doubleToRawLongBits(value));
    }
}
