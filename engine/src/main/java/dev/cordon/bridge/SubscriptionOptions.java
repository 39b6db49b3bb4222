package dev.cordon.bridge;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;

/**
 * How events reach one subscriber. Immutable; every {@code with} method returns a copy.
 *
 * @param capacity most events that wait; 1 to {@value #MAX_CAPACITY}
 * @param overflow what becomes of events when it is full
 * @param attempts how often an event is offered to a subscriber that throws; 1 to {@value
 *     #MAX_ATTEMPTS}
 */
public record SubscriptionOptions(int capacity, Overflow overflow, int attempts) {
    /** Most events that a queue can hold. */
    public static final int MAX_CAPACITY = 100_000;

    /** Most bytes of payload that a queue holds, whatever its capacity. */
    public static final long MAX_QUEUE_BYTES = 16L << 20;

    /** Most attempts to deliver one event. */
    public static final int MAX_ATTEMPTS = 10;

    private static final SubscriptionOptions DEFAULTS =
            new SubscriptionOptions(1_000, Overflow.DROP_NEWEST, 1);

    /**
     * Checks the numbers.
     *
     * @throws UsageException if one is out of range
     */
    public SubscriptionOptions {
        if (capacity < 1 || capacity > MAX_CAPACITY || attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "events",
                    "a subscription cannot have a capacity of `"
                            + capacity
                            + "` and `"
                            + attempts
                            + "` attempts",
                    "choose a capacity up to " + MAX_CAPACITY + " and 1 to 10 attempts");
        }
    }

    /**
     * The start of all options.
     *
     * @return 1,000 events, the newest becomes a dead letter, one attempt
     */
    public static SubscriptionOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets how many events may wait.
     *
     * @param next 1 to {@value #MAX_CAPACITY}
     * @return a copy
     */
    public SubscriptionOptions withCapacity(int next) {
        return new SubscriptionOptions(next, overflow, attempts);
    }

    /**
     * Sets what becomes of events when the queue is full.
     *
     * @param next which event is dropped
     * @return a copy
     */
    public SubscriptionOptions withOverflow(Overflow next) {
        return new SubscriptionOptions(capacity, next, attempts);
    }

    /**
     * Sets how often an event is offered before it becomes a dead letter.
     *
     * @param next 1 to {@value #MAX_ATTEMPTS}
     * @return a copy
     */
    public SubscriptionOptions withAttempts(int next) {
        return new SubscriptionOptions(capacity, overflow, next);
    }
}
