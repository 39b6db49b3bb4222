package dev.cordon.wasi.net;

/**
 * What a socket is ready for.
 *
 * @param bytes how many can be read or written at once; 0 or more
 * @param hangup whether the other end is gone
 */
public record Readiness(long bytes, boolean hangup) {
    /** How many bytes a writable socket is said to take. */
    public static final long WRITABLE_BYTES = 65_536;

    static final Readiness GONE = new Readiness(0, true);
    static final Readiness WRITABLE = new Readiness(WRITABLE_BYTES, false);
}
