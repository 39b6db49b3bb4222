package dev.cordon.http;

/** A request was refused or failed. */
public final class HttpProblem extends Exception {
    private static final long serialVersionUID = 1L;

    /** What kind of problem it is. */
    public enum Kind {
        /** No grant allows it. */
        DENIED,
        /** The request is malformed. */
        INVALID,
        /** Request or response is larger than it may be. */
        TOO_LARGE,
        /** Too many connections are open, or the traffic is too fast. */
        QUOTA,
        /** The plugin or the grant was closed meanwhile. */
        CLOSED,
        /** The other side, or the way to it, failed. */
        FAILED
    }

    private final Kind kind;

    /**
     * Says what happened.
     *
     * @param kind what kind of problem it is
     * @param what one line for the guest's author, without secrets of the host
     */
    public HttpProblem(Kind kind, String what) {
        super(what, null, false, false);
        this.kind = kind;
    }

    static HttpProblem invalid(String what) {
        return new HttpProblem(Kind.INVALID, what);
    }

    static HttpProblem failed(String what) {
        return new HttpProblem(Kind.FAILED, what);
    }

    /**
     * What kind of problem it is.
     *
     * @return the kind
     */
    public Kind kind() {
        return kind;
    }

    /**
     * What happened.
     *
     * @return one line
     */
    public String what() {
        return String.valueOf(getMessage());
    }
}
