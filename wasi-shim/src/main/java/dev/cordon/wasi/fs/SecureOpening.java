package dev.cordon.wasi.fs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;
import static java.nio.file.StandardOpenOption.CREATE_NEW;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Opens a file of a {@link SecureDirectory}, once.
 *
 * <p>Links are never followed. What is there is looked at first, and only a regular file is opened.
 * A pipe that takes its place in between does not wait when it is opened for both reading and
 * writing, so that is how every file to be written is opened; one that is only read is opened by
 * {@link PatientOpening}.
 */
final class SecureOpening {
    private static final Set<OpenOption> TO_READ = Set.of(READ, NOFOLLOW_LINKS);
    private static final Set<OpenOption> TO_WRITE = Set.of(WRITE, NOFOLLOW_LINKS);
    private static final Set<OpenOption> FOR_BOTH = Set.of(READ, WRITE, NOFOLLOW_LINKS);
    private static final Set<OpenOption> NEW = Set.of(READ, WRITE, CREATE_NEW, NOFOLLOW_LINKS);

    private final SecureDirectory directory;
    private final Path entry;
    private final OpenMode mode;

    SecureOpening(SecureDirectory directory, Path entry, OpenMode mode) {
        this.directory = directory;
        this.entry = entry;
        this.mode = mode;
    }

    FileHandle open() throws Refusal, IOException {
        for (int attempt = 0; attempt < SecureDirectory.ATTEMPTS; attempt++) {
            FileHandle opened = attempt();
            if (opened != null) {
                return opened;
            }
        }
        throw Refusal.of(Errno.AGAIN);
    }

    /** Opens or creates, or returns null when somebody swapped the entry meanwhile. */
    private @Nullable FileHandle attempt() throws Refusal, IOException {
        FileStat seen = directory.find(entry);
        if (seen == null) {
            if (mode.create()) {
                return created();
            }
            throw Refusal.of(Errno.NOENT);
        }
        if (mode.create() && mode.exclusive()) {
            throw Refusal.of(Errno.EXIST);
        }
        requireFile(seen);
        try {
            return verified(channel(), seen);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    private static void requireFile(FileStat stat) throws Refusal {
        switch (stat.type()) {
            case REGULAR_FILE -> {}
            case DIRECTORY -> throw Refusal.of(Errno.ISDIR);
            case SYMBOLIC_LINK -> throw Refusal.of(Errno.LOOP);
            default -> throw Refusal.of(Errno.ACCES);
        }
    }

    private @Nullable FileHandle created() throws Refusal, IOException {
        FileChannel channel;
        SecureNames.CHANGES.readLock().lock();
        try {
            channel = channel(NEW);
        } catch (FileAlreadyExistsException e) {
            return null;
        } finally {
            SecureNames.CHANGES.readLock().unlock();
        }
        FileStat seen = null;
        try {
            seen = directory.find(entry);
        } finally {
            if (seen == null) {
                channel.close();
            }
        }
        return seen == null ? null : new SecureFile(channel, directory, entry, seen, mode);
    }

    /** The handle of what was opened if it is a file, and the one that was seen. */
    private @Nullable FileHandle verified(FileChannel channel, FileStat seen)
            throws Refusal, IOException {
        boolean taken = false;
        try {
            FileStat now = directory.find(entry);
            if (now == null || !HostStat.isSame(seen, now) || !hasPosition(channel)) {
                return null;
            }
            if (mode.write() && mode.truncate()) {
                channel.truncate(0);
            }
            FileHandle file = new SecureFile(channel, directory, entry, seen, mode);
            taken = true;
            return file;
        } finally {
            if (!taken) {
                channel.close();
            }
        }
    }

    /** Whether a channel has a position, which a pipe or a terminal has not. */
    private static boolean hasPosition(FileChannel channel) throws IOException {
        try {
            return channel.position() >= 0;
        } catch (IOException e) {
            Refusal refusal = HostErrors.refusal(e);
            if (refusal != null && refusal.errno() == Errno.SPIPE) {
                return false;
            }
            throw e;
        }
    }

    private FileChannel channel() throws Refusal, IOException {
        if (!mode.write()) {
            return patiently(TO_READ);
        }
        try {
            return channel(FOR_BOTH);
        } catch (AccessDeniedException e) {
            return patiently(TO_WRITE); // its permissions may be for writing only
        }
    }

    private FileChannel patiently(Set<OpenOption> options) throws Refusal, IOException {
        return PatientOpening.open(
                directory.uses(), () -> channel(options), () -> release(directory, entry));
    }

    private FileChannel channel(Set<OpenOption> options) throws IOException {
        return (FileChannel) directory.stream().newByteChannel(entry, options);
    }

    /** Opens the other end of a pipe, so that whoever waits for it goes on. */
    static void release(SecureDirectory directory, Path entry) {
        try {
            FileStat now = directory.find(entry);
            if (now != null && now.type() == FileType.UNKNOWN) {
                directory.stream().newByteChannel(entry, FOR_BOTH).close();
            }
        } catch (IOException e) {
            return; // swapped again, or not to be had: the next step looks once more
        }
    }
}
