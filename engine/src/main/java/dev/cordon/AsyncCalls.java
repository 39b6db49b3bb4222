package dev.cordon;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs calls beside their caller: on virtual threads where the JDK has them, else on a few others.
 */
final class AsyncCalls {
    /** Threads where there are no virtual ones: calls beyond them wait. */
    private static final int MAX_THREADS = 64;

    /** Calls that wait for a thread: beyond them callers are told to come later. */
    private static final int MAX_QUEUED = 10_000;

    private static final long IDLE_SECONDS = 10;

    private final AtomicInteger number = new AtomicInteger();
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();
    private final ThreadLocal<@Nullable Boolean> inside = new ThreadLocal<>();
    private @Nullable ExecutorService executor;
    private boolean closed;

    /** Runs {@code call}; cancelling the future cancels {@code token}. */
    CompletableFuture<CallResult> submit(
            String plugin, Cancellation token, Supplier<CallResult> call) {
        CallFuture future = new CallFuture(token);
        try {
            started()
                    .execute(
                            () -> {
                                inside.set(true);
                                try {
                                    future.complete(call.get());
                                } catch (RuntimeException | Error failure) {
                                    future.completeExceptionally(failure);
                                } finally {
                                    inside.remove();
                                }
                            });
        } catch (RejectedExecutionException full) {
            future.completeExceptionally(
                    new QuotaExceededException(
                            ErrorCode.BUSY,
                            plugin,
                            "the engine takes no more asynchronous calls now",
                            "call later",
                            full));
        }
        return future;
    }

    private static final class CallFuture extends CompletableFuture<CallResult> {
        private final Cancellation token;

        CallFuture(Cancellation token) {
            this.token = token;
        }

        @Override
        public boolean cancel(boolean mayInterruptIfRunning) {
            token.cancel();
            return super.cancel(mayInterruptIfRunning);
        }
    }

    private synchronized ExecutorService started() {
        if (closed) {
            throw new RejectedExecutionException("the engine was closed");
        }
        ExecutorService running = executor;
        if (running == null) {
            running = virtualThreads();
            executor = running;
        }
        return running;
    }

    private ExecutorService virtualThreads() {
        try {
            return (ExecutorService)
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
        } catch (ReflectiveOperationException beforeJdk21) {
            return platformThreads();
        }
    }

    private ExecutorService platformThreads() {
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        MAX_THREADS,
                        MAX_THREADS,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MAX_QUEUED),
                        this::platformThread);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    private Thread platformThread(Runnable task) {
        Thread thread = new Thread(task, "cordon-call-" + number.incrementAndGet());
        thread.setDaemon(true);
        threads.removeIf(ended -> ended.getState() == Thread.State.TERMINATED);
        threads.add(thread);
        return thread;
    }

    /** Takes no more calls and waits for those that were taken. */
    void close(long nanos) {
        ExecutorService running;
        synchronized (this) {
            closed = true;
            running = executor;
        }
        if (running == null) {
            return;
        }
        running.shutdown();
        if (inside.get() != null) { // a call that closes the engine cannot wait for itself
            return;
        }
        try {
            if (running.awaitTermination(nanos, TimeUnit.NANOSECONDS)) {
                for (Thread thread : threads) {
                    thread.join(); // it has nothing left to do but to end
                }
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
