package dev.cordon;

import java.util.ArrayDeque;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Lets a bounded number of calls in at a time; others wait in the order in which they came. The
 * places can be replaced while calls are inside: who waits gets one of the new.
 *
 * <p>As long as nobody waits, coming and going is one compare-and-set each.
 *
 * @param <T> what the places belong to
 */
final class Admission<T> {
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

    /**
     * What became of a call at the door.
     *
     * @param answer whether it was let in
     * @param places what it is in, to be given to {@link #leave}; null if it was not let in
     */
    record Entry<T>(Answer answer, @Nullable Places<T> places) {}

    static final long NO_DEADLINE = Long.MAX_VALUE;

    private final ReentrantLock lock = new ReentrantLock();
    private final ArrayDeque<Waiter<T>> queue = new ArrayDeque<>();
    private volatile Places<T> current;
    private volatile int maxWaiting;
    private volatile int waiting;
    private volatile boolean closed;

    Admission(Places<T> places, int maxWaiting) {
        this.current = places;
        this.maxWaiting = maxWaiting;
    }

    private static final class Waiter<T> {
        private final Thread thread = Thread.currentThread();
        private volatile @Nullable Places<T> admitted;
    }

    /** The places that calls get now. */
    Places<T> current() {
        return current;
    }

    /** Waits for a place; whoever was admitted must {@link #leave}. */
    Entry<T> enter(long deadlineNanoTime, @Nullable Cancellation cancellation) {
        return enter(deadlineNanoTime, cancellation, false);
    }

    /** The same for one that was let in before, and is not turned away because many wait. */
    Entry<T> enter(long deadlineNanoTime, @Nullable Cancellation cancellation, boolean again) {
        if (closed) {
            return new Entry<>(Answer.CLOSED, null);
        }
        if (waiting == 0) {
            Places<T> got = take();
            if (got != null) {
                return new Entry<>(Answer.ADMITTED, got);
            }
        }
        Waiter<T> waiter = new Waiter<>();
        lock.lock();
        try {
            if (queue.size() >= maxWaiting && !again) {
                Places<T> got = queue.isEmpty() ? take() : null;
                return new Entry<>(got == null ? Answer.FULL : Answer.ADMITTED, got);
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

    /** Gives a place back; if it is one of the current ones, to the first that waits. */
    void leave(Places<T> places) {
        places.release();
        if (waiting > 0) {
            lock.lock();
            try {
                admitWaiters();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Lets calls into other places from now on, the first that wait at once. */
    void replace(Places<T> next, int nextMaxWaiting) {
        lock.lock();
        try {
            current = next;
            maxWaiting = nextMaxWaiting;
            admitWaiters();
        } finally {
            lock.unlock();
        }
    }

    /** Whether nobody waits. */
    boolean nobodyWaits() {
        return waiting == 0;
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

    private @Nullable Places<T> take() {
        while (true) {
            Places<T> places = current;
            boolean taken = places.take();
            if (places == current) {
                return taken ? places : null;
            }
            if (taken) { // they were replaced meanwhile
                places.release();
            }
        }
    }

    private void admitWaiters() {
        while (!queue.isEmpty()) {
            Places<T> got = take();
            if (got == null) {
                break;
            }
            Waiter<T> first = queue.remove();
            first.admitted = got;
            LockSupport.unpark(first.thread);
        }
        waiting = queue.size();
    }

    private Entry<T> await(Waiter<T> waiter, long deadline, @Nullable Cancellation cancellation) {
        if (cancellation != null) {
            cancellation.wake(waiter.thread);
        }
        try {
            while (true) {
                Places<T> got = waiter.admitted;
                if (got != null) {
                    return new Entry<>(Answer.ADMITTED, got);
                }
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

    private Entry<T> giveUp(Waiter<T> waiter, Answer reason) {
        lock.lock();
        try {
            Places<T> got = waiter.admitted;
            if (got != null) {
                return new Entry<>(Answer.ADMITTED, got); // it came in at the last moment
            }
            queue.remove(waiter);
            waiting = queue.size();
            return new Entry<>(reason, null);
        } finally {
            lock.unlock();
        }
    }
}
