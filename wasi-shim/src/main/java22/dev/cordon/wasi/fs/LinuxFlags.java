package dev.cordon.wasi.fs;

/** Flags with which this package opens. */
final class LinuxFlags {
    static final int O_CREAT = 0x40;
    static final int O_EXCL = 0x80;

    private static final int O_WRONLY = 1;
    private static final int O_RDWR = 2;
    private static final int O_NOCTTY = 0x100;
    private static final int O_NONBLOCK = 0x800;
    private static final int O_CLOEXEC = 0x80000;

    /** For whatever is opened: no waiting for a pipe, no link, no terminal, no child process. */
    private static final int ALWAYS = Platform.O_NOFOLLOW | O_NOCTTY | O_NONBLOCK | O_CLOEXEC;

    /** For a directory, and nothing else. */
    static final int DIRECTORY = ALWAYS | Platform.O_DIRECTORY;

    private LinuxFlags() {}

    /**
     * For a file. It is neither emptied, which waits until it is known to be one, nor put to
     * appending, which would overrule positions.
     */
    static int file(OpenMode mode) {
        if (!mode.write()) {
            return ALWAYS;
        }
        return ALWAYS | (mode.read() ? O_RDWR : O_WRONLY);
    }

    /** For a file that is not there. */
    static int create(OpenMode mode) {
        return file(mode) | O_CREAT | (mode.exclusive() ? O_EXCL : 0);
    }
}
