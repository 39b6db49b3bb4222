package dev.cordon.wasi.fs;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import dev.cordon.wasi.abi.FileType;
import java.lang.foreign.MemorySegment;
import org.jspecify.annotations.Nullable;

/** Attributes and times as the system lays them out; the same on both kinds of processor. */
final class LinuxStat {
    private static final long NANOS = 1_000_000_000L;

    /** Tells the system to keep a time. */
    private static final long UTIME_OMIT = (1L << 30) - 2;

    /** The bits of a mode that say what a file is. */
    private static final int TYPE_BITS = 0xf000;

    private LinuxStat() {}

    /** Reads a {@code struct statx}. */
    static FileStat of(MemorySegment statx) {
        return new FileStat(
                device(statx.get(JAVA_INT, 136), statx.get(JAVA_INT, 140)),
                statx.get(JAVA_LONG, 32),
                type(statx.get(JAVA_SHORT, 28)),
                Integer.toUnsignedLong(statx.get(JAVA_INT, 16)),
                statx.get(JAVA_LONG, 40),
                time(statx, 64),
                time(statx, 112),
                time(statx, 96));
    }

    /** The one number that older calls give for both halves of a device's. */
    private static long device(int major, int minor) {
        long high = Integer.toUnsignedLong(major);
        long low = Integer.toUnsignedLong(minor);
        return (low & 0xff)
                | (high & 0xfff) << 8
                | (low & 0xffffff00L) << 12
                | (high & 0xfffff000L) << 32;
    }

    private static FileType type(int mode) {
        return switch (mode & TYPE_BITS) {
            case 0x2000 -> FileType.CHARACTER_DEVICE;
            case 0x4000 -> FileType.DIRECTORY;
            case 0x6000 -> FileType.BLOCK_DEVICE;
            case 0x8000 -> FileType.REGULAR_FILE;
            case 0xa000 -> FileType.SYMBOLIC_LINK;
            case 0xc000 -> FileType.SOCKET_STREAM;
            default -> FileType.UNKNOWN; // pipes above all
        };
    }

    /** What an entry of a list is, or null when the file system does not say it there. */
    static @Nullable FileType listed(int kind) {
        return kind == 0 ? null : type(kind << 12); // the same numbers as in a mode
    }

    private static long time(MemorySegment statx, long offset) {
        return statx.get(JAVA_LONG, offset) * NANOS + statx.get(JAVA_INT, offset + Long.BYTES);
    }

    /** Writes two {@code struct timespec}. */
    static MemorySegment times(Scratch scratch, TimeChange times) {
        MemorySegment both = scratch.bytes().asSlice(0, 4 * Long.BYTES);
        put(both, 0, times.accessed());
        put(both, 2, times.modified());
        return both;
    }

    private static void put(MemorySegment both, long index, long nanos) {
        boolean keep = nanos == TimeChange.KEEP;
        both.setAtIndex(JAVA_LONG, index, keep ? 0 : Math.floorDiv(nanos, NANOS));
        both.setAtIndex(JAVA_LONG, index + 1, keep ? UTIME_OMIT : Math.floorMod(nanos, NANOS));
    }
}
