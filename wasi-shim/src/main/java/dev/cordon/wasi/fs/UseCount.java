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

    /** Something to be done while it is open. */
    @FunctionalInterface
    interface Action<T> {
        T run() throws Refusal, IOException;
    }

    /** Something to be done without an answer. */
    @FunctionalInterface
    interface Change {
        void run() throws Refusal, IOException;
    }

    /**
     * Does something while what is behind is kept open.
     *
     * <p>Java closes a file's channel when the thread at it is interrupted. So an interrupt that
     * came before is put off.
     *
     * @throws Refusal {@code EBADF} when it is closed, or what a failure means to a guest
     */
    <T> T answer(Action<T> action) throws Refusal, IOException {
        enter();
        boolean interrupted = Thread.interrupted();
        try {
            return action.run();
        } catch (IOException e) {
            throw HostErrors.rethrow(e);
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
            leave();
        }
    }

    /** As {@link #answer}. */
    void change(Change change) throws Refusal, IOException {
        answer(
                () -> {
                    change.run();
                    return this;
                });
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
