package dev.cordon.dispatch;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The threads that deliver events: as many as there are subscribers with something to do, so that
 * one that is slow keeps no other waiting. They end when they are idle.
 */
final class DeliveryThreads {
    private static final long IDLE_SECONDS = 10;

    private final AtomicInteger number = new AtomicInteger();
    private final ThreadPoolExecutor pool =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE, // each mailbox has one at most, and mailboxes are bounded
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    this::thread);

    private Thread thread(Runnable task) {
        Thread thread = new Thread(task, "cordon-event-" + number.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    void run(Runnable delivery) {
        pool.execute(delivery);
    }

    /** Runs something after a while, unless this was closed by then. */
    void later(Runnable task, long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, pool).execute(task);
    }

    /** Takes no more deliveries and waits for those that run; then interrupts them. */
    void close(long nanos) {
        pool.shutdown();
        try {
            if (!pool.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
                pool.shutdownNow();
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
