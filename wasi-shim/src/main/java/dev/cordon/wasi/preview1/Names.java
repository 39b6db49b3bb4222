package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.fs.FileStat;
import dev.cordon.wasi.fs.Mount;
import dev.cordon.wasi.limit.Ledger;
import java.io.IOException;
import java.util.concurrent.locks.Lock;

/** Gives names to files and takes them away, and keeps the ledger true. */
final class Names {
    /** What is done to the names. */
    @FunctionalInterface
    interface Change {
        void make() throws Refusal, IOException;
    }

    private Names() {}

    /** Makes a change while no name of the mount's device is given or taken away elsewhere. */
    static void locked(Mount mount, Change change) throws Refusal, IOException {
        Lock lock = SharedFile.names(mount.device()).writeLock();
        lock.lock();
        try {
            change.make();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Makes one more name, if the ledger has room for it.
     *
     * @throws Refusal {@code EDQUOT} when it has none
     */
    static void add(Ledger ledger, Change change) throws Refusal, IOException {
        if (!ledger.addFile()) {
            throw Refusal.of(Errno.DQUOT);
        }
        boolean made = false;
        try {
            change.make();
            made = true;
        } finally {
            if (!made) {
                ledger.removeFile();
            }
        }
    }

    /**
     * Takes the name of a file away, under the lock, and credits the ledger with what is gone for
     * certain.
     */
    static void remove(Ledger ledger, GuestPath path, FileStat stat, Change change)
            throws Refusal, IOException {
        if (stat.type() == FileType.REGULAR_FILE) {
            removeFile(ledger, path, stat, change);
        } else {
            change.make();
        }
        ledger.removeFile();
    }

    private static void removeFile(Ledger ledger, GuestPath path, FileStat stat, Change change)
            throws Refusal, IOException {
        SharedFile shared = SharedFile.hold(stat);
        synchronized (shared) {
            long size = 0;
            try {
                size = path.parent().stat(path.name()).size();
                change.make();
                if (SharedFile.hasOneName(stat)) {
                    shared.gone(ledger);
                } else {
                    SharedFile.unlinked(stat);
                }
            } finally {
                shared.release(size);
            }
        }
    }
}
