package dev.cordon.wasi.fs;

import static dev.cordon.wasi.fs.LinuxCall.once;
import static dev.cordon.wasi.fs.LinuxCall.result;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Opening, closing and looking, in an open directory by one name; nothing is followed. */
final class LinuxOpening {
    private static final int AT_FDCWD = -100;
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_NO_AUTOMOUNT = 0x800;
    private static final int AT_EMPTY_PATH = 0x1000;
    private static final int STATX_BASIC_STATS = 0x7ff;

    private static final int F_SETFL = 4;

    /** Nothing leaves the directory, no link is followed, not even one of the proc file system. */
    private static final long RESOLVE = 0x08 | 0x04 | 0x02;

    /** Bytes of {@code struct open_how}: flags, mode, resolve. */
    private static final long OPEN_HOW = 24;

    private static final int FILE_MODE = 0666;

    /** Whether the kernel has {@code openat2} and nothing forbids it. */
    private static final boolean OPENAT2 = works(LinuxOpening::tryOpenat2);

    private LinuxOpening() {}

    /** Something to be tried out. */
    @FunctionalInterface
    private interface Trial {
        void run() throws Refusal, IOException;
    }

    private static boolean works(Trial trial) {
        try {
            trial.run();
            return true;
        } catch (Refusal | IOException e) {
            return false;
        }
    }

    /** Whether what every other call needs is there and not forbidden by a filter of calls. */
    static boolean work() {
        return works(
                () -> {
                    int directory = openRoot("/");
                    try {
                        stat(directory);
                    } finally {
                        close(directory);
                    }
                });
    }

    private static void tryOpenat2() throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            close(openat2(scratch, AT_FDCWD, scratch.text("."), LinuxFlags.DIRECTORY, 0));
        }
    }

    /** Opens a directory by the embedder's path. */
    static int openRoot(String path) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            return openat(scratch, AT_FDCWD, scratch.text(path), LinuxFlags.DIRECTORY, 0);
        }
    }

    /** Opens, never waits, never follows. */
    static int open(int directory, String name, int flags) throws Refusal, IOException {
        int mode = (flags & LinuxFlags.O_CREAT) == 0 ? 0 : FILE_MODE;
        try (Scratch scratch = Scratch.take()) {
            MemorySegment entry = scratch.name(name);
            return OPENAT2
                    ? openat2(scratch, directory, entry, flags, mode)
                    : openat(scratch, directory, entry, flags, mode);
        }
    }

    /** Opens the same directory again, with a place in its list of its own. */
    static int reopen(int directory) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            return openat(scratch, directory, scratch.text("."), LinuxFlags.DIRECTORY, 0);
        }
    }

    private static int openat(
            Scratch scratch, int directory, MemorySegment path, int flags, int mode)
            throws Refusal, IOException {
        return (int)
                result(
                        scratch,
                        () ->
                                (int)
                                        Libc.OPENAT.invokeExact(
                                                scratch.state(), directory, path, flags, mode));
    }

    private static int openat2(
            Scratch scratch, int directory, MemorySegment path, int flags, int mode)
            throws Refusal, IOException {
        MemorySegment how = scratch.bytes().asSlice(0, OPEN_HOW);
        how.set(JAVA_LONG, 0, flags);
        how.set(JAVA_LONG, 8, mode);
        how.set(JAVA_LONG, 16, RESOLVE);
        return (int)
                result(
                        scratch,
                        () ->
                                (long)
                                        Libc.SYSCALL_OPENAT2.invokeExact(
                                                scratch.state(),
                                                Platform.OPENAT2,
                                                (long) directory,
                                                path,
                                                how,
                                                OPEN_HOW));
    }

    /** Takes {@code O_NONBLOCK} away, which some file systems would heed on ordinary files. */
    static void clearFlags(int descriptor) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            result(
                    scratch,
                    () -> (int) Libc.FCNTL.invokeExact(scratch.state(), descriptor, F_SETFL, 0));
        }
    }

    /** Closes; whatever becomes of it, the number is the system's again. */
    static void close(int descriptor) throws IOException {
        try (Scratch scratch = Scratch.take()) {
            long result = once(() -> (int) Libc.CLOSE.invokeExact(scratch.state(), descriptor));
            if (result == -1 && scratch.errno() != LinuxErrors.EINTR) {
                throw new IOException(
                        "the system reports error " + scratch.errno() + " at a close");
            }
        }
    }

    static FileStat stat(int descriptor) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            return statx(scratch, descriptor, scratch.text(""), AT_EMPTY_PATH);
        }
    }

    static FileStat stat(int directory, String name) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            return statx(
                    scratch, directory, scratch.name(name), AT_SYMLINK_NOFOLLOW | AT_NO_AUTOMOUNT);
        }
    }

    private static FileStat statx(Scratch scratch, int directory, MemorySegment path, int flags)
            throws Refusal, IOException {
        result(
                scratch,
                () ->
                        (int)
                                Libc.STATX.invokeExact(
                                        scratch.state(),
                                        directory,
                                        path,
                                        flags,
                                        STATX_BASIC_STATS,
                                        scratch.bytes()));
        return LinuxStat.of(scratch.bytes());
    }
}
