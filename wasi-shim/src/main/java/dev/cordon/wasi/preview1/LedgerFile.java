package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.fs.FileHandle;
import dev.cordon.wasi.limit.Ledger;
import java.io.Closeable;
import java.io.IOException;

/**
 * An open file whose growth is entered in the ledger: what a file is to become is taken from the
 * ledger first, and what it did not become is given back. Thread-safe, since it may be revoked.
 */
final class LedgerFile implements Closeable {
    /** More than any call writes; keeps sums from overflowing where the ledger has no limit. */
    private static final long MUCH_BYTES = 1L << 61;

    private final FileHandle handle;
    private final Ledger ledger;
    private final SharedFile shared;
    private boolean closed;

    /** Takes a handle over; it is closed when this fails. */
    LedgerFile(FileHandle handle, Ledger ledger) throws Refusal, IOException {
        this.handle = handle;
        this.ledger = ledger;
        try {
            this.shared = SharedFile.hold(handle.stat());
        } catch (Refusal | IOException | RuntimeException e) {
            handle.close();
            throw e;
        }
    }

    FileHandle handle() {
        return handle;
    }

    /** Writes as much as fits, at least one byte. */
    int write(long position, byte[] source, int offset, int length) throws Refusal, IOException {
        synchronized (shared) {
            if (shared.covers(position, length)) {
                return handle.write(position, source, offset, length);
            }
            long before = handle.size();
            int fits = take(before, position, length);
            long after = before;
            try {
                int written = handle.write(position, source, offset, fits);
                if (written == fits) {
                    after = Math.max(before, position + fits);
                }
                return written;
            } finally {
                if (after == before) {
                    settle(before, position + fits);
                } else {
                    shared.sized(after);
                }
            }
        }
    }

    /** What became of bytes at the end of a file: how many were written, and where they end. */
    record Appended(int count, long end) {}

    /** Writes as much as fits at the end. */
    Appended append(byte[] source, int offset, int length) throws Refusal, IOException {
        synchronized (shared) {
            long before = handle.size();
            int fits = take(before, before, length);
            try {
                long end = handle.append(source, offset, fits);
                return new Appended((int) Math.min(fits, Math.max(0, end - before)), end);
            } finally {
                settle(before, before + fits);
            }
        }
    }

    /** Cuts the file or extends it with zeros. */
    void resize(long size) throws Refusal, IOException {
        synchronized (shared) {
            resizeLocked(handle.size(), size);
        }
    }

    /** Extends the file to a size, if it is shorter. */
    void extend(long size) throws Refusal, IOException {
        synchronized (shared) {
            long before = handle.size();
            if (size > before) {
                resizeLocked(before, size);
            }
        }
    }

    private void resizeLocked(long before, long size) throws Refusal, IOException {
        if (size > before && !ledger.store(size - before)) {
            throw Refusal.of(Errno.DQUOT);
        }
        try {
            handle.resize(size);
        } finally {
            settle(before, Math.max(before, size));
        }
    }

    /** Takes what a write makes the file grow by, or less; gives how many bytes may be written. */
    private int take(long size, long position, int length) throws Refusal {
        if (length > Long.MAX_VALUE - position) {
            throw Refusal.of(Errno.FBIG);
        }
        int fits = length;
        while (!ledger.store(Math.max(0, position + fits - size))) {
            long room = size - position + Math.min(ledger.storable(), MUCH_BYTES);
            if (room <= 0) {
                throw Refusal.of(Errno.DQUOT);
            }
            fits = (int) Math.min(fits, room);
        }
        return fits;
    }

    /** Gives back what was taken for more than the file has become, and what was cut. */
    private void settle(long before, long expected) throws Refusal, IOException {
        long taken = Math.max(before, expected);
        long size = handle.size();
        shared.sized(size);
        ledger.release(Math.max(0, taken - size));
    }

    @Override
    public void close() throws IOException {
        synchronized (shared) {
            if (closed) {
                return;
            }
            closed = true;
            long size = 0;
            try {
                size = shared.isGone() ? handle.size() : 0;
            } catch (Refusal alreadyClosed) {
                size = 0;
            } finally {
                handle.close();
                shared.release(size);
            }
        }
    }
}
