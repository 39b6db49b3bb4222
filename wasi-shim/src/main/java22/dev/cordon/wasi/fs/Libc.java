package dev.cordon.wasi.fs;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;

/** The functions of the C library, as handles that take the memory for the error number first. */
@SuppressWarnings("restricted")
final class Libc {
    private static final Linker LINKER = Linker.nativeLinker();

    static final MethodHandle CLOSE = returnsInt("close", JAVA_INT);
    static final MethodHandle FCNTL = variadic("fcntl", 2, JAVA_INT, JAVA_INT, JAVA_INT);
    static final MethodHandle FDATASYNC = returnsInt("fdatasync", JAVA_INT);
    static final MethodHandle FSYNC = returnsInt("fsync", JAVA_INT);
    static final MethodHandle FTRUNCATE = returnsInt("ftruncate", JAVA_INT, JAVA_LONG);
    static final MethodHandle FUTIMENS = returnsInt("futimens", JAVA_INT, ADDRESS);
    static final MethodHandle LINKAT =
            returnsInt("linkat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle MKDIRAT = returnsInt("mkdirat", JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle OPENAT = variadic("openat", 3, JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT);
    static final MethodHandle PREAD = returnsLong("pread", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    static final MethodHandle PWRITE =
            returnsLong("pwrite", JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
    static final MethodHandle READLINKAT =
            returnsLong("readlinkat", JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle RENAMEAT =
            returnsInt("renameat", JAVA_INT, ADDRESS, JAVA_INT, ADDRESS);
    static final MethodHandle STATX =
            returnsInt("statx", JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
    static final MethodHandle SYMLINKAT = returnsInt("symlinkat", ADDRESS, JAVA_INT, ADDRESS);
    static final MethodHandle UNLINKAT = returnsInt("unlinkat", JAVA_INT, ADDRESS, JAVA_INT);
    static final MethodHandle UTIMENSAT =
            returnsInt("utimensat", JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
    static final MethodHandle SYSCALL_OPENAT2 = syscall(JAVA_LONG, ADDRESS, ADDRESS, JAVA_LONG);
    static final MethodHandle SYSCALL_GETDENTS64 = syscall(JAVA_LONG, ADDRESS, JAVA_LONG);

    private Libc() {}

    private static MethodHandle returnsInt(String name, ValueLayout... parameters) {
        return handle(name, FunctionDescriptor.of(JAVA_INT, parameters));
    }

    private static MethodHandle returnsLong(String name, ValueLayout... parameters) {
        return handle(name, FunctionDescriptor.of(JAVA_LONG, parameters));
    }

    private static MethodHandle variadic(String name, int fixed, ValueLayout... parameters) {
        return handle(
                name,
                FunctionDescriptor.of(JAVA_INT, parameters),
                Linker.Option.firstVariadicArg(fixed));
    }

    private static MethodHandle syscall(ValueLayout... parameters) {
        MemoryLayout[] all = new MemoryLayout[parameters.length + 1];
        all[0] = JAVA_LONG; // which one
        System.arraycopy(parameters, 0, all, 1, parameters.length);
        return handle(
                "syscall",
                FunctionDescriptor.of(JAVA_LONG, all),
                Linker.Option.firstVariadicArg(1));
    }

    private static MethodHandle handle(
            String name, FunctionDescriptor type, Linker.Option... more) {
        Linker.Option[] options = new Linker.Option[more.length + 1];
        options[0] = Linker.Option.captureCallState("errno");
        System.arraycopy(more, 0, options, 1, more.length);
        return LINKER.downcallHandle(
                LINKER.defaultLookup().find(name).orElseThrow(), type, options);
    }
}
