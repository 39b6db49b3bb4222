package dev.cordon.wasi.abi;

/** What is behind a descriptor, in the order of the specification. */
public enum FileType {
    /** Something else, such as a pipe. */
    UNKNOWN,
    /** A block device. */
    BLOCK_DEVICE,
    /** A character device; guests take it for a terminal. */
    CHARACTER_DEVICE,
    /** A directory. */
    DIRECTORY,
    /** A file. */
    REGULAR_FILE,
    /** A datagram socket. */
    SOCKET_DGRAM,
    /** A stream socket. */
    SOCKET_STREAM,
    /** A symbolic link. */
    SYMBOLIC_LINK;

    /**
     * What the guest sees.
     *
     * @return 0 to 7
     */
    public int code() {
        return ordinal();
    }
}
