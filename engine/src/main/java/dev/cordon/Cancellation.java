package dev.cordon;

import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Stops the calls that were given it. Thread-safe; once cancelled it stays so.
 *
 * <p>A running guest notices within some tens of milliseconds, a waiting call at once.
 */
public final class Cancellation {
    private final Queue<Thread> waiting = new ConcurrentLinkedQueue<>();
    private final @Nullable Cancellation parent;
    private volatile boolean cancelled;

    /** Makes a token that was not cancelled yet. */
    public Cancellation() {
        this(null);
    }

    /** Makes a token that is cancelled with another one too. */
    Cancellation(@Nullable Cancellation parent) {
        this.parent = parent;
    }

    /** Stops every call that has this token, now and later. */
    public void cancel() {
        cancelled = true;
        waiting.forEach(LockSupport::unpark);
    }

    /**
     * Whether the calls are to stop.
     *
     * @return true once {@link #cancel()} was called
     */
    public boolean cancelled() {
        return cancelled || (parent != null && parent.cancelled());
    }

    /** Has {@code thread} woken by {@link #cancel()} until {@link #forget} is called. */
    void wake(Thread thread) {
        waiting.add(thread);
        if (parent != null) {
            parent.wake(thread);
        }
    }

    void forget(Thread thread) {
        waiting.remove(thread);
        if (parent != null) {
            parent.forget(thread);
        }
    }
}
