package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.fs.DirectoryHandle;
import dev.cordon.wasi.fs.EntryCursor;
import dev.cordon.wasi.fs.EntryCursor.Entry;
import dev.cordon.wasi.fs.Mount;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * The entries of a directory by number, which is the cookie of {@code fd_readdir}: {@code .} is 0,
 * {@code ..} is 1, and so on.
 *
 * <p>Reading on costs nothing but the entries read. Going back a little, as guests do whose buffer
 * ended within an entry, is answered from a few entries that are kept; going back further lists
 * anew. However large a directory is, no more than those few are held. Thread-safe, since it may be
 * revoked.
 */
final class Listing implements Closeable {
    /** How many entries are kept for going back. */
    static final int KEPT_ENTRIES = 64;

    private static final int DOTS = 2;
    private static final int ENTRIES_BETWEEN_CHECKS = 256;

    private final Mount mount;
    private final DirectoryHandle handle;
    private final long parent;
    private final Deque<Entry> kept = new ArrayDeque<>();
    private @Nullable EntryCursor cursor;
    private long reached;
    private long furthest;

    /** The entries of a directory whose parent has an inode, 0 for one that no guest may know. */
    Listing(Mount mount, DirectoryHandle handle, long parent) {
        this.mount = mount;
        this.handle = handle;
        this.parent = parent;
    }

    /** The entry of a number, or null behind the last; a number never given has no entry. */
    synchronized @Nullable Entry get(GuestCall call, long number) throws Refusal, IOException {
        if (number < 0) {
            return null;
        }
        if (number < DOTS) {
            return number == 0 ? self() : new Entry("..", parent, FileType.DIRECTORY);
        }
        long wanted = number - DOTS;
        if (wanted == 0 || wanted < reached - kept.size()) {
            restart();
        }
        if (wanted > Math.max(furthest, reached)) {
            return null;
        }
        if (wanted < reached) {
            return kept(wanted);
        }
        Entry entry = null;
        do {
            entry = advance();
            if (reached % ENTRIES_BETWEEN_CHECKS == 0) {
                call.check();
            }
        } while (entry != null && reached <= wanted);
        return entry;
    }

    private Entry self() throws Refusal, IOException {
        return new Entry(".", handle.stat().inode(), FileType.DIRECTORY);
    }

    private @Nullable Entry kept(long wanted) {
        long at = reached - kept.size();
        for (Entry each : kept) {
            if (at == wanted) {
                return each;
            }
            at++;
        }
        return null;
    }

    private @Nullable Entry advance() throws Refusal, IOException {
        EntryCursor open = cursor;
        if (open == null) {
            open = handle.entries();
            cursor = open;
            mount.keep(this);
        }
        Entry entry = open.next();
        if (entry != null) {
            if (kept.size() == KEPT_ENTRIES) {
                kept.removeFirst();
            }
            kept.addLast(entry);
            reached++;
            furthest = Math.max(furthest, reached);
        }
        return entry;
    }

    private void restart() throws IOException {
        close();
        kept.clear();
        reached = 0;
    }

    @Override
    public synchronized void close() throws IOException {
        EntryCursor open = cursor;
        cursor = null;
        if (open != null) {
            open.close();
        }
    }
}
