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
        super(line(code, detail), null, false, false);
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

    /**
     * Both, as lists of findings have them.
     *
     * @return for example {@code CRD-201 there is no signature}
     */
    public String line() {
        return line(code, detail);
    }

    private static String line(ErrorCode code, String detail) {
        return code.id() + " " + detail;
    }
}
