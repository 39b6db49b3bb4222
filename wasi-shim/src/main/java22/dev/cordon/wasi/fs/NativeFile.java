package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.util.concurrent.locks.Lock;

/** A regular file by its descriptor. */
final class NativeFile implements FileHandle {
    private final int descriptor;
    private final OpenMode mode;
    private final UseCount uses;
    private final Lock alone;
    private final Lock shared;

    private NativeFile(int descriptor, OpenMode mode, FileStat stat) {
        this.descriptor = descriptor;
        this.mode = mode;
        this.uses = new UseCount(() -> LinuxOpening.close(descriptor));
        this.alone = FileLocks.of(stat).writeLock();
        this.shared = FileLocks.of(stat).readLock();
    }

    /** Takes over what was opened if it is a file; closes it if not. */
    static NativeFile of(int descriptor, OpenMode mode) throws Refusal, IOException {
        boolean taken = false;
        try {
            FileStat stat = LinuxOpening.stat(descriptor);
            NativeDirectory.requireFile(stat);
            LinuxOpening.clearFlags(descriptor);
            if (mode.write() && mode.truncate()) {
                LinuxFiles.resize(descriptor, 0);
            }
            NativeFile file = new NativeFile(descriptor, mode, stat);
            taken = true;
            return file;
        } finally {
            if (!taken) {
                LinuxOpening.close(descriptor);
            }
        }
    }

    @Override
    public FileStat stat() throws Refusal, IOException {
        return uses.answer(() -> LinuxOpening.stat(descriptor));
    }

    @Override
    public int read(long position, byte[] target, int offset, int length)
            throws Refusal, IOException {
        if (!mode.read()) {
            throw Refusal.of(Errno.BADF);
        }
        return uses.answer(() -> LinuxFiles.read(descriptor, position, target, offset, length));
    }

    @Override
    public int write(long position, byte[] source, int offset, int length)
            throws Refusal, IOException {
        return locked(shared, () -> LinuxFiles.write(descriptor, position, source, offset, length));
    }

    @Override
    public long append(byte[] source, int offset, int length) throws Refusal, IOException {
        return locked(
                alone,
                () -> {
                    long end = LinuxOpening.stat(descriptor).size();
                    return end + LinuxFiles.write(descriptor, end, source, offset, length);
                });
    }

    /** Does something with a lock held; waits for whoever else changes the file. */
    private <T> T locked(Lock lock, UseCount.Action<T> action) throws Refusal, IOException {
        if (!mode.write()) {
            throw Refusal.of(Errno.BADF);
        }
        lock.lock();
        try {
            return uses.answer(action);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public long size() throws Refusal, IOException {
        return stat().size();
    }

    @Override
    public void resize(long size) throws Refusal, IOException {
        locked(
                alone,
                () -> {
                    LinuxFiles.resize(descriptor, size);
                    return size;
                });
    }

    @Override
    public void setTimes(TimeChange times) throws Refusal, IOException {
        uses.change(() -> LinuxFiles.setTimes(descriptor, times));
    }

    @Override
    public void sync(boolean attributes) throws Refusal, IOException {
        uses.change(() -> LinuxFiles.sync(descriptor, attributes));
    }

    @Override
    public void close() throws IOException {
        uses.close();
    }
}
