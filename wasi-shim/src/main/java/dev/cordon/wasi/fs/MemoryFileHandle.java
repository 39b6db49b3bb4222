package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;

/** An open file in memory. */
final class MemoryFileHandle implements FileHandle {
    private final MemoryFile file;
    private final MemoryTree tree;
    private final OpenMode mode;
    private boolean closed;

    /** Opens a file; called with the tree's monitor. */
    MemoryFileHandle(MemoryFile file, OpenMode mode) {
        this.file = file;
        this.tree = file.tree();
        this.mode = mode;
        file.opened();
    }

    private void require(boolean openedFor) throws Refusal {
        if (closed || !openedFor) {
            throw Refusal.of(Errno.BADF);
        }
    }

    @Override
    public FileStat stat() throws Refusal {
        synchronized (tree) {
            require(true);
            return file.stat();
        }
    }

    @Override
    public int read(long position, byte[] target, int offset, int length) throws Refusal {
        synchronized (tree) {
            require(mode.read());
            file.read();
            return file.read(position, target, offset, length);
        }
    }

    @Override
    public int write(long position, byte[] source, int offset, int length) throws Refusal {
        synchronized (tree) {
            require(mode.write());
            int count = file.write(position, source, offset, length);
            file.modified();
            return count;
        }
    }

    @Override
    public long append(byte[] source, int offset, int length) throws Refusal {
        synchronized (tree) {
            write(file.size(), source, offset, length);
            return file.size();
        }
    }

    @Override
    public long size() throws Refusal {
        synchronized (tree) {
            require(true);
            return file.size();
        }
    }

    @Override
    public void resize(long size) throws Refusal {
        synchronized (tree) {
            require(mode.write());
            file.resize(size);
            file.modified();
        }
    }

    @Override
    public void setTimes(TimeChange times) throws Refusal {
        synchronized (tree) {
            require(true);
            file.setTimes(times);
        }
    }

    @Override
    public void sync(boolean attributes) throws Refusal {
        synchronized (tree) {
            require(true);
        }
    }

    @Override
    public void close() {
        synchronized (tree) {
            if (!closed) {
                closed = true;
                file.closed();
            }
        }
    }
}
