package dev.cordon.dispatch;

import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.error.CordonException;
import java.time.Duration;

/**
 * What came of offering an event to a receiver once.
 *
 * @param outcome what the receiver did
 * @param failure why it failed, for people; else empty
 */
record Attempt(Outcome outcome, String failure) {
    /** Shortest wait for one who is not available; there is no end to such attempts. */
    private static final long ABSENT_NANOS = 20_000_000;

    private static final Attempt RECEIVED = new Attempt(Outcome.RECEIVED, "");

    /** How an attempt ended. */
    enum Outcome {
        /** The receiver returned. */
        RECEIVED,
        /** It threw. */
        FAILED,
        /** It never saw the event, or was stopped through no fault of its own. */
        UNAVAILABLE,
        /** It may not have the event any more. */
        DENIED,
        /** It asks for other topics. */
        UNWANTED,
        /** The subscription has ended, so it was not offered. */
        CLOSED
    }

    /** Offers an event. */
    static Attempt of(Receiver receiver, EventQueue.Entry entry, boolean closed) {
        Event event = entry.event();
        if (!receiver.wants(event.topic())) {
            return new Attempt(Outcome.UNWANTED, "");
        }
        if (!receiver.may(event.topic())) {
            return new Attempt(Outcome.DENIED, "");
        }
        if (closed) {
            return new Attempt(Outcome.CLOSED, "");
        }
        try {
            receiver.receive(event, Scope.receiving(event, entry.hops()));
            return RECEIVED;
        } catch (CordonException failure) {
            boolean unavailable = receiver.unavailable(failure);
            return new Attempt(
                    unavailable ? Outcome.UNAVAILABLE : Outcome.FAILED,
                    failure.code().id() + " " + failure.what());
        } catch (RuntimeException | Error failure) { // the subscriber's own, and nobody else's
            return new Attempt(Outcome.FAILED, failure.toString());
        }
    }

    /** What an event becomes that is not offered again. */
    DeadLetter.Reason reason() {
        switch (outcome) {
            case DENIED:
                return DeadLetter.Reason.DENIED;
            case UNWANTED:
                return DeadLetter.Reason.UNWANTED;
            case CLOSED:
                return DeadLetter.Reason.CLOSED;
            default:
                return DeadLetter.Reason.FAILED;
        }
    }

    /** How long the next attempt waits after so many failures and so many times of absence. */
    static long waitNanos(Duration backoff, int failures, int refusals) {
        long nanos = Math.max(backoff.toNanos(), refusals == 0 ? 0 : ABSENT_NANOS);
        long most = SubscriptionOptions.MAX_BACKOFF.toNanos();
        for (int i = 1; i < failures + refusals && nanos < most; i++) {
            nanos *= 2;
        }
        return Math.min(nanos, most);
    }
}
