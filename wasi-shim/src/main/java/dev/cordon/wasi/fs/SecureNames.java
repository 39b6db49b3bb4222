package dev.cordon.wasi.fs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * What gives and moves names in a {@link SecureDirectory}.
 *
 * <p>Java can rename by handles, but creates directories and links, and reads links, by paths only.
 * So what is new is made at the root under a name that nobody else knows, and then renamed to where
 * it belongs. The path of the root is the embedder's, and the last name in it is not looked up
 * through any link that a guest could have made. Should the path lead elsewhere by now, nothing is
 * done; should it be made to lead elsewhere in that instant, an empty directory or a link under a
 * random name is left there, for no guest to reach.
 *
 * <p>Renaming replaces what is there, creating must not. Everything in this JVM that makes a name
 * takes {@link #CHANGES}, so between guests it is one step. A process outside that makes the same
 * name in the same instant may see it replaced.
 */
final class SecureNames {
    /** Shared by changes that are one step anyway, alone for those that are not; all roots. */
    static final ReadWriteLock CHANGES = new ReentrantReadWriteLock();

    /**
     * A root.
     *
     * @param real where it was when it was opened
     * @param stat what it was
     */
    record Root(Path real, FileStat stat) {}

    /** Something to be done at a path that nobody knows. */
    @FunctionalInterface
    interface Step {
        void take(Path at) throws Refusal, IOException;
    }

    /** Something to be done at the root with a name that nobody knows. */
    @FunctionalInterface
    private interface Drafting {
        void run(SecureDirectoryStream<Path> anchor, Path name, Path at)
                throws Refusal, IOException;
    }

    /** Whether the system links a link itself, and not what it leads to. */
    private static final boolean LINKS_LINKS = System.getProperty("os.name").equals("Linux");

    private final SecureDirectory directory;
    private final Root root;
    private final Path whenOpened;

    /**
     * @param whenOpened the path that led to the directory when it was opened; only a hint, since
     *     that may have changed
     */
    SecureNames(SecureDirectory directory, Root root, Path whenOpened) {
        this.directory = directory;
        this.root = root;
        this.whenOpened = whenOpened;
    }

    Root root() {
        return root;
    }

    Path whenOpened() {
        return whenOpened;
    }

    Path whenOpened(Path entry) {
        return whenOpened.resolve(entry);
    }

    void createDirectory(Path entry) throws Refusal, IOException {
        create(entry, Files::createDirectory);
    }

    void createLink(Path entry, Path text) throws Refusal, IOException {
        create(entry, at -> Files.createSymbolicLink(at, text));
    }

    void rename(Path entry, SecureDirectory target, Path newEntry) throws Refusal, IOException {
        CHANGES.readLock().lock();
        try {
            requireMovable(directory.look(entry));
            directory.stream().move(entry, target.stream(), newEntry);
        } finally {
            CHANGES.readLock().unlock();
        }
    }

    /**
     * Pipes and devices stay where they are: since no guest can bring one to another name, no guest
     * can make what was looked at and found a file become one.
     */
    private static void requireMovable(FileStat stat) throws Refusal {
        if (stat.type() == FileType.UNKNOWN) {
            throw Refusal.of(Errno.ACCES);
        }
    }

    void link(Path entry, SecureDirectory target, Path newEntry) throws Refusal, IOException {
        FileStat stat = directory.look(entry);
        if (stat.type() == FileType.DIRECTORY) {
            throw Refusal.of(Errno.PERM);
        }
        target.names().create(newEntry, at -> giveSecondName(entry, stat, at));
    }

    /** Does something with a file under a second name at the root, which then goes again. */
    void withSecondName(Path entry, FileStat stat, Step step) throws Refusal, IOException {
        drafted(
                (anchor, name, at) -> {
                    giveSecondName(entry, stat, at);
                    step.take(at);
                });
    }

    /**
     * Links the file that the path leads to, and goes on only if that is the file meant. If not,
     * the name was random, and no guest could use it.
     */
    private void giveSecondName(Path entry, FileStat stat, Path at) throws Refusal, IOException {
        requireMovable(stat);
        if (stat.type() == FileType.SYMBOLIC_LINK && !LINKS_LINKS) {
            throw Refusal.of(Errno.NOTSUP);
        }
        Files.createLink(at, whenOpened(entry));
        requireSame(stat, at);
    }

    private void create(Path entry, Step make) throws Refusal, IOException {
        drafted(
                (anchor, name, at) -> {
                    if (directory.find(entry) != null) {
                        throw Refusal.of(Errno.EXIST);
                    }
                    make.take(at);
                    try {
                        anchor.move(name, directory.stream(), entry);
                    } catch (AtomicMoveNotSupportedException e) {
                        // Another file system is mounted below the root.
                        throw Refusal.of(Errno.NOTSUP);
                    }
                });
    }

    /** Does something alone with a name at the root that nobody knows, and leaves nothing there. */
    private void drafted(Drafting drafting) throws Refusal, IOException {
        CHANGES.writeLock().lock();
        try (SecureDirectoryStream<Path> anchor = anchor()) {
            Path name = HostName.draft();
            Path at = root.real().resolve(name);
            try {
                drafting.run(anchor, name, at);
            } finally {
                Files.deleteIfExists(at);
            }
        } finally {
            CHANGES.writeLock().unlock();
        }
    }

    /** The root, if its path still leads to it. */
    private SecureDirectoryStream<Path> anchor() throws Refusal, IOException {
        @Nullable SecureDirectoryStream<Path> anchor = HostDirectories.stream(root.real());
        if (anchor == null || !HostStat.isSame(root.stat(), SecureDirectory.stat(anchor))) {
            if (anchor != null) {
                anchor.close();
            }
            throw Refusal.of(Errno.NOTSUP);
        }
        return anchor;
    }

    /**
     * Reads the text at the path, if the path leads to the link meant, before and after. No guest
     * can change names meanwhile. A process outside that swaps a directory twice in that time can
     * show a guest the text of another link, which is no more than a text: to follow it, it is
     * walked from here, name by name.
     */
    String readLink(Path entry) throws Refusal, IOException {
        CHANGES.writeLock().lock();
        try {
            FileStat stat = directory.look(entry);
            if (stat.type() != FileType.SYMBOLIC_LINK) {
                throw Refusal.of(Errno.INVAL);
            }
            Path at = whenOpened(entry);
            requireSame(stat, at);
            String text = HostName.text(Files.readSymbolicLink(at));
            requireSame(stat, at);
            if (text == null) {
                throw Refusal.of(Errno.ILSEQ);
            }
            return text;
        } finally {
            CHANGES.writeLock().unlock();
        }
    }

    /** Refuses when a path, which may be out of date, leads to another file than the one meant. */
    private static void requireSame(FileStat stat, Path at) throws Refusal, IOException {
        BasicFileAttributes now =
                Files.readAttributes(at, BasicFileAttributes.class, NOFOLLOW_LINKS);
        if (!HostStat.isSame(stat, HostStat.of(now))) {
            throw Refusal.of(Errno.NOTSUP);
        }
    }
}
