package dev.cordon.trust.crypto;

import dev.cordon.error.ErrorCode;

/**
 * Ends a check that found a fault. It becomes a part of a verdict and is no error of the engine, so
 * it carries no stack trace.
 */
public final class Rejection extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String detail;

    /**
     * Says what was found.
     *
     * @param code what kind of fault it is
     * @param detail one line, values in backticks, no full stop; printable
     */
    public Rejection(ErrorCode code, String detail) {
        super(code.id() + " " + detail, null, false, false);
        this.code = code;
        this.detail = detail;
    }

    /**
     * What kind of fault it is.
     *
     * @return the stable code
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * What was found.
     *
     * @return one line, printable
     */
    public String detail() {
        return detail;
    }
}
