package dev.cordon.dispatch;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Looks, while events are delivered, whether deliveries wait in vain because all threads are busy
 * with slow subscribers, and has threads added then. Thread-safe.
 */
final class DeliveryWatch {
    private static final long PATIENCE_NANOS = 4_000_000;
    private static final int QUIET_TICKS = 250;

    private final DeliveryThreads threads;
    private final AtomicBoolean watching = new AtomicBoolean();

    DeliveryWatch(DeliveryThreads threads) {
        this.threads = threads;
    }

    /** Watches from now on, if it does not yet. */
    void begin() {
        if (watching.get() || !watching.compareAndSet(false, true)) {
            return;
        }
        Thread thread = new Thread(this::watch, "cordon-event-watch");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (OutOfMemoryError noThread) { // deliveries go on; the next one tries again
            watching.set(false);
        }
    }

    /** Ends when there has been nothing to do for a while. */
    private void watch() {
        long seen = -1;
        int quiet = 0;
        while (quiet < QUIET_TICKS && !threads.closed()) {
            LockSupport.parkNanos(this, PATIENCE_NANOS);
            long now = threads.started();
            boolean stuck = now == seen && threads.anyWaits();
            if (stuck) {
                threads.grow();
            }
            quiet = now == seen && !stuck ? quiet + 1 : 0;
            seen = now;
        }
        watching.set(false);
        if (threads.anyWaits() && !threads.closed()) {
            begin(); // for what came while this one was leaving
        }
    }
}
