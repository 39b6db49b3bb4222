package dev.cordon.bridge;

import java.time.Instant;

/**
 * An event that a subscriber did not receive. Immutable.
 *
 * @param event what happened
 * @param subscriber who did not receive it
 * @param reason why not
 * @param detail the error code and the message of a failure; else empty
 * @param time when it was given up
 */
public record DeadLetter(
        Event event, Party subscriber, Reason reason, String detail, Instant time) {
    /** Why an event was not received. */
    public enum Reason {
        /** The queue was full, or one publisher's share of it. */
        OVERFLOW,
        /** The subscriber failed. */
        FAILED,
        /** The grant was taken back while the event waited. */
        DENIED,
        /** The subscription was closed while the event waited. */
        CLOSED,
        /** Whoever goes on with a durable subscription asks for other topics. */
        UNWANTED
    }
}
