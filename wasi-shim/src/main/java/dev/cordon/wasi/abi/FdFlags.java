package dev.cordon.wasi.abi;

/** How a descriptor behaves, as bits. */
public final class FdFlags {
    /** Each write goes to the end. */
    public static final int APPEND = 1;

    /** Each write waits until the data is stored. */
    public static final int DSYNC = 1 << 1;

    /** Nothing waits; what would, answers {@link Errno#AGAIN}. */
    public static final int NONBLOCK = 1 << 2;

    /** Reads wait for writes under way. */
    public static final int RSYNC = 1 << 3;

    /** Each write waits until data and attributes are stored. */
    public static final int SYNC = 1 << 4;

    /** Every bit that has a meaning. */
    public static final int ALL = APPEND | DSYNC | NONBLOCK | RSYNC | SYNC;

    private FdFlags() {}
}
