package dev.cordon.runtime;

import java.util.concurrent.Callable;
import java.util.concurrent.SynchronousQueue;
import org.jspecify.annotations.Nullable;

/**
 * A stack large enough for a guest's whole call depth, on a thread of its own.
 *
 * <p>The thread that called the guest waits meanwhile, and runs the host functions that the guest
 * calls: to a host function it looks as if the guest had never left its caller's thread.
 */
final class DeepStack {
    /** Java stack for one unit of call depth, interpreted frames of the JVM included. */
    private static final long BYTES_PER_UNIT = 4_096;

    private static final long MARGIN = 1 << 20;

    private final long stackBytes;
    private final SynchronousQueue<Runnable> forCaller = new SynchronousQueue<>();

    DeepStack(int depth) {
        this.stackBytes = depth * BYTES_PER_UNIT + MARGIN;
    }

    /** Runs {@code guest} on the deep stack, and host calls of it here, until it is done. */
    long[] run(Callable<long[]> guest) {
        Outcome outcome = new Outcome();
        Thread thread =
                new Thread(
                        null,
                        () -> {
                            outcome.settle(guest);
                            hand(outcome);
                        },
                        "cordon-deep-stack",
                        stackBytes);
        thread.setDaemon(true);
        thread.start();
        boolean interrupted = false;
        try {
            while (true) {
                Runnable next;
                try {
                    next = forCaller.take();
                } catch (InterruptedException e) {
                    interrupted =
                            true; // a guest is not stopped by interrupts; keep it for the caller
                    continue;
                }
                if (next == outcome) {
                    return outcome.get();
                }
                next.run();
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Runs a host function on the thread that called the guest. */
    long @Nullable [] callHost(HostCall host, long[] args) {
        Outcome outcome = new Outcome();
        SynchronousQueue<Outcome> back = new SynchronousQueue<>();
        hand(
                () -> {
                    outcome.settle(() -> host.call(args));
                    put(back, outcome);
                });
        return take(back).get();
    }

    private void hand(Runnable work) {
        put(forCaller, work);
    }

    /** Nobody outside knows the guest's thread, so an interrupt there has nothing to stop. */
    private static <T> void put(SynchronousQueue<T> queue, T item) {
        boolean done = false;
        while (!done) {
            try {
                queue.put(item);
                done = true;
            } catch (InterruptedException e) {
                done = false;
            }
        }
    }

    private static <T> T take(SynchronousQueue<T> queue) {
        T item = null;
        while (item == null) {
            try {
                item = queue.take();
            } catch (InterruptedException e) {
                item = null; // as above
            }
        }
        return item;
    }

    /** What came of some work: values or a failure. */
    private static final class Outcome implements Runnable {
        private long @Nullable [] values;
        private @Nullable Throwable failure;

        void settle(Callable<long @Nullable []> work) {
            try {
                values = work.call();
            } catch (Throwable t) { // handed to the waiting thread, whatever it is
                failure = t;
            }
        }

        @SuppressWarnings("NullAway") // null stands for "no results", as HostCall says
        long[] get() {
            if (failure instanceof RuntimeException) {
                throw (RuntimeException) failure;
            }
            if (failure instanceof Error) {
                throw (Error) failure;
            }
            if (failure != null) {
                throw new IllegalStateException(failure);
            }
            return values;
        }

        @Override
        public void run() {}
    }
}
