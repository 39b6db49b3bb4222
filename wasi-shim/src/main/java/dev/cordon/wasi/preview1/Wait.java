package dev.cordon.wasi.preview1;

import com.dylibso.chicory.runtime.Instance;
import java.util.concurrent.locks.LockSupport;

/**
 * A guest that waits, in slices, so that its deadline and its cancellation are seen in time.
 *
 * <p>An interrupt of the thread is kept for whoever comes after the call: it neither ends the wait
 * nor turns it into a busy loop.
 */
final class Wait implements AutoCloseable {
    /** Longest sleep between two looks at the deadline. */
    static final long LONGEST_SLICE_NANOS = 20_000_000;

    private static final long FIRST_SLICE_NANOS = 500_000;

    /** A way to spend time. */
    @FunctionalInterface
    interface Sleeper<X extends Exception> {
        /** Sleeps for some nanoseconds, or less. */
        void sleep(long nanos) throws X;
    }

    private final Host host;
    private final Instance instance;
    private final long start = System.nanoTime();
    private long slice = FIRST_SLICE_NANOS;
    private boolean interrupted;

    Wait(Host host, Instance instance) {
        this.host = host;
        this.instance = instance;
    }

    /** How long it has lasted, in nanoseconds. */
    long elapsed() {
        return System.nanoTime() - start;
    }

    /** Sleeps for a slice, or less if there is less to wait; the slices get longer. */
    void pause(long atMostNanos) {
        pauseBy(atMostNanos, nanos -> LockSupport.parkNanos(this, nanos));
    }

    /** Spends a slice in a way that something else may end early. */
    <X extends Exception> void pauseBy(long atMostNanos, Sleeper<X> sleeper) throws X {
        host.check(instance);
        long left = host.nanosLeft(instance);
        long nanos = Math.min(slice, atMostNanos);
        if (left > 0) {
            nanos = Math.min(nanos, left);
        }
        interrupted |= Thread.interrupted();
        sleeper.sleep(nanos);
        slice = Math.min(slice * 2, LONGEST_SLICE_NANOS);
    }

    @Override
    public void close() {
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
