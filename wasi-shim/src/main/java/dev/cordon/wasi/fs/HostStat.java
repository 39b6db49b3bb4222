package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.FileType;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Java's attributes of a file as WASI has them. */
final class HostStat {
    private HostStat() {}

    static FileStat of(BasicFileAttributes attributes) {
        String key = String.valueOf(attributes.fileKey());
        long modified = nanos(attributes.lastModifiedTime());
        return new FileStat(
                number(key, "dev=", 16),
                number(key, "ino=", 10),
                type(attributes),
                1,
                attributes.size(),
                nanos(attributes.lastAccessTime()),
                modified,
                modified);
    }

    static boolean isSame(FileStat one, FileStat other) {
        return one.device() == other.device()
                && one.inode() == other.inode()
                && one.type() == other.type();
    }

    static FileType type(BasicFileAttributes attributes) {
        if (attributes.isRegularFile()) {
            return FileType.REGULAR_FILE;
        }
        if (attributes.isDirectory()) {
            return FileType.DIRECTORY;
        }
        return attributes.isSymbolicLink() ? FileType.SYMBOLIC_LINK : FileType.UNKNOWN;
    }

    /** The time to set, or null to keep what is there. */
    static @Nullable FileTime time(long nanos) {
        return nanos == TimeChange.KEEP ? null : FileTime.from(nanos, TimeUnit.NANOSECONDS);
    }

    private static long nanos(FileTime time) {
        return time.to(TimeUnit.NANOSECONDS);
    }

    /**
     * A number of a file's key, which says {@code (dev=HEX,ino=DECIMAL)} and has no other way to be
     * read.
     */
    private static long number(String key, String label, int radix) {
        int start = key.indexOf(label);
        if (start < 0) {
            throw new IllegalStateException("key `" + key + "` of a file has no `" + label + "`");
        }
        start += label.length();
        int end = start;
        while (end < key.length() && Character.digit(key.charAt(end), radix) >= 0) {
            end++;
        }
        return Long.parseUnsignedLong(key.substring(start, end), radix);
    }
}
