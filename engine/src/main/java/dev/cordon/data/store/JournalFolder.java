package dev.cordon.data.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The folder of a journal: one file with a number in its name, a draft of the next, a lock. */
final class JournalFolder implements Closeable {
    private static final Pattern NAME = Pattern.compile("journal-([1-9][0-9]{0,17})\\.log");
    private static final String DRAFT = "journal.draft";
    private static final String LOCK = "lock";

    /**
     * Folders in use by this process. To open and close the lock of one of them once more would
     * release it, where locks are those of POSIX.
     */
    private static final Set<Path> IN_USE = ConcurrentHashMap.newKeySet();

    private final Path path;
    private final FileChannel lock;

    private JournalFolder(Path path, FileChannel lock) {
        this.path = path;
        this.lock = lock;
    }

    /** Makes the folder if need be, for its owner only, and keeps everybody else out of it. */
    static JournalFolder lock(Path path) throws IOException {
        if (!Files.isDirectory(path)) {
            if (Files.exists(path)) {
                throw new IOException("it is no folder");
            }
            Files.createDirectories(path);
            if (path.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwx------"));
            }
        }
        Path real = path.toRealPath();
        if (!IN_USE.add(real)) {
            throw inUse();
        }
        try {
            return new JournalFolder(real, lockFile(real));
        } catch (IOException | RuntimeException | Error unusable) {
            IN_USE.remove(real);
            throw unusable;
        }
    }

    /** The lock lasts until the channel is closed, or the process ends, however it ends. */
    private static FileChannel lockFile(Path path) throws IOException {
        FileChannel channel =
                FileChannel.open(
                        path.resolve(LOCK), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            FileLock held = channel.tryLock();
            if (held == null) {
                throw inUse();
            }
            return channel;
        } catch (OverlappingFileLockException inThisProcess) {
            channel.close();
            throw inUse();
        } catch (IOException | RuntimeException | Error unusable) {
            channel.close();
            throw unusable;
        }
    }

    private static IOException inUse() {
        return new IOException("it is in use");
    }

    Path file(long number) {
        return path.resolve("journal-" + number + ".log");
    }

    Path draft() {
        return path.resolve(DRAFT);
    }

    /** The number of the newest file; 1 if there is none yet. */
    long newest() throws IOException {
        long newest = 1;
        for (Path each : files()) {
            newest = Math.max(newest, number(each));
        }
        return newest;
    }

    private List<Path> files() throws IOException {
        List<Path> found = new ArrayList<>();
        try (Stream<Path> entries = Files.list(path)) {
            entries.filter(each -> number(each) > 0).forEach(found::add);
        }
        return found;
    }

    private static long number(Path file) {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        return name.matches() ? Long.parseLong(name.group(1)) : 0;
    }

    /** Gives the draft its number; it is a file like any other once this returns. */
    void publish(long number) throws IOException {
        Files.move(draft(), file(number), StandardCopyOption.ATOMIC_MOVE);
        sync();
    }

    /** Undoes {@link #publish}, also half of it. */
    void withdraw(long number) throws IOException {
        Files.deleteIfExists(file(number));
        sync();
    }

    /** Deletes what a newer file replaced. */
    void deleteOthers(long number) throws IOException {
        for (Path each : files()) {
            if (number(each) != number) {
                Files.deleteIfExists(each);
            }
        }
        Files.deleteIfExists(draft());
    }

    /** Makes names durable, where a folder can be opened for that; elsewhere they are anyway. */
    void sync() throws IOException {
        boolean interrupted = Thread.interrupted(); // or the channel would be closed
        try (FileChannel folder = FileChannel.open(path, StandardOpenOption.READ)) {
            folder.force(true);
        } catch (AccessDeniedException notAFile) {
            return; // Windows opens no folder
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void close() throws IOException {
        try {
            lock.close();
        } finally {
            IN_USE.remove(path);
        }
    }
}
