package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * A file opened in a {@link SecureDirectory}.
 *
 * <p>Java tells the attributes of an open file by its name only. They are those of the entry as
 * long as that is this file; afterwards all but the size are what was last known, and the times can
 * no longer be set.
 *
 * <p>A thread that is interrupted while it reads or writes closes the channel; Java offers no other
 * kind. The guest sees {@code EINTR} and then {@code EBADF}; nobody else's handle is touched. An
 * interrupt that came before is put off, so only one that arrives in the middle does so.
 */
final class SecureFile implements FileHandle {
    private final FileChannel channel;
    private final SecureDirectory directory;
    private final Path entry;
    private final OpenMode mode;
    private final UseCount uses;
    private final Lock alone;
    private final Lock shared;
    private volatile FileStat known;

    /** Keeps the directory open as long as the file is. */
    SecureFile(
            FileChannel channel,
            SecureDirectory directory,
            Path entry,
            FileStat known,
            OpenMode mode)
            throws Refusal {
        this.channel = channel;
        this.directory = directory;
        this.entry = entry;
        this.mode = mode;
        this.known = known;
        this.alone = FileLocks.of(known).writeLock();
        this.shared = FileLocks.of(known).readLock();
        directory.uses().enter();
        this.uses = new UseCount(this::closeAll);
    }

    private void closeAll() throws IOException {
        try {
            channel.close();
        } finally {
            directory.uses().leave();
        }
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
    public FileStat stat() throws Refusal, IOException {
        return uses.answer(
                () -> {
                    FileStat now = current();
                    return withSize(now == null ? known : now, channel.size());
                });
    }

    private static FileStat withSize(FileStat stat, long size) {
        return new FileStat(
                stat.device(),
                stat.inode(),
                stat.type(),
                stat.links(),
                size,
                stat.accessed(),
                stat.modified(),
                stat.changed());
    }

    /** The attributes of the entry, if that still is this file. */
    private @Nullable FileStat current() throws IOException {
        FileStat now = directory.find(entry);
        if (now == null || !HostStat.isSame(known, now)) {
            return null;
        }
        known = now;
        return now;
    }

    @Override
    public int read(long position, byte[] target, int offset, int length)
            throws Refusal, IOException {
        if (!mode.read()) {
            throw Refusal.of(Errno.BADF);
        }
        ByteBuffer buffer = ByteBuffer.wrap(target, offset, length);
        return uses.answer(() -> fill(buffer, position));
    }

    private int fill(ByteBuffer buffer, long position) throws IOException {
        int start = buffer.position();
        int count;
        do {
            count = channel.read(buffer, position + buffer.position() - start);
        } while (count > 0 && buffer.hasRemaining());
        return buffer.position() - start;
    }

    @Override
    public int write(long position, byte[] source, int offset, int length)
            throws Refusal, IOException {
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
        return locked(shared, () -> drain(buffer, position));
    }

    @Override
    public long append(byte[] source, int offset, int length) throws Refusal, IOException {
        ByteBuffer buffer = ByteBuffer.wrap(source, offset, length);
        return locked(
                alone,
                () -> {
                    long end = channel.size();
                    return end + drain(buffer, end);
                });
    }

    /** Writes all, or what fits; throws only when nothing does. */
    private int drain(ByteBuffer buffer, long position) throws IOException {
        int start = buffer.position();
        try {
            while (buffer.hasRemaining()) {
                channel.write(buffer, position + buffer.position() - start);
            }
        } catch (ClosedByInterruptException e) {
            throw e;
        } catch (IOException e) {
            if (buffer.position() == start) {
                throw e; // else the caller hears of it when it writes the rest
            }
        }
        return buffer.position() - start;
    }

    @Override
    public long size() throws Refusal, IOException {
        return uses.answer(channel::size);
    }

    @Override
    public void resize(long size) throws Refusal, IOException {
        locked(
                alone,
                () -> {
                    if (size > channel.size()) {
                        channel.write(ByteBuffer.allocate(1), size - 1);
                    } else {
                        channel.truncate(size);
                    }
                    return size;
                });
    }

    @Override
    public void setTimes(TimeChange times) throws Refusal, IOException {
        uses.change(
                () -> {
                    if (current() == null) {
                        throw Refusal.of(Errno.NOTSUP);
                    }
                    new SecureTimes(directory, uses, entry).set(times);
                });
    }

    @Override
    public void sync(boolean attributes) throws Refusal, IOException {
        uses.change(() -> channel.force(attributes));
    }

    @Override
    public void close() throws IOException {
        uses.close();
    }
}
