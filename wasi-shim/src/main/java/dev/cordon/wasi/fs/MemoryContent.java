package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/**
 * The embedder's own way to the files of a tree in memory: paths without links, and whole contents.
 * Thread-safe.
 */
public final class MemoryContent {
    /** Guests can nest directories deeper than any path; no list of them is that long. */
    private static final int MAX_LISTED_CHARS = PathText.MAX_PATH_BYTES;

    private static final int COPY_BYTES = 64 * 1024;
    private static final OpenMode READ = new OpenMode(true, false, false, false, false);
    private static final OpenMode REPLACE = new OpenMode(true, true, true, false, true);

    private final MemoryTree tree;

    private MemoryContent(MemoryTree tree) {
        this.tree = tree;
    }

    /**
     * The content of a tree.
     *
     * @param tree the tree
     * @return a way to its files
     */
    public static MemoryContent of(MemoryTree tree) {
        return new MemoryContent(tree);
    }

    /** Something done in the directory that a path leads to. */
    @FunctionalInterface
    private interface Use<T> {
        T apply(DirectoryHandle parent, String name) throws Refusal, IOException;
    }

    /**
     * Writes a file, making the directories above it.
     *
     * @param path components with a slash between each two
     * @param content the whole content; copied
     * @throws IOException when there is no room, or the path leads through a file or a link
     */
    public void write(String path, byte[] content) throws IOException {
        at(
                path,
                true,
                (parent, name) -> {
                    try (FileHandle file = parent.openFile(name, REPLACE)) {
                        append(file, content, content.length);
                    }
                    return content;
                });
    }

    private static void append(FileHandle file, byte[] content, int length)
            throws Refusal, IOException {
        long start = file.size();
        if (length > 0 && file.append(content, 0, length) < start + length) {
            throw Refusal.of(Errno.NOSPC);
        }
    }

    /**
     * Reads a file.
     *
     * @param path components with a slash between each two
     * @return its whole content
     * @throws IOException when there is none, or it is larger than an array
     */
    public byte[] read(String path) throws IOException {
        return at(
                path,
                false,
                (parent, name) -> {
                    try (FileHandle file = parent.openFile(name, READ)) {
                        if (file.size() > Integer.MAX_VALUE - Long.BYTES) {
                            throw Refusal.of(Errno.FBIG);
                        }
                        byte[] content = new byte[(int) file.size()];
                        file.read(0, content, 0, content.length);
                        return content;
                    }
                });
    }

    /**
     * Makes a directory, and those above it.
     *
     * @param path components with a slash between each two
     * @throws IOException when there is no room, or the path leads through a file or a link
     */
    public void createDirectory(String path) throws IOException {
        at(
                path,
                true,
                (parent, name) -> {
                    made(parent, name).close();
                    return name;
                });
    }

    /**
     * Lists every file.
     *
     * @return paths in the order of their names; directories with a slash at the end
     * @throws IOException when a directory was removed meanwhile
     */
    public List<String> list() throws IOException {
        List<String> paths = new ArrayList<>();
        Deque<String> directories = new ArrayDeque<>(List.of(""));
        while (!directories.isEmpty()) {
            list(directories.pop(), paths, directories);
        }
        paths.sort(null);
        return paths;
    }

    private void list(String prefix, List<String> paths, Deque<String> directories)
            throws IOException {
        if (prefix.length() > MAX_LISTED_CHARS) {
            throw new IOException("a directory in memory is too deep to be listed");
        }
        try (DirectoryHandle directory = directory(prefix);
                EntryCursor entries = directory.entries()) {
            for (EntryCursor.Entry entry = entries.next(); entry != null; entry = entries.next()) {
                boolean isDirectory = entry.type() == FileType.DIRECTORY;
                String path = prefix + entry.name() + (isDirectory ? "/" : "");
                paths.add(path);
                if (isDirectory) {
                    directories.push(path);
                }
            }
        } catch (Refusal refusal) {
            throw problem(prefix, refusal);
        }
    }

    private DirectoryHandle directory(String path) throws IOException {
        if (path.isEmpty()) {
            return tree.open();
        }
        return at(path, false, DirectoryHandle::openDirectory);
    }

    /**
     * Copies a directory of the host in, without links and devices.
     *
     * @param host what to copy
     * @throws IOException when there is no room or a file cannot be read
     */
    public void copyIn(Path host) throws IOException {
        Files.walkFileTree(
                host,
                new SimpleFileVisitor<>() {
                    @Override
                    public FileVisitResult preVisitDirectory(
                            Path directory, BasicFileAttributes attributes) throws IOException {
                        if (!directory.equals(host)) {
                            createDirectory(below(host, directory));
                        }
                        return FileVisitResult.CONTINUE;
                    }

                    @Override
                    public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                            throws IOException {
                        if (attributes.isRegularFile()) {
                            copyFile(file, below(host, file));
                        }
                        return FileVisitResult.CONTINUE;
                    }
                });
    }

    private static String below(Path host, Path path) {
        List<String> names = new ArrayList<>();
        host.relativize(path).forEach(name -> names.add(name.toString()));
        return String.join("/", names);
    }

    private void copyFile(Path file, String path) throws IOException {
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            at(
                    path,
                    true,
                    (parent, name) -> {
                        try (FileHandle copy = parent.openFile(name, REPLACE)) {
                            byte[] buffer = new byte[COPY_BYTES];
                            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                                append(copy, buffer, n);
                            }
                        }
                        return name;
                    });
        }
    }

    private <T> T at(String path, boolean make, Use<T> use) throws IOException {
        DirectoryHandle current = tree.open();
        try {
            List<String> names = PathText.of(path).components();
            if (names.isEmpty() || names.contains(PathText.PARENT)) {
                throw Refusal.of(Errno.INVAL);
            }
            for (String name : names.subList(0, names.size() - 1)) {
                DirectoryHandle next = make ? made(current, name) : current.openDirectory(name);
                current.close();
                current = next;
            }
            return use.apply(current, names.get(names.size() - 1));
        } catch (Refusal refusal) {
            throw problem(path, refusal);
        } finally {
            current.close();
        }
    }

    private static DirectoryHandle made(DirectoryHandle parent, String name)
            throws Refusal, IOException {
        try {
            parent.createDirectory(name);
        } catch (Refusal refusal) {
            if (refusal.errno() != Errno.EXIST) {
                throw refusal;
            }
        }
        return parent.openDirectory(name);
    }

    private static IOException problem(String path, Refusal refusal) {
        return new IOException("`" + path + "` in memory: " + refusal.errno(), refusal);
    }
}
