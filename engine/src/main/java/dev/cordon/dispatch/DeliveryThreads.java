package dev.cordon.dispatch;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The threads that deliver events: as many as the machine has cores while subscribers are quick,
 * and more when they are not, so that one that is slow keeps no other waiting. They end when they
 * are idle. Thread-safe.
 *
 * <p>Waking a thread takes longer than most deliveries take. So a thread is woken only when none is
 * looking for something to do, and {@link DeliveryWatch} adds threads only when no delivery has
 * been started for a moment although some wait.
 */
final class DeliveryThreads {
    private static final int FEW = Runtime.getRuntime().availableProcessors();
    private static final long IDLE_NANOS = 10_000_000_000L;
    private static final long SURPLUS_IDLE_NANOS = 100_000_000L;
    private static final long CLOSE_POLL_MILLIS = 1;

    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final AtomicInteger number = new AtomicInteger();
    private final AtomicInteger alive = new AtomicInteger();

    /** Threads that sleep and that nobody has decided to wake. */
    private final AtomicInteger idle = new AtomicInteger();

    /** Threads that look for something to do, those that were woken or started for it included. */
    private final AtomicInteger searching = new AtomicInteger();

    private final Semaphore wakes = new Semaphore(0);
    private final AtomicLong started = new AtomicLong();
    private final DeliveryWatch watch = new DeliveryWatch(this);
    private volatile boolean closed;

    /**
     * Runs a delivery beside everything else.
     *
     * @throws RejectedExecutionException if there is no thread, and it will not be run
     */
    void run(Runnable delivery) {
        if (closed) {
            throw new RejectedExecutionException("the engine was closed");
        }
        if (alive.get() == 0 && !start(1)) {
            throw new RejectedExecutionException("there is no thread to deliver events");
        }
        waiting.add(delivery);
        if (searching.get() == 0) {
            wake();
        }
        watch.begin();
    }

    /** Has one more thread look for something to do, if there may be one. */
    private void wake() {
        if (reserveIdle()) {
            searching.incrementAndGet();
            wakes.release();
        } else if (alive.get() < FEW) {
            start(FEW);
        }
    }

    /** Takes one sleeping thread out of the count of those that can be woken. */
    private boolean reserveIdle() {
        int sleeping = idle.get();
        while (sleeping > 0) {
            if (idle.compareAndSet(sleeping, sleeping - 1)) {
                return true;
            }
            sleeping = idle.get();
        }
        return false;
    }

    /** Starts a thread unless there are as many; tells whether it did. */
    private boolean start(int most) {
        if (alive.incrementAndGet() > most) {
            alive.decrementAndGet();
            return alive.get() > 0;
        }
        searching.incrementAndGet();
        Thread thread = new Thread(this::work, "cordon-event-" + number.incrementAndGet());
        thread.setDaemon(true);
        threads.add(thread);
        try {
            thread.start();
            return true;
        } catch (OutOfMemoryError noThread) {
            threads.remove(thread);
            searching.decrementAndGet();
            return alive.decrementAndGet() > 0;
        }
    }

    private void work() {
        try {
            do {
                drain();
            } while (sleep());
        } finally {
            threads.remove(Thread.currentThread());
            alive.decrementAndGet();
        }
        if (!waiting.isEmpty() && searching.get() == 0) {
            wake(); // what came while this one was leaving
        }
    }

    /** Runs what waits; begins and ends as one that is searching. */
    private void drain() {
        Runnable delivery = waiting.poll();
        while (delivery != null) {
            if (searching.decrementAndGet() == 0 && !waiting.isEmpty()) {
                wake();
            }
            started.incrementAndGet();
            forgetInterrupt();
            try {
                delivery.run();
            } catch (RuntimeException | Error failed) { // as if this thread had ended with it
                Thread self = Thread.currentThread();
                self.getUncaughtExceptionHandler().uncaughtException(self, failed);
            }
            searching.incrementAndGet();
            delivery = waiting.poll();
        }
    }

    /** What one subscriber left of an interrupt is not for the next; that of a close is. */
    private void forgetInterrupt() {
        if (!closed) {
            Thread.interrupted();
        }
    }

    /** Sleeps until woken, which leaves it searching; false to end, which does not. */
    private boolean sleep() {
        idle.incrementAndGet();
        searching.decrementAndGet();
        // What came before this thread counted as asleep woke nobody.
        boolean ends = closed && waiting.isEmpty();
        if ((!waiting.isEmpty() || ends) && reserveIdle()) {
            return !ends && resume();
        }
        long nanos = alive.get() > FEW ? SURPLUS_IDLE_NANOS : IDLE_NANOS;
        if (woken(nanos)) {
            return true;
        }
        if (reserveIdle()) {
            return false;
        }
        wakes.acquireUninterruptibly(); // somebody had just decided to wake it
        return true;
    }

    private boolean resume() {
        searching.incrementAndGet();
        return true;
    }

    private boolean woken(long nanos) {
        try {
            return wakes.tryAcquire(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException ignoredByDaemon) { // only close interrupts, and it has ended
            return false;
        }
    }

    /** How many deliveries were started so far. */
    long started() {
        return started.get();
    }

    boolean anyWaits() {
        return !waiting.isEmpty();
    }

    boolean closed() {
        return closed;
    }

    /** Doubles the threads, or adds as many as there are deliveries that wait. */
    void grow() {
        int more = Math.min(waiting.size(), alive.get());
        for (int i = 0; i < more; i++) {
            if (!start(Integer.MAX_VALUE)) { // each mailbox has one, and mailboxes are bounded
                return;
            }
        }
    }

    /** Runs something after a while, unless this was closed by then. */
    void later(Runnable task, long nanos) {
        CompletableFuture.delayedExecutor(nanos, TimeUnit.NANOSECONDS, this::run).execute(task);
    }

    /** Takes no more deliveries and waits for those that run; then interrupts them. */
    void close(long nanos) {
        closed = true;
        while (reserveIdle()) {
            searching.incrementAndGet();
            wakes.release();
        }
        long start = System.nanoTime();
        Thread self = Thread.currentThread();
        int own = threads.contains(self) ? 1 : 0; // which ends when it returns
        try {
            while (alive.get() > own && System.nanoTime() - start < nanos) {
                TimeUnit.MILLISECONDS.sleep(CLOSE_POLL_MILLIS);
            }
            threads.stream().filter(other -> other != self).forEach(Thread::interrupt);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
