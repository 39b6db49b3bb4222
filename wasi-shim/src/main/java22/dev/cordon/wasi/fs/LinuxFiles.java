package dev.cordon.wasi.fs;

import static dev.cordon.wasi.fs.LinuxCall.result;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Reading and changing what is open. */
final class LinuxFiles {
    private LinuxFiles() {}

    /** Reads as many bytes as there are, up to the length; 0 at the end. */
    static int read(int file, long position, byte[] target, int offset, int length)
            throws Refusal, IOException {
        int done = 0;
        try (Scratch scratch = Scratch.take()) {
            while (done < length) {
                int count = pread(scratch, file, position + done, length - done);
                if (count == 0) {
                    break;
                }
                MemorySegment.copy(scratch.bytes(), JAVA_BYTE, 0, target, offset + done, count);
                done += count;
            }
        }
        return done;
    }

    private static int pread(Scratch scratch, int file, long position, int length)
            throws Refusal, IOException {
        long most = Math.min(length, Scratch.BYTES);
        return (int)
                result(
                        scratch,
                        () ->
                                (long)
                                        Libc.PREAD.invokeExact(
                                                scratch.state(),
                                                file,
                                                scratch.bytes(),
                                                most,
                                                position));
    }

    /** Writes all, or what fits; throws only when nothing does. */
    static int write(int file, long position, byte[] source, int offset, int length)
            throws Refusal, IOException {
        int done = 0;
        try (Scratch scratch = Scratch.take()) {
            while (done < length) {
                int most = Math.min(length - done, Scratch.BYTES);
                MemorySegment.copy(source, offset + done, scratch.bytes(), JAVA_BYTE, 0, most);
                done += pwrite(scratch, file, position + done, most);
            }
        } catch (Refusal | IOException e) {
            if (done == 0) {
                throw e; // else the caller hears of it when it writes the rest
            }
        }
        return done;
    }

    private static int pwrite(Scratch scratch, int file, long position, long length)
            throws Refusal, IOException {
        return (int)
                result(
                        scratch,
                        () ->
                                (long)
                                        Libc.PWRITE.invokeExact(
                                                scratch.state(),
                                                file,
                                                scratch.bytes(),
                                                length,
                                                position));
    }

    static void resize(int file, long size) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            result(scratch, () -> (int) Libc.FTRUNCATE.invokeExact(scratch.state(), file, size));
        }
    }

    /** Waits until what was written is stored, with or without the attributes. */
    static void sync(int descriptor, boolean attributes) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            result(
                    scratch,
                    attributes
                            ? () -> (int) Libc.FSYNC.invokeExact(scratch.state(), descriptor)
                            : () -> (int) Libc.FDATASYNC.invokeExact(scratch.state(), descriptor));
        }
    }

    static void setTimes(int descriptor, TimeChange times) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            MemorySegment both = LinuxStat.times(scratch, times);
            result(
                    scratch,
                    () -> (int) Libc.FUTIMENS.invokeExact(scratch.state(), descriptor, both));
        }
    }

    /** Reads on in a directory: some {@code struct linux_dirent64}, or nothing at the end. */
    static byte[] list(int directory) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            long length =
                    result(
                            scratch,
                            () ->
                                    (long)
                                            Libc.SYSCALL_GETDENTS64.invokeExact(
                                                    scratch.state(),
                                                    Platform.GETDENTS64,
                                                    (long) directory,
                                                    scratch.bytes(),
                                                    (long) Scratch.BYTES));
            return scratch.bytes().asSlice(0, length).toArray(JAVA_BYTE);
        }
    }
}
