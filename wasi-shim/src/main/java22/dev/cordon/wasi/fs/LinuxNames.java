package dev.cordon.wasi.fs;

import static dev.cordon.wasi.fs.LinuxCall.result;
import static java.lang.foreign.ValueLayout.JAVA_BYTE;

import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.lang.foreign.MemorySegment;

/** Giving, moving and taking away names in an open directory; nothing is followed. */
final class LinuxNames {
    private static final int AT_SYMLINK_NOFOLLOW = 0x100;
    private static final int AT_REMOVEDIR = 0x200;
    private static final int MODE = 0777;

    private LinuxNames() {}

    static void createDirectory(int directory, String name) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            MemorySegment entry = scratch.name(name);
            result(
                    scratch,
                    () -> (int) Libc.MKDIRAT.invokeExact(scratch.state(), directory, entry, MODE));
        }
    }

    static void createLink(int directory, String name, String text) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            MemorySegment entry = scratch.name(name);
            MemorySegment target = scratch.text(text);
            result(
                    scratch,
                    () ->
                            (int)
                                    Libc.SYMLINKAT.invokeExact(
                                            scratch.state(), target, directory, entry));
        }
    }

    static byte[] readLink(int directory, String name) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            MemorySegment entry = scratch.name(name);
            long length =
                    result(
                            scratch,
                            () ->
                                    (long)
                                            Libc.READLINKAT.invokeExact(
                                                    scratch.state(),
                                                    directory,
                                                    entry,
                                                    scratch.bytes(),
                                                    (long) Scratch.BYTES));
            return scratch.bytes().asSlice(0, length).toArray(JAVA_BYTE);
        }
    }

    static void removeFile(int directory, String name) throws Refusal, IOException {
        unlink(directory, name, 0);
    }

    static void removeDirectory(int directory, String name) throws Refusal, IOException {
        unlink(directory, name, AT_REMOVEDIR);
    }

    private static void unlink(int directory, String name, int flags) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            MemorySegment entry = scratch.name(name);
            result(
                    scratch,
                    () ->
                            (int)
                                    Libc.UNLINKAT.invokeExact(
                                            scratch.state(), directory, entry, flags));
        }
    }

    static void rename(int from, String name, int to, String newName) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            MemorySegment entry = scratch.name(name);
            MemorySegment newEntry = scratch.secondName(newName);
            result(
                    scratch,
                    () ->
                            (int)
                                    Libc.RENAMEAT.invokeExact(
                                            scratch.state(), from, entry, to, newEntry));
        }
    }

    static void link(int from, String name, int to, String newName) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            MemorySegment entry = scratch.name(name);
            MemorySegment newEntry = scratch.secondName(newName);
            result(
                    scratch,
                    () ->
                            (int)
                                    Libc.LINKAT.invokeExact(
                                            scratch.state(), from, entry, to, newEntry, 0));
        }
    }

    static void setTimes(int directory, String name, TimeChange times) throws Refusal, IOException {
        try (Scratch scratch = Scratch.take()) {
            MemorySegment entry = scratch.name(name);
            MemorySegment both = LinuxStat.times(scratch, times);
            result(
                    scratch,
                    () ->
                            (int)
                                    Libc.UTIMENSAT.invokeExact(
                                            scratch.state(),
                                            directory,
                                            entry,
                                            both,
                                            AT_SYMLINK_NOFOLLOW));
        }
    }
}
