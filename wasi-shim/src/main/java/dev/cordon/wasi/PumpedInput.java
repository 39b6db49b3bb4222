package dev.cordon.wasi;

import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * An input over a stream that may block, read ahead by a thread of its own. Thread-safe.
 *
 * <p>{@code InputStream.available()} would need no thread, but it cannot tell a pipe with nothing
 * in it yet from one at its end, and a read that finds out may never return.
 */
final class PumpedInput implements GuestInput {
    /** Most bytes read ahead, so that an input without a reader does not fill the heap. */
    static final int MAX_AHEAD_BYTES = 64 * 1024;

    private static final int CHUNK_BYTES = 8 * 1024;

    private final InputStream stream;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition room = lock.newCondition();
    private byte[] ring = new byte[0];
    private int first;
    private int held;
    private boolean started;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;

    PumpedInput(InputStream stream) {
        this.stream = stream;
    }

    @Override
    public long ready() throws IOException {
        lock.lock();
        try {
            start();
            if (held > 0) {
                return held;
            }
            failIfBroken();
            return ended ? -1 : 0;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        lock.lock();
        try {
            start();
            if (held == 0) {
                failIfBroken();
                return ended ? -1 : 0;
            }
            int count = Math.min(length, held);
            copyOut(target, offset, count);
            room.signal();
            return count;
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            room.signal();
        } finally {
            lock.unlock();
        }
    }

    private void failIfBroken() throws IOException {
        if (failure != null) {
            throw new IOException("the input is broken: " + failure.getMessage(), failure);
        }
    }

    private void copyOut(byte[] target, int offset, int count) {
        int straight = Math.min(count, ring.length - first);
        System.arraycopy(ring, first, target, offset, straight);
        System.arraycopy(ring, 0, target, offset + straight, count - straight);
        first = (first + count) % ring.length;
        held -= count;
    }

    private void start() {
        if (!started) {
            started = true;
            ring = new byte[MAX_AHEAD_BYTES];
            Thread pump = new Thread(this::pump, "cordon-guest-input");
            pump.setDaemon(true);
            pump.start();
        }
    }

    private void pump() {
        byte[] chunk = new byte[CHUNK_BYTES];
        Throwable problem = null;
        try {
            int count = stream.read(chunk);
            while (count >= 0 && append(chunk, count)) {
                count = stream.read(chunk);
            }
        } catch (IOException | RuntimeException e) {
            problem = e;
        }
        lock.lock();
        try {
            failure = problem;
            ended = true;
        } finally {
            lock.unlock();
        }
    }

    /** Keeps what was read; false once nobody wants it any more. */
    private boolean append(byte[] chunk, int count) {
        lock.lock();
        try {
            while (!closed && ring.length - held < count) {
                room.awaitUninterruptibly();
            }
            if (closed) {
                return false;
            }
            int end = (first + held) % ring.length;
            int straight = Math.min(count, ring.length - end);
            System.arraycopy(chunk, 0, ring, end, straight);
            System.arraycopy(chunk, straight, ring, 0, count - straight);
            held += count;
            return true;
        } finally {
            lock.unlock();
        }
    }
}
