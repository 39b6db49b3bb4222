package dev.cordon.bridge;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * When and how often a command that failed is sent again. Immutable; every {@code with} method
 * returns a copy.
 *
 * <p>The handler of a command that is sent again may handle it more than once.
 *
 * @param attempts how often it is sent at most; 1 to {@value #MAX_ATTEMPTS}
 * @param firstWait how long the second attempt waits; 1 ms to {@link #MAX_WAIT}
 * @param longestWait how long any attempt waits; each further one waits twice as long, up to this
 * @param jitter by which part waits are longer or shorter at random; 0 to less than 1
 * @param retried after which errors it is sent again; some of {@link #RETRYABLE}
 */
public record RetryPolicy(
        int attempts,
        Duration firstWait,
        Duration longestWait,
        double jitter,
        Set<ErrorCode> retried) {
    /** Most attempts. */
    public static final int MAX_ATTEMPTS = 100;

    /** Longest wait. */
    public static final Duration MAX_WAIT = Duration.ofMinutes(10);

    /**
     * The errors that can pass. What is denied or wrong stays so, and what is used up stays used.
     */
    public static final Set<ErrorCode> RETRYABLE =
            Set.copyOf(
                    EnumSet.of(
                            ErrorCode.BUSY,
                            ErrorCode.CLOSED,
                            ErrorCode.NO_HANDLER,
                            ErrorCode.HANDLER_FAILED,
                            ErrorCode.PLUGIN_ERROR,
                            ErrorCode.TRAP));

    private static final RetryPolicy DEFAULTS =
            new RetryPolicy(
                    3, Duration.ofMillis(100), Duration.ofSeconds(5), 0.5, Set.of(ErrorCode.BUSY));

    /**
     * Checks all of it.
     *
     * @throws UsageException if something is out of range
     */
    public RetryPolicy {
        retried = Set.copyOf(retried);
        require(
                attempts >= 1 && attempts <= MAX_ATTEMPTS,
                attempts + " attempts",
                "choose 1 to " + MAX_ATTEMPTS);
        require(
                firstWait.toMillis() >= 1
                        && longestWait.compareTo(firstWait) >= 0
                        && longestWait.compareTo(MAX_WAIT) <= 0,
                "waits of " + firstWait + " to " + longestWait,
                "choose 1 ms to 10 minutes, the longest no shorter than the first");
        require(jitter >= 0 && jitter < 1, "a jitter of " + jitter, "choose 0 to less than 1");
        require(
                RETRYABLE.containsAll(retried),
                "retries after " + retried,
                "choose from " + RETRYABLE);
    }

    private static void require(boolean holds, String what, String help) {
        if (!holds) {
            throw new UsageException(
                    ErrorCode.USAGE, "commands", "a retry cannot have " + what, help);
        }
    }

    /**
     * The start of all policies.
     *
     * @return 3 attempts if the receiver is busy, after about 100 ms and 200 ms
     */
    public static RetryPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how often a command is sent at most.
     *
     * @param next 1 to {@value #MAX_ATTEMPTS}
     * @return a copy
     */
    public RetryPolicy withAttempts(int next) {
        return new RetryPolicy(next, firstWait, longestWait, jitter, retried);
    }

    /**
     * Sets how long attempts wait.
     *
     * @param first before the second attempt; at least 1 ms
     * @param longest before any attempt
     * @return a copy
     */
    public RetryPolicy withWaits(Duration first, Duration longest) {
        return new RetryPolicy(attempts, first, longest, jitter, retried);
    }

    /**
     * Sets by which part waits differ at random, so that senders do not come back together.
     *
     * @param next 0 to less than 1
     * @return a copy
     */
    public RetryPolicy withJitter(double next) {
        return new RetryPolicy(attempts, firstWait, longestWait, next, retried);
    }

    /**
     * Sets after which errors a command is sent again.
     *
     * @param next some of {@link #RETRYABLE}
     * @return a copy
     */
    public RetryPolicy withRetried(ErrorCode... next) {
        return new RetryPolicy(attempts, firstWait, longestWait, jitter, Set.of(next));
    }
}
