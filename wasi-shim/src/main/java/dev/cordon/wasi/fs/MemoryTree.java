package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A file system in memory, with room for so many bytes and files. Thread-safe: whoever looks at or
 * changes anything of it holds its monitor, and nothing done under the monitor waits.
 *
 * <p>Bytes are counted for content as it is allocated, for names and for each file, so that the
 * heap it takes is bounded by its capacity whatever guests do.
 */
public final class MemoryTree {
    /** What a file, directory or link takes beside its content. */
    static final int NODE_BYTES = 512;

    /** What a name takes beside its characters. */
    static final int ENTRY_BYTES = 192;

    /** The first number of a device that no host file system has. */
    private static final AtomicLong DEVICES = new AtomicLong(1L << 62);

    private final long device = DEVICES.getAndIncrement();
    private final long capacity;
    private final long maxFiles;
    private final LongSupplier nanos;
    private final MemoryFolder root;
    private long used;
    private long files;
    private long lastInode;

    private MemoryTree(long capacity, long maxFiles, LongSupplier nanos) {
        this.capacity = capacity;
        this.maxFiles = maxFiles;
        this.nanos = nanos;
        this.root = new MemoryFolder(this);
    }

    /**
     * An empty file system.
     *
     * @param capacity most bytes of content, names and bookkeeping
     * @param maxFiles most files, directories and links
     * @return a file system with an empty root
     */
    public static MemoryTree create(long capacity, long maxFiles) {
        return create(
                capacity,
                maxFiles,
                () -> TimeUnit.MILLISECONDS.toNanos(System.currentTimeMillis()));
    }

    /** A file system whose time a test tells. */
    static MemoryTree create(long capacity, long maxFiles, LongSupplier nanos) {
        return new MemoryTree(capacity, maxFiles, nanos);
    }

    /**
     * Opens the root.
     *
     * @return a handle that the caller closes
     */
    public DirectoryHandle open() {
        return new MemoryDirectoryHandle(root);
    }

    /**
     * How much of the capacity is taken.
     *
     * @return bytes of content, names and bookkeeping
     */
    public synchronized long used() {
        return used;
    }

    /**
     * How many files, directories and links there are, the root not counted.
     *
     * @return a number
     */
    public synchronized long files() {
        return files;
    }

    long device() {
        return device;
    }

    long now() {
        return nanos.getAsLong();
    }

    long nextInode() {
        lastInode++;
        return lastInode;
    }

    /**
     * Takes bytes of the capacity.
     *
     * @throws Refusal {@code ENOSPC} when they do not fit
     */
    void take(long bytes) throws Refusal {
        if (bytes > capacity - used) {
            throw Refusal.of(Errno.NOSPC);
        }
        used += bytes;
    }

    /** Gives bytes back. */
    void give(long bytes) {
        used -= bytes;
    }

    /**
     * Takes what one more file needs.
     *
     * @throws Refusal {@code ENOSPC} when there are too many, or no room
     */
    void takeFile(long bytes) throws Refusal {
        if (files >= maxFiles) {
            throw Refusal.of(Errno.NOSPC);
        }
        take(NODE_BYTES + bytes);
        files++;
    }

    /** Gives back what a file needed. */
    void giveFile(long bytes) {
        give(NODE_BYTES + bytes);
        files--;
    }
}
