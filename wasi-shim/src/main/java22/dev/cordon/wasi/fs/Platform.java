package dev.cordon.wasi.fs;

import java.lang.foreign.Linker;
import java.lang.foreign.SymbolLookup;
import java.util.List;

/** What differs between the systems whose functions are called. */
final class Platform {
    private static final boolean ARM = System.getProperty("os.arch").equals("aarch64");
    private static final boolean X86 = System.getProperty("os.arch").equals("amd64");

    /** {@code O_DIRECTORY}. */
    static final int O_DIRECTORY = ARM ? 0x4000 : 0x10000;

    /** {@code O_NOFOLLOW}. */
    static final int O_NOFOLLOW = ARM ? 0x8000 : 0x20000;

    /** The number of {@code getdents64}, which not every C library offers by name. */
    static final long GETDENTS64 = ARM ? 61 : 217;

    /** The number of {@code openat2}, which no common C library offers by name. */
    static final long OPENAT2 = 437;

    private static final List<String> FUNCTIONS =
            List.of(
                    "close",
                    "fcntl",
                    "fdatasync",
                    "fsync",
                    "ftruncate",
                    "futimens",
                    "linkat",
                    "mkdirat",
                    "openat",
                    "pread",
                    "pwrite",
                    "readlinkat",
                    "renameat",
                    "statx",
                    "symlinkat",
                    "syscall",
                    "unlinkat",
                    "utimensat");

    private Platform() {}

    /** Whether this is 64-bit Linux with a C library that has all functions. */
    static boolean isKnown() {
        if (!System.getProperty("os.name").equals("Linux") || !(ARM || X86)) {
            return false;
        }
        SymbolLookup library = Linker.nativeLinker().defaultLookup();
        return FUNCTIONS.stream().allMatch(name -> library.find(name).isPresent());
    }
}
