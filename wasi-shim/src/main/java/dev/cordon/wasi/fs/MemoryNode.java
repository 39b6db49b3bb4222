package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.FileType;

/** A file, directory or link in memory. Guarded by the monitor of its tree. */
abstract sealed class MemoryNode permits MemoryFile, MemoryFolder, MemoryLink {
    private final MemoryTree tree;
    private final long inode;
    private long accessed;
    private long modified;
    private long changed;
    private int names;
    private int handles;

    MemoryNode(MemoryTree tree) {
        this.tree = tree;
        this.inode = tree.nextInode();
        this.accessed = tree.now();
        this.modified = accessed;
        this.changed = accessed;
    }

    final MemoryTree tree() {
        return tree;
    }

    final long inode() {
        return inode;
    }

    abstract FileType type();

    abstract long size();

    /** How many names it has, in the eyes of POSIX. */
    long links() {
        return names;
    }

    /** Gives back what it took of the capacity; it is never used again. */
    abstract void free();

    final FileStat stat() {
        return new FileStat(
                tree.device(), inode, type(), links(), size(), accessed, modified, changed);
    }

    final void read() {
        accessed = tree.now();
    }

    final void modified() {
        modified = tree.now();
        changed = modified;
    }

    final void changed() {
        changed = tree.now();
    }

    final void setTimes(TimeChange times) {
        if (times.accessed() != TimeChange.KEEP) {
            accessed = times.accessed();
        }
        if (times.modified() != TimeChange.KEEP) {
            modified = times.modified();
        }
        changed();
    }

    final void named() {
        names++;
        changed();
    }

    final void unnamed() {
        names--;
        changed();
        freeIfGone();
    }

    final void opened() {
        handles++;
    }

    final void closed() {
        handles--;
        freeIfGone();
    }

    private void freeIfGone() {
        if (names == 0 && handles == 0) {
            free();
        }
    }
}
