package dev.cordon.wasi.abi;

/** What a descriptor may be used for, as bits. */
public final class Rights {
    /** {@code fd_datasync}. */
    public static final long FD_DATASYNC = 1L;

    /** {@code fd_read} and {@code sock_recv}. */
    public static final long FD_READ = 1L << 1;

    /** {@code fd_seek}. */
    public static final long FD_SEEK = 1L << 2;

    /** {@code fd_fdstat_set_flags}. */
    public static final long FD_FDSTAT_SET_FLAGS = 1L << 3;

    /** {@code fd_sync}. */
    public static final long FD_SYNC = 1L << 4;

    /** {@code fd_tell}. */
    public static final long FD_TELL = 1L << 5;

    /** {@code fd_write} and {@code sock_send}. */
    public static final long FD_WRITE = 1L << 6;

    /** {@code fd_advise}. */
    public static final long FD_ADVISE = 1L << 7;

    /** {@code fd_allocate}. */
    public static final long FD_ALLOCATE = 1L << 8;

    /** {@code fd_filestat_get}. */
    public static final long FD_FILESTAT_GET = 1L << 21;

    /** {@code poll_oneoff} on the descriptor. */
    public static final long POLL_FD_READWRITE = 1L << 27;

    /** {@code sock_shutdown}. */
    public static final long SOCK_SHUTDOWN = 1L << 28;

    /** {@code sock_accept}. */
    public static final long SOCK_ACCEPT = 1L << 29;

    private Rights() {}
}
