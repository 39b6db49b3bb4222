package dev.cordon.bridge;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.time.Duration;

/**
 * How events reach one subscriber. Immutable; every {@code with} method returns a copy.
 *
 * @param capacity most events that wait; 1 to {@value #MAX_CAPACITY}
 * @param overflow what becomes of events when it is full
 * @param attempts how often an event is offered to a subscriber that throws; 1 to {@value
 *     #MAX_ATTEMPTS}
 * @param backoff how long the second attempt waits; each further one waits twice as long, at most
 *     {@link #MAX_BACKOFF}; later events wait, too
 * @param name what a durable subscription is called; empty if it ends with its subscriber
 */
public record SubscriptionOptions(
        int capacity, Overflow overflow, int attempts, Duration backoff, String name) {
    /** Most events that a queue can hold. */
    public static final int MAX_CAPACITY = 100_000;

    /** Most bytes of payload that a queue holds, whatever its capacity. */
    public static final long MAX_QUEUE_BYTES = 16L << 20;

    /** Most attempts to deliver one event. */
    public static final int MAX_ATTEMPTS = 10;

    /** Longest wait before an attempt. */
    public static final Duration MAX_BACKOFF = Duration.ofSeconds(30);

    private static final int DURABLE_ATTEMPTS = 5;
    private static final Duration DURABLE_BACKOFF = Duration.ofMillis(100);

    private static final SubscriptionOptions DEFAULTS =
            new SubscriptionOptions(1_000, Overflow.DROP_NEWEST, 1, Duration.ZERO, "");

    /**
     * Checks the numbers.
     *
     * @throws UsageException if one is out of range
     */
    public SubscriptionOptions {
        if (capacity < 1 || capacity > MAX_CAPACITY || attempts < 1 || attempts > MAX_ATTEMPTS) {
            throw unusable(
                    "a capacity of `" + capacity + "` and `" + attempts + "` attempts",
                    "choose a capacity up to " + MAX_CAPACITY + " and 1 to 10 attempts");
        }
        if (backoff.isNegative() || backoff.compareTo(MAX_BACKOFF) > 0) {
            throw unusable("a backoff of `" + backoff + "`", "choose 0 to 30 seconds");
        }
    }

    private static UsageException unusable(String what, String help) {
        return new UsageException(
                ErrorCode.USAGE, "events", "a subscription cannot have " + what, help);
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
     * The start of the options of a durable subscription: its queue outlives its subscriber, and
     * whoever subscribes under the same name goes on where the one before has ended.
     *
     * @param name parts of letters, digits, {@code _} and {@code -} joined by dots, which is
     *     checked when somebody subscribes
     * @return 1,000 events, the newest becomes a dead letter, 5 attempts, the second after 100 ms
     * @throws UsageException if it is empty
     */
    public static SubscriptionOptions durable(String name) {
        if (name.isEmpty()) {
            throw unusable("an empty name", "choose one");
        }
        return DEFAULTS.named(name).withAttempts(DURABLE_ATTEMPTS).withBackoff(DURABLE_BACKOFF);
    }

    private SubscriptionOptions named(String next) {
        return new SubscriptionOptions(capacity, overflow, attempts, backoff, next);
    }

    /**
     * Whether the queue outlives its subscriber.
     *
     * @return true if there is a name
     */
    public boolean isDurable() {
        return !name.isEmpty();
    }

    /**
     * Sets how many events may wait.
     *
     * @param next 1 to {@value #MAX_CAPACITY}
     * @return a copy
     */
    public SubscriptionOptions withCapacity(int next) {
        return new SubscriptionOptions(next, overflow, attempts, backoff, name);
    }

    /**
     * Sets what becomes of events when the queue is full.
     *
     * @param next which event is dropped
     * @return a copy
     */
    public SubscriptionOptions withOverflow(Overflow next) {
        return new SubscriptionOptions(capacity, next, attempts, backoff, name);
    }

    /**
     * Sets how often an event is offered before it becomes a dead letter.
     *
     * @param next 1 to {@value #MAX_ATTEMPTS}
     * @return a copy
     */
    public SubscriptionOptions withAttempts(int next) {
        return new SubscriptionOptions(capacity, overflow, next, backoff, name);
    }

    /**
     * Sets how long the second attempt waits; each further one waits twice as long.
     *
     * @param next 0 to 30 seconds
     * @return a copy
     */
    public SubscriptionOptions withBackoff(Duration next) {
        return new SubscriptionOptions(capacity, overflow, attempts, next, name);
    }
}
