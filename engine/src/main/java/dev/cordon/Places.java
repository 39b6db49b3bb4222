package dev.cordon;

import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A bounded number of places for calls, which may be replaced by others: then nobody is let in any
 * more, and what they belong to can be cleared away once everybody has left. Thread-safe.
 *
 * @param <T> what they belong to
 */
final class Places<T> {
    private static final long POLL_NANOS = 200_000;

    private final T owner;
    private final int count;
    private final AtomicInteger free;
    private final AtomicBoolean cleared = new AtomicBoolean();
    private volatile @Nullable Runnable whenEmpty;

    Places(T owner, int count) {
        this.owner = owner;
        this.count = count;
        this.free = new AtomicInteger(count);
    }

    T owner() {
        return owner;
    }

    boolean take() {
        int now = free.get();
        while (now > 0) {
            if (free.compareAndSet(now, now - 1)) {
                return true;
            }
            now = free.get();
        }
        return false;
    }

    /** Gives a place back; whoever leaves last clears retired ones away. */
    void release() {
        free.incrementAndGet();
        clearIfEmpty();
    }

    /** Whether others have replaced these. */
    boolean retired() {
        return whenEmpty != null;
    }

    /**
     * Has {@code clear} run once, as soon as nobody is inside. Whoever takes a place must look
     * afterwards whether it still counts, so that nobody is inside unseen.
     */
    void retire(Runnable clear) {
        whenEmpty = clear;
        clearIfEmpty();
    }

    private void clearIfEmpty() {
        if (retired() && free.get() == count && cleared.compareAndSet(false, true)) {
            Objects.requireNonNull(whenEmpty).run();
        }
    }

    /** Whether nobody is inside. */
    boolean empty() {
        return free.get() == count;
    }

    /** Waits until everybody has left. */
    boolean awaitEmpty(long nanos) {
        return awaitOthers(0, nanos);
    }

    /** Waits until everybody has left but so many that will not. */
    boolean awaitOthers(int staying, long nanos) {
        long start = System.nanoTime();
        while (free.get() < count - staying) {
            if (System.nanoTime() - start > nanos) {
                return false;
            }
            LockSupport.parkNanos(this, POLL_NANOS);
            if (Thread.currentThread().isInterrupted()) {
                return free.get() >= count - staying;
            }
        }
        return true;
    }
}
