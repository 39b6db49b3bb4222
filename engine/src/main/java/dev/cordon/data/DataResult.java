package dev.cordon.data;

/** What became of one use of shared data. Immutable. */
public final class DataResult {
    private static final byte[] NO_BYTES = {};

    /** How a use ended. */
    public enum Status {
        /** It was done. */
        OK,
        /** The access level does not allow it. */
        DENIED,
        /** There is no such key. */
        NOT_FOUND,
        /** The key is not a dot-separated name, or too long. */
        INVALID,
        /** The value is larger than any may be. */
        TOO_LARGE,
        /** It would be more keys or bytes than the quota allows. */
        QUOTA,
        /** The key has another version. */
        CONFLICT,
        /** The disk failed, or the data was closed. */
        UNAVAILABLE
    }

    private final Status status;
    private final long version;
    private final byte[] value;

    private DataResult(Status status, long version, byte[] value) {
        this.status = status;
        this.version = version;
        this.value = value;
    }

    /**
     * A use that was not allowed, without asking further.
     *
     * @return a result with {@link Status#DENIED}
     */
    public static DataResult denied() {
        return of(Status.DENIED);
    }

    /**
     * A use of something that cannot be a key.
     *
     * @return a result with {@link Status#INVALID}
     */
    public static DataResult invalid() {
        return of(Status.INVALID);
    }

    static DataResult of(Status status) {
        return new DataResult(status, 0, NO_BYTES);
    }

    static DataResult written(long version) {
        return new DataResult(Status.OK, version, NO_BYTES);
    }

    static DataResult found(Entry entry) {
        return new DataResult(Status.OK, entry.version(), entry.value());
    }

    /**
     * How it ended.
     *
     * @return {@link Status#OK} if it was done
     */
    public Status status() {
        return status;
    }

    /**
     * The version of what was read or written.
     *
     * @return at least 1; 0 if nothing was
     */
    public long version() {
        return version;
    }

    /**
     * The size of what was read.
     *
     * @return bytes
     */
    public int length() {
        return value.length;
    }

    /**
     * What was read.
     *
     * @return a copy of the value; empty if nothing was
     */
    public byte[] value() {
        return value.clone();
    }
}
