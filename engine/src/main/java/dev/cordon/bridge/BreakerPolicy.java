package dev.cordon.bridge;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.time.Duration;

/**
 * When commands of a name are not sent any more for a while. Immutable; every {@code with} method
 * returns a copy.
 *
 * <p>What counts as a failure is that the handler failed, was stopped or was not there: not that it
 * answered with an error, and not that the command was refused for the sender's fault.
 *
 * @param failurePercent at how many failures of 100 it opens; 1 to 100
 * @param window how many of the last commands are looked at; 1 to {@value #MAX_WINDOW}
 * @param minimum how many commands there must have been; 1 to {@code window}
 * @param openFor how long none go through; 1 ms to {@link #MAX_OPEN}
 * @param trials how many go through then, to see whether it closes; 1 to {@value #MAX_TRIALS}
 */
public record BreakerPolicy(
        int failurePercent, int window, int minimum, Duration openFor, int trials) {
    /** Most commands that are looked at. */
    public static final int MAX_WINDOW = 1_000;

    /** Most trials. */
    public static final int MAX_TRIALS = 1_000;

    /** Longest time for which none go through. */
    public static final Duration MAX_OPEN = Duration.ofHours(1);

    private static final BreakerPolicy DEFAULTS =
            new BreakerPolicy(50, 20, 10, Duration.ofSeconds(10), 3);

    /**
     * Checks all of it.
     *
     * @throws UsageException if something is out of range
     */
    public BreakerPolicy {
        require(within(failurePercent, 100), failurePercent + " percent", "choose 1 to 100");
        require(
                within(window, MAX_WINDOW) && within(minimum, window),
                "a window of " + window + " with at least " + minimum,
                "choose 1 to " + MAX_WINDOW + ", the least no more than the window");
        require(
                openFor.toMillis() >= 1 && openFor.compareTo(MAX_OPEN) <= 0,
                "an open time of " + openFor,
                "choose 1 ms to 1 hour");
        require(within(trials, MAX_TRIALS), trials + " trials", "choose 1 to " + MAX_TRIALS);
    }

    private static boolean within(int number, int most) {
        return number >= 1 && number <= most;
    }

    private static void require(boolean holds, String what, String help) {
        if (!holds) {
            throw new UsageException(
                    ErrorCode.USAGE, "commands", "a circuit breaker cannot have " + what, help);
        }
    }

    /**
     * The start of all policies.
     *
     * @return opens for 10 seconds when half of the last 20 commands, or of the first 10, failed;
     *     then 3 trials
     */
    public static BreakerPolicy defaults() {
        return DEFAULTS;
    }

    /**
     * Sets when it opens.
     *
     * @param percent failures of 100 commands
     * @param last how many commands are looked at
     * @param least how many there must have been
     * @return a copy
     */
    public BreakerPolicy withFailures(int percent, int last, int least) {
        return new BreakerPolicy(percent, last, least, openFor, trials);
    }

    /**
     * Sets how long it stays open.
     *
     * @param next until trials go through
     * @return a copy
     */
    public BreakerPolicy withOpenFor(Duration next) {
        return new BreakerPolicy(failurePercent, window, minimum, next, trials);
    }

    /**
     * Sets how many commands go through then.
     *
     * @param next until it closes or opens again
     * @return a copy
     */
    public BreakerPolicy withTrials(int next) {
        return new BreakerPolicy(failurePercent, window, minimum, openFor, next);
    }
}
