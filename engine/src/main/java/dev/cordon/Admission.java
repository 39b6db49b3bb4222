package dev.cordon;

import java.util.ArrayDeque;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of calls in at a time; others wait in the order in which they came.
 *
 * <p>As long as nobody waits, coming and going is one compare-and-set each.
 */
final class Admission {
    /** What became of a call at the door. */
    enum Answer {
        ADMITTED,
        /** Too many are waiting already. */
        FULL,
        /** The deadline passed while waiting. */
        EXPIRED,
        CANCELLED,
        CLOSED
    }

    static final long NO_DEADLINE = Long.MAX_VALUE;

    private final int places;
    private final int maxWaiting;
    private final AtomicInteger free;
    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter> queue = new ArrayDeque<>();
    private volatile int waiting;
    private volatile boolean closed;

    Admission(int places, int maxWaiting) {
        this.places = places;
        this.maxWaiting = maxWaiting;
        this.free = new AtomicInteger(places);
    }

    private static final class Waiter {
        private final Thread thread = Thread.currentThread();
        private volatile boolean admitted;
    }

    /** Waits for a place; whoever was admitted must {@link #leave()}. */
    Answer enter(long deadlineNanoTime, @Nullable Cancellation cancellation) {
        if (closed) {
            return Answer.CLOSED;
        }
        if (waiting == 0 && take()) {
            return Answer.ADMITTED;
        }
        Waiter waiter = new Waiter();
        lock.lock();
        try {
            if (queue.size() >= maxWaiting) {
                return queue.isEmpty() && take() ? Answer.ADMITTED : Answer.FULL;
            }
            queue.add(waiter);
            waiting = queue.size();
            // Whoever left before it could see this waiter left a place behind.
            admitWaiters();
        } finally {
            lock.unlock();
        }
        return await(waiter, deadlineNanoTime, cancellation);
    }

    /** Gives the place back, to the first that waits. */
    void leave() {
        free.incrementAndGet();
        if (waiting > 0) {
            lock.lock();
            try {
                admitWaiters();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Turns everybody away from now on, those who wait included. */
    void close() {
        closed = true;
        lock.lock();
        try {
            queue.forEach(waiter -> LockSupport.unpark(waiter.thread));
        } finally {
            lock.unlock();
        }
    }

    /** Waits until everybody who was admitted has left. */
    boolean awaitEmpty(long nanos) {
        long start = System.nanoTime();
        while (free.get() < places) {
            if (System.nanoTime() - start > nanos) {
                return false;
            }
            LockSupport.parkNanos(this, 200_000);
            if (Thread.currentThread().isInterrupted()) {
                return free.get() == places;
            }
        }
        return true;
    }

    private boolean take() {
        int places = free.get();
        while (places > 0) {
            if (free.compareAndSet(places, places - 1)) {
                return true;
            }
            places = free.get();
        }
        return false;
    }

    private void admitWaiters() {
        while (!queue.isEmpty() && take()) {
            Waiter first = queue.remove();
            first.admitted = true;
            LockSupport.unpark(first.thread);
        }
        waiting = queue.size();
    }

    private Answer await(Waiter waiter, long deadline, @Nullable Cancellation cancellation) {
        if (cancellation != null) {
            cancellation.wake(waiter.thread);
        }
        try {
            while (!waiter.admitted) {
                Answer reason = reasonToGiveUp(deadline, cancellation);
                if (reason != Answer.ADMITTED) {
                    return giveUp(waiter, reason);
                }
                if (deadline == NO_DEADLINE) {
                    LockSupport.park(this);
                } else {
                    LockSupport.parkNanos(this, deadline - System.nanoTime());
                }
            }
            return Answer.ADMITTED;
        } finally {
            if (cancellation != null) {
                cancellation.forget(waiter.thread);
            }
        }
    }

    private Answer reasonToGiveUp(long deadline, @Nullable Cancellation cancellation) {
        if (closed) {
            return Answer.CLOSED;
        }
        boolean interrupted = Thread.currentThread().isInterrupted();
        if (interrupted || (cancellation != null && cancellation.cancelled())) {
            return Answer.CANCELLED;
        }
        boolean expired = deadline != NO_DEADLINE && System.nanoTime() - deadline >= 0;
        return expired ? Answer.EXPIRED : Answer.ADMITTED;
    }

    private Answer giveUp(Waiter waiter, Answer reason) {
        lock.lock();
        try {
            if (waiter.admitted) {
                return Answer.ADMITTED; // it came in at the last moment
            }
            queue.remove(waiter);
            waiting = queue.size();
            return reason;
        } finally {
            lock.unlock();
        }
    }
}
