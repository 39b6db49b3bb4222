package dev.cordon.wasi;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;

/** A connection of an {@link Egress} could not be opened or used. */
public final class EgressException extends IOException {
    private static final long serialVersionUID = 1L;

    /** Why it could not. */
    public enum Reason {
        /** No rule allows it. */
        DENIED,
        /** The name has no address, or it could not be found. */
        UNKNOWN_HOST,
        /** Too many connections are open, or it is too fast. */
        QUOTA,
        /** The connection or the egress was closed here. */
        CLOSED,
        /** The other side or the network failed. */
        FAILED
    }

    private final Reason reason;

    EgressException(Reason reason, String what) {
        super(what);
        this.reason = reason;
    }

    static EgressException of(Refusal refusal) {
        Errno errno = refusal.errno();
        return switch (errno) {
            case ACCES -> new EgressException(Reason.DENIED, "no rule allows it");
            case AINONAME -> new EgressException(Reason.UNKNOWN_HOST, "the name has no address");
            case AIFAIL, AIAGAIN ->
                    new EgressException(Reason.UNKNOWN_HOST, "the name could not be looked up");
            case NFILE, MFILE -> new EgressException(Reason.QUOTA, "too many connections are open");
            case AGAIN -> new EgressException(Reason.QUOTA, "it is faster than its rate");
            case BADF -> new EgressException(Reason.CLOSED, "the connection was closed");
            default -> new EgressException(Reason.FAILED, "the network failed with " + errno);
        };
    }

    /**
     * Why it could not.
     *
     * @return the reason
     */
    public Reason reason() {
        return reason;
    }
}
