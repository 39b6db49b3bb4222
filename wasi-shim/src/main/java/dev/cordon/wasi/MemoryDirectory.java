package dev.cordon.wasi;

import dev.cordon.wasi.fs.DirectoryHandle;
import dev.cordon.wasi.fs.MemoryContent;
import dev.cordon.wasi.fs.MemoryTree;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Files in memory, for guests that need none of the host's. Thread-safe; any number of preopens and
 * sessions may share it.
 */
public final class MemoryDirectory {
    private final MemoryTree tree;

    private MemoryDirectory(MemoryTree tree) {
        this.tree = tree;
    }

    /**
     * An empty directory.
     *
     * @param capacityBytes most bytes of content, names and bookkeeping
     * @param maxFiles most files, directories and links
     * @return a directory with nothing in it
     * @throws IllegalArgumentException when a number is negative
     */
    public static MemoryDirectory create(long capacityBytes, long maxFiles) {
        if (capacityBytes < 0 || maxFiles < 0) {
            throw new IllegalArgumentException("a capacity is negative");
        }
        return new MemoryDirectory(MemoryTree.create(capacityBytes, maxFiles));
    }

    /**
     * Writes a file, making the directories above it; replaces the content of one that is there.
     *
     * @param path components with a slash between each two, no links
     * @param content the whole content; copied
     * @throws IOException when there is no room, or the path leads through a file or a link
     */
    public void write(String path, byte[] content) throws IOException {
        MemoryContent.of(tree).write(path, content);
    }

    /**
     * Reads a file.
     *
     * @param path components with a slash between each two, no links
     * @return its whole content
     * @throws IOException when there is none, or it is larger than an array
     */
    public byte[] read(String path) throws IOException {
        return MemoryContent.of(tree).read(path);
    }

    /**
     * Makes a directory, and those above it.
     *
     * @param path components with a slash between each two, no links
     * @throws IOException when there is no room, or the path leads through a file or a link
     */
    public void createDirectory(String path) throws IOException {
        MemoryContent.of(tree).createDirectory(path);
    }

    /**
     * Lists every file below this directory.
     *
     * @return paths in the order of their names; directories with a slash at the end
     * @throws IOException when a directory was removed meanwhile
     */
    public List<String> list() throws IOException {
        return MemoryContent.of(tree).list();
    }

    /**
     * Copies a directory of the host in, with everything below it but links and devices, which are
     * left out.
     *
     * @param hostDirectory what to copy
     * @throws IOException when there is no room or a file cannot be read; some files may be there
     */
    public void copyIn(Path hostDirectory) throws IOException {
        MemoryContent.of(tree).copyIn(hostDirectory);
    }

    /**
     * How much of the capacity is taken.
     *
     * @return bytes of content, names and bookkeeping
     */
    public long usedBytes() {
        return tree.used();
    }

    DirectoryHandle open() {
        return tree.open();
    }
}
