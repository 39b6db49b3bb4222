package dev.cordon.wasi.fs;

import static java.nio.file.LinkOption.NOFOLLOW_LINKS;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A host directory through {@link SecureDirectoryStream}, which every JVM on Linux has.
 *
 * <p>Nobody tells how many names a file has. {@link SecureOpening} says what holds for opening
 * files, {@link SecureNames} for names and {@link SecureTimes} for times.
 */
final class SecureDirectory implements DirectoryHandle {
    /** How often an entry that is swapped while it is looked at is looked at again. */
    static final int ATTEMPTS = 16;

    private static final Path SELF = Path.of(".");

    private final SecureDirectoryStream<Path> stream;
    private final UseCount uses;
    private final SecureNames names;

    private SecureDirectory(
            SecureDirectoryStream<Path> stream, SecureNames.Root root, Path whenOpened) {
        this.stream = stream;
        this.uses = new UseCount(stream);
        this.names = new SecureNames(this, root, whenOpened);
    }

    /** The handle of a root, which is at {@code real} now. */
    static SecureDirectory root(SecureDirectoryStream<Path> stream, Path real) throws IOException {
        boolean taken = false;
        try {
            SecureNames.Root root = new SecureNames.Root(real, stat(stream));
            taken = true;
            return new SecureDirectory(stream, root, real);
        } finally {
            if (!taken) {
                stream.close();
            }
        }
    }

    SecureDirectoryStream<Path> stream() {
        return stream;
    }

    UseCount uses() {
        return uses;
    }

    SecureNames names() {
        return names;
    }

    /** What an entry is, the link itself if it is one. */
    FileStat look(Path entry) throws IOException {
        return HostStat.of(view(entry).readAttributes());
    }

    /** What an entry is, or null when there is none. */
    @Nullable FileStat find(Path entry) throws IOException {
        try {
            return look(entry);
        } catch (NoSuchFileException e) {
            return null;
        }
    }

    /** The attributes of an entry. */
    BasicFileAttributeView view(Path entry) {
        return stream.getFileAttributeView(entry, BasicFileAttributeView.class, NOFOLLOW_LINKS);
    }

    /** What an open directory is. */
    static FileStat stat(SecureDirectoryStream<Path> open) throws IOException {
        return HostStat.of(view(open).readAttributes());
    }

    private static BasicFileAttributeView view(SecureDirectoryStream<Path> open) {
        return open.getFileAttributeView(BasicFileAttributeView.class);
    }

    @Override
    public FileStat stat() throws Refusal, IOException {
        return uses.answer(() -> stat(stream));
    }

    @Override
    public FileStat stat(String name) throws Refusal, IOException {
        Path entry = HostName.entry(name);
        return uses.answer(() -> look(entry));
    }

    @Override
    public DirectoryHandle openDirectory(String name) throws Refusal, IOException {
        Path entry = HostName.entry(name);
        return uses.answer(() -> descend(entry));
    }

    /**
     * Opens what the entry is by way of its own dot, which fails for anything but a directory where
     * opening the entry could wait for ever. That follows a link; but the handle is only taken if,
     * while it is open, the entry itself is that very directory. The number of a file that is open
     * is not given to another, so the same number is the same directory.
     */
    private DirectoryHandle descend(Path entry) throws Refusal, IOException {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            requireDirectory(look(entry));
            SecureDirectoryStream<Path> opened = stream.newDirectoryStream(entry.resolve(SELF));
            boolean taken = false;
            try {
                FileStat found = find(entry);
                FileStat open = stat(opened);
                if (found != null && HostStat.isSame(found, open)) {
                    taken = true;
                    return new SecureDirectory(opened, names.root(), names.whenOpened(entry));
                }
            } finally {
                if (!taken) {
                    opened.close();
                }
            }
        }
        throw Refusal.of(Errno.AGAIN);
    }

    private static void requireDirectory(FileStat stat) throws Refusal {
        if (stat.type() == FileType.SYMBOLIC_LINK) {
            throw Refusal.of(Errno.LOOP);
        }
        if (stat.type() != FileType.DIRECTORY) {
            throw Refusal.of(Errno.NOTDIR);
        }
    }

    @Override
    public FileHandle openFile(String name, OpenMode mode) throws Refusal, IOException {
        Path entry = HostName.entry(name);
        return uses.answer(() -> new SecureOpening(this, entry, mode).open());
    }

    @Override
    public String readLink(String name) throws Refusal, IOException {
        Path entry = HostName.entry(name);
        return uses.answer(() -> names.readLink(entry));
    }

    @Override
    public void createDirectory(String name) throws Refusal, IOException {
        Path entry = HostName.entry(name);
        uses.change(() -> names.createDirectory(entry));
    }

    @Override
    public void createLink(String name, String target) throws Refusal, IOException {
        Path entry = HostName.entry(name);
        Path text = HostName.path(target);
        uses.change(() -> names.createLink(entry, text));
    }

    @Override
    public void removeDirectory(String name) throws Refusal, IOException {
        Path entry = HostName.entry(name);
        uses.change(() -> stream.deleteDirectory(entry));
    }

    @Override
    public void removeFile(String name) throws Refusal, IOException {
        Path entry = HostName.entry(name);
        uses.change(
                () -> {
                    // Some systems answer EPERM for a directory.
                    if (look(entry).type() == FileType.DIRECTORY) {
                        throw Refusal.of(Errno.ISDIR);
                    }
                    stream.deleteFile(entry);
                });
    }

    @Override
    public void rename(String name, DirectoryHandle to, String newName)
            throws Refusal, IOException {
        Path entry = HostName.entry(name);
        Path newEntry = HostName.entry(newName);
        SecureDirectory target = sameKind(to);
        uses.change(() -> target.uses.change(() -> names.rename(entry, target, newEntry)));
    }

    @Override
    public void link(String name, DirectoryHandle to, String newName) throws Refusal, IOException {
        Path entry = HostName.entry(name);
        Path newEntry = HostName.entry(newName);
        SecureDirectory target = sameKind(to);
        uses.change(() -> target.uses.change(() -> names.link(entry, target, newEntry)));
    }

    private static SecureDirectory sameKind(DirectoryHandle other) throws Refusal {
        if (other instanceof SecureDirectory secure) {
            return secure;
        }
        throw Refusal.of(Errno.XDEV);
    }

    @Override
    public void setTimes(TimeChange times) throws Refusal, IOException {
        uses.change(() -> SecureTimes.set(view(stream), times));
    }

    @Override
    public void setTimes(String name, TimeChange times) throws Refusal, IOException {
        Path entry = HostName.entry(name);
        uses.change(() -> new SecureTimes(this, uses, entry).set(times));
    }

    @Override
    public EntryCursor entries() throws Refusal, IOException {
        return uses.answer(() -> new SecureEntries(again()));
    }

    @Override
    public void sync() throws Refusal, IOException {
        uses.change(
                () -> {
                    try (FileChannel self =
                            (FileChannel)
                                    stream.newByteChannel(SELF, Set.of(StandardOpenOption.READ))) {
                        self.force(true);
                    }
                });
    }

    @Override
    public DirectoryHandle duplicate() throws Refusal, IOException {
        return uses.answer(this::again);
    }

    private SecureDirectory again() throws IOException {
        return new SecureDirectory(
                stream.newDirectoryStream(SELF), names.root(), names.whenOpened());
    }

    @Override
    public void close() throws IOException {
        uses.close();
    }
}
