package dev.cordon.wasi.fs;

import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Stream;

/**
 * Locks that make an append, or a change of size, one step for everybody in this JVM who has the
 * same file open. Ordinary writes share the lock.
 */
final class FileLocks {
    /** Files share locks, so that the locks need no room for each file. */
    private static final int LOCKS = 64;

    private static final ReadWriteLock[] ALL =
            Stream.generate(ReentrantReadWriteLock::new).limit(LOCKS).toArray(ReadWriteLock[]::new);

    private FileLocks() {}

    static ReadWriteLock of(FileStat file) {
        long mixed = (file.device() * 31 + file.inode()) * 0x9E3779B97F4A7C15L;
        return ALL[(int) (mixed >>> 58) % LOCKS];
    }
}
