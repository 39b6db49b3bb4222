package dev.cordon.wasi.limit;

/** What flows between a guest and the host, each with a rate of its own. */
public enum Traffic {
    /** Bytes read from and written to files. */
    DISK,
    /** Bytes received from and sent to sockets. */
    NETWORK,
    /** Bytes of standard input, output and error. */
    STDIO,
    /** Random bytes. */
    RANDOM
}
