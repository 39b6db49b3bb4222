package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout.PathElement;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.StructLayout;
import java.lang.foreign.ValueLayout;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;

/**
 * Memory outside the heap for one call of the system: its error number, its texts, its bytes. Used
 * by one thread at a time, and then by the next.
 */
final class Scratch implements AutoCloseable {
    /** Bytes of the large part; a longer read or write takes several calls. */
    static final int BYTES = 65_536;

    /** Bytes of each of the two texts, with their zero; the system's longest path. */
    private static final int TEXT = 4_096;

    /** How many are kept for the next call. */
    private static final int KEPT = 32;

    private static final StructLayout STATE = Linker.Option.captureStateLayout();
    private static final long ERRNO = STATE.byteOffset(PathElement.groupElement("errno"));
    private static final BlockingQueue<Scratch> POOL = new ArrayBlockingQueue<>(KEPT);

    private final MemorySegment state;
    private final MemorySegment bytes;
    private final MemorySegment first;
    private final MemorySegment second;

    private Scratch() {
        Arena arena = Arena.ofAuto();
        this.state = arena.allocate(STATE);
        this.bytes = arena.allocate(BYTES, Long.BYTES);
        this.first = arena.allocate(TEXT);
        this.second = arena.allocate(TEXT);
    }

    static Scratch take() {
        Scratch scratch = POOL.poll();
        return scratch == null ? new Scratch() : scratch;
    }

    /** Where the linker leaves the error number. */
    MemorySegment state() {
        return state;
    }

    int errno() {
        return state.get(ValueLayout.JAVA_INT, ERRNO);
    }

    /** The large part. */
    MemorySegment bytes() {
        return bytes;
    }

    /** A name for the call. */
    MemorySegment name(String name) throws Refusal {
        HostName.check(name);
        return put(first, name);
    }

    /** The other name, of a call with two. */
    MemorySegment secondName(String name) throws Refusal {
        HostName.check(name);
        return put(second, name);
    }

    /** The text of a link, or a path of ours. */
    MemorySegment text(String text) throws Refusal {
        return put(second, text);
    }

    private static MemorySegment put(MemorySegment target, String text) throws Refusal {
        byte[] encoded = HostName.bytes(text);
        if (encoded.length >= TEXT) {
            throw Refusal.of(Errno.NAMETOOLONG);
        }
        MemorySegment.copy(encoded, 0, target, ValueLayout.JAVA_BYTE, 0, encoded.length);
        target.set(ValueLayout.JAVA_BYTE, encoded.length, (byte) 0);
        return target;
    }

    /** Gives it back; no call uses it any more. */
    @Override
    public void close() {
        boolean kept = POOL.offer(this);
        assert kept || !POOL.isEmpty();
    }
}
