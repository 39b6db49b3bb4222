package dev.cordon.wasi.preview1;

import dev.cordon.wasi.fs.FileStat;
import dev.cordon.wasi.limit.Ledger;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A file that some session of this process has open or is about to remove: the lock under which its
 * size is looked at and changed, and who is credited when the last of them lets go.
 *
 * <p>Credit is given for bytes that are gone for certain: the file had one name, that was taken
 * away, and nobody has it open. Whoever could count the same bytes twice, by a second name, a
 * descriptor or another thread, would store without end.
 */
final class SharedFile {
    /** Most files remembered as having names that the file system does not count. */
    static final int MAX_LINKED = 100_000;

    private static final int NAME_LOCKS = 64;

    private record Key(long device, long inode) {}

    private static final Map<Key, SharedFile> OPEN = new ConcurrentHashMap<>();
    private static final Map<Key, Integer> LINKED = new ConcurrentHashMap<>();
    private static final ReadWriteLock[] NAMES = new ReadWriteLock[NAME_LOCKS];

    static {
        for (int i = 0; i < NAME_LOCKS; i++) {
            NAMES[i] = new ReentrantReadWriteLock();
        }
    }

    private final Key key;
    private int holders;
    private long size;
    private @Nullable Ledger creditor;

    private SharedFile(Key key) {
        this.key = key;
    }

    /**
     * The lock of a device's names: to open a file is to read them, to give or take one away is to
     * write. Shared by few devices, so that there is no table of them.
     */
    static ReadWriteLock names(long device) {
        return NAMES[Math.floorMod(Long.hashCode(device), NAME_LOCKS)];
    }

    /** Holds a file, until {@link #release}. */
    static SharedFile hold(FileStat stat) {
        SharedFile held =
                OPEN.compute(
                        new Key(stat.device(), stat.inode()),
                        (key, known) -> {
                            SharedFile file = known == null ? new SharedFile(key) : known;
                            file.holders++;
                            return file;
                        });
        if (held == null) {
            throw new IllegalStateException("a held file is in the map");
        }
        return held;
    }

    /**
     * Remembers that a file was given another name, if its file system does not count names; false
     * when too many are remembered. Called with the lock of the names.
     */
    static boolean linked(FileStat after) {
        if (after.links() > 1) {
            return true;
        }
        Key key = new Key(after.device(), after.inode());
        if (LINKED.size() >= MAX_LINKED && !LINKED.containsKey(key)) {
            return false;
        }
        LINKED.merge(key, 1, Integer::sum);
        return true;
    }

    /**
     * Whether the file is so long already that a write makes it no longer; called with this file's
     * monitor.
     *
     * <p>That is known without asking the system, since all guests of this process change the file
     * under this monitor. If a process outside has cut it, what a guest writes again up to where it
     * was is not counted again.
     */
    boolean covers(long position, int length) {
        return position <= size - length;
    }

    /** Takes note of how long the file is; called with this file's monitor. */
    void sized(long bytes) {
        size = bytes;
    }

    /** Whether a file has one name for certain. */
    static boolean hasOneName(FileStat stat) {
        return stat.links() <= 1 && !LINKED.containsKey(new Key(stat.device(), stat.inode()));
    }

    /** One of several names was taken away. Called with the lock of the names. */
    static void unlinked(FileStat before) {
        LINKED.computeIfPresent(
                new Key(before.device(), before.inode()),
                (key, others) -> others == 1 ? null : others - 1);
    }

    /** The last name was taken away; called with this file's monitor. */
    void gone(Ledger ledger) {
        creditor = ledger;
    }

    /** Whether the size will matter at {@link #release}; called with this file's monitor. */
    boolean isGone() {
        return creditor != null;
    }

    /** Lets go; the last one to do so brings the credit in. Called with this file's monitor. */
    void release(long size) {
        SharedFile left =
                OPEN.computeIfPresent(
                        key,
                        (same, file) -> {
                            file.holders--;
                            return file.holders == 0 ? null : file;
                        });
        Ledger ledger = creditor;
        if (left == null && ledger != null) {
            ledger.release(size);
            creditor = null;
        }
    }
}
