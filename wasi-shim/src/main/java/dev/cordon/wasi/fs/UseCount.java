package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Keeps what may be closed at any moment open until nobody uses it.
 *
 * <p>Closing lets nobody in any more and never waits; the last one out closes what is behind. So
 * neither a descriptor's number nor a stream is touched after the system has taken it back.
 */
final class UseCount {
    private static final int CLOSED = Integer.MIN_VALUE;

    private final AtomicInteger state = new AtomicInteger();
    private final Closeable behind;

    UseCount(Closeable behind) {
        this.behind = behind;
    }

    /** Begins a use, which {@link #leave} ends. */
    void enter() throws Refusal {
        while (true) {
            int now = state.get();
            if (now < 0) {
                throw Refusal.of(Errno.BADF);
            }
            if (state.compareAndSet(now, now + 1)) {
                return;
            }
        }
    }

    void leave() throws IOException {
        if (state.decrementAndGet() == CLOSED) {
            behind.close();
        }
    }

    void close() throws IOException {
        if (state.getAndUpdate(now -> now | CLOSED) == 0) {
            behind.close();
        }
    }
}
