package dev.cordon.wasi.fs;

/**
 * Times to be set.
 *
 * @param accessed nanoseconds since 1970, or {@link #KEEP}
 * @param modified nanoseconds since 1970, or {@link #KEEP}
 */
public record TimeChange(long accessed, long modified) {
    /** The time stays as it is. */
    public static final long KEEP = Long.MIN_VALUE;
}
