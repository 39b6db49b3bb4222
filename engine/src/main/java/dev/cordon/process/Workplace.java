package dev.cordon.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where one program runs: an empty directory that only this user can enter, and files for its
 * streams beside it.
 *
 * <p>Streams are files because a pipe stays open as long as anybody holds its other end, which may
 * be long after the program has ended.
 */
final class Workplace {
    private final Path root;
    private final Path stdin;
    private final Path stdout;
    private final Path stderr;
    private final Path directory;

    private Workplace(Path root) {
        this.root = root;
        this.stdin = root.resolve("stdin");
        this.stdout = root.resolve("stdout");
        this.stderr = root.resolve("stderr");
        this.directory = root.resolve("work");
    }

    static Workplace make(byte[] input) throws IOException {
        Workplace place = new Workplace(Files.createTempDirectory("cordon-exec"));
        try {
            Files.write(place.stdin, input);
            Files.createDirectory(place.directory);
            return place;
        } catch (IOException full) {
            place.remove();
            throw full;
        }
    }

    void furnish(ProcessBuilder program) {
        program.directory(directory.toFile())
                .redirectInput(stdin.toFile())
                .redirectOutput(stdout.toFile())
                .redirectError(stderr.toFile());
    }

    /** Whether the program wrote more to one of its streams. */
    boolean holdsMoreThan(int bytes) throws IOException {
        return Files.size(stdout) > bytes || Files.size(stderr) > bytes;
    }

    byte[] stdout(int most) throws IOException {
        return read(stdout, most);
    }

    byte[] stderr(int most) throws IOException {
        return read(stderr, most);
    }

    private static byte[] read(Path file, int most) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return in.readNBytes(most);
        }
    }

    /** Removes everything, never what a link leads to. */
    void remove() throws IOException {
        Files.walkFileTree(root, new Removal());
    }

    private static final class Removal extends SimpleFileVisitor<Path> {
        private static final Set<PosixFilePermission> OURS =
                PosixFilePermissions.fromString("rwx------");

        @Override
        public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes)
                throws IOException {
            Files.setPosixFilePermissions(directory, OURS);
            return FileVisitResult.CONTINUE;
        }

        /** A directory that its maker made unreadable is looked into all the same. */
        @Override
        public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
            if (!Files.isDirectory(file, LinkOption.NOFOLLOW_LINKS) || Files.isReadable(file)) {
                throw failure;
            }
            Files.setPosixFilePermissions(file, OURS);
            Files.walkFileTree(file, this);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
                throws IOException {
            Files.delete(file);
            return FileVisitResult.CONTINUE;
        }

        @Override
        public FileVisitResult postVisitDirectory(Path directory, @Nullable IOException failure)
                throws IOException {
            if (failure != null) {
                throw failure;
            }
            Files.delete(directory);
            return FileVisitResult.CONTINUE;
        }
    }
}
