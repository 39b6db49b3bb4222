package dev.cordon.dispatch;

import dev.cordon.bridge.Party;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.error.UsageException;

/** The ways in which a command or an event is refused. */
final class Refusal {
    private static final int MAX_SHOWN = 100;

    private Refusal() {}

    static UsageException badName(Party sender, String name) {
        return new UsageException(
                ErrorCode.USAGE,
                sender.id(),
                "`" + shown(name) + "` is not the name of a command or a topic",
                "join parts of letters, digits, `_` and `-` with dots");
    }

    static QuotaExceededException tooLarge(Party sender, String name, int bytes, int most) {
        return new QuotaExceededException(
                ErrorCode.PAYLOAD_TOO_LARGE,
                sender.id(),
                "sent `" + shown(name) + "` with " + bytes + " bytes, more than " + most,
                "send less, or a reference to it");
    }

    static CapabilityDeniedException denied(Party sender, String capability) {
        return new CapabilityDeniedException(
                ErrorCode.CAPABILITY_DENIED,
                sender.id(),
                "was not granted `" + capability + "`",
                "grant it, if the plugin may have it");
    }

    static UsageException noHandler(Party sender, String name) {
        return new UsageException(
                ErrorCode.NO_HANDLER,
                sender.id(),
                "sent `" + name + "`, which nobody handles",
                "register a handler for it");
    }

    static QuotaExceededException tooDeep(Party sender, String name, int most) {
        return new QuotaExceededException(
                ErrorCode.CHAIN_EXCEEDED,
                sender.id(),
                "sent `" + name + "` as a consequence of more than " + most + " others",
                "break the circle");
    }

    static QuotaExceededException circle(Party sender, String name, Party handler) {
        return new QuotaExceededException(
                ErrorCode.CHAIN_EXCEEDED,
                sender.id(),
                "sent `" + name + "` to `" + handler.id() + "`, which is waiting for it already",
                "break the circle");
    }

    static QuotaExceededException circuitOpen(Party sender, String name) {
        return new QuotaExceededException(
                ErrorCode.CIRCUIT_OPEN,
                sender.id(),
                "may not send `" + shown(name) + "` now, since too many of them failed",
                "wait, and look at why they failed");
    }

    static QuotaExceededException tooManySubscriptions(Party subscriber, int most) {
        return new QuotaExceededException(
                ErrorCode.BUSY,
                subscriber.id(),
                "cannot subscribe: there are " + most + " such subscriptions",
                "close some of them first, or delete durable ones");
    }

    static UsageException nameTaken(Party subscriber, String name) {
        return new UsageException(
                ErrorCode.USAGE,
                subscriber.id(),
                "cannot subscribe as `" + name + "`, which somebody else does",
                "choose another name, or close the other subscription first");
    }

    /** Whatever came out of the application's code, as one typed error. */
    static CordonException typed(String name, Throwable failure) {
        if (failure instanceof CordonException typed) {
            return typed;
        }
        if (failure instanceof StackOverflowError) {
            return new QuotaExceededException(
                    ErrorCode.CALL_DEPTH_EXCEEDED,
                    Party.host().id(),
                    "`" + name + "` was handled with too little Java stack left",
                    "send it from a thread with a larger stack",
                    failure);
        }
        return new UsageException(
                ErrorCode.HANDLER_FAILED,
                Party.host().id(),
                "`" + name + "` made the application fail with " + failure.getClass().getName(),
                "look at the cause; the plugin need not be to blame",
                failure);
    }

    private static String shown(String name) {
        return GuestText.printable(name, MAX_SHOWN);
    }
}
