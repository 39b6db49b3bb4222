package dev.cordon.dispatch;

import dev.cordon.bridge.RetryPolicy;
import dev.cordon.error.CordonException;
import dev.cordon.guest.Allowance;
import dev.cordon.runtime.CallBudget;
import io.github.resilience4j.core.IntervalFunction;
import io.github.resilience4j.retry.Retry;
import io.github.resilience4j.retry.RetryConfig;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Does work again that failed with an error that can pass. Thread-safe.
 *
 * <p>The library decides whether and how long to wait; the wait itself ends with the deadline of
 * the work or when it is cancelled.
 */
final class Retries {
    private static final double FACTOR = 2;

    /** How often a wait looks whether it was cancelled. */
    private static final long SLICE_MILLIS = 20;

    private final Retry retry;

    Retries(RetryPolicy policy) {
        IntervalFunction waits =
                IntervalFunction.ofExponentialRandomBackoff(
                        policy.firstWait().toMillis(),
                        FACTOR,
                        policy.jitter(),
                        policy.longestWait().toMillis());
        RetryConfig config =
                RetryConfig.custom()
                        .maxAttempts(policy.attempts())
                        .intervalFunction(waits)
                        .retryOnException(
                                failure ->
                                        failure instanceof CordonException typed
                                                && policy.retried().contains(typed.code()))
                        .build();
        this.retry = Retry.of("commands", config);
    }

    /**
     * Does work within a scope.
     *
     * @throws CordonException of the last attempt, if none succeeded
     */
    <T> T run(Scope scope, Supplier<T> work) {
        Retry.AsyncContext<T> attempts = retry.asyncContext();
        while (true) {
            try {
                T result = work.get();
                attempts.onComplete();
                return result;
            } catch (CordonException failure) {
                long millis = attempts.onError(failure);
                if (millis < 0 || !waited(scope.left(), millis)) {
                    throw failure;
                }
            }
        }
    }

    /** Waits; false if there would be no time or no fuel left, or nobody wants the answer. */
    private static boolean waited(Allowance left, long millis) {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        boolean endless = left.deadlineNanoTime() == CallBudget.NO_DEADLINE;
        if (left.fuel() == 0 || (!endless && left.deadlineNanoTime() - end <= 0)) {
            return false;
        }
        for (long rest = end - System.nanoTime(); rest > 0; rest = end - System.nanoTime()) {
            if (left.cancelled().getAsBoolean()) {
                return false;
            }
            try {
                TimeUnit.NANOSECONDS.sleep(
                        Math.min(rest, TimeUnit.MILLISECONDS.toNanos(SLICE_MILLIS)));
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return !left.cancelled().getAsBoolean();
    }
}
