package dev.cordon.wasi.fs;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import org.jspecify.annotations.Nullable;

/**
 * Directories of the host.
 *
 * <p>Everything below a root is reached through open directories and single names. Three ways, the
 * strongest that there is:
 *
 * <ul>
 *   <li>On Linux, a JVM of version 22 or newer that may call native functions uses those of the
 *       system. Nothing leaves the root and no thread waits for a pipe, whatever guests and other
 *       processes do at the same time.
 *   <li>Other JVMs on Linux, and those on macOS, use {@link SecureDirectoryStream}. The same holds,
 *       with what {@link SecureNames}, {@link SecureTimes} and {@link PatientOpening} say of
 *       processes outside that act at the same moment. New directories and links need a root that
 *       can be written and that its path still leads to, and the file system of the root.
 *   <li>Elsewhere, as on Windows, nothing would keep a guest inside, so nothing is opened.
 * </ul>
 */
public final class HostDirectories {
    private HostDirectories() {}

    /**
     * Opens a directory as the root of what a guest may reach.
     *
     * @param directory the embedder's own path; links in it are followed, once, now
     * @return a handle that the caller closes
     * @throws IOException when it is missing, is no directory, cannot be read, or when this system
     *     has no way to keep a guest inside
     */
    public static DirectoryHandle open(Path directory) throws IOException {
        Path real = realDirectory(directory);
        @Nullable DirectoryHandle open = NativeDirectories.open(real);
        return open == null ? secure(real) : open;
    }

    /** Opens without the system's own functions, whether or not they are there. */
    static DirectoryHandle secure(Path real) throws IOException {
        @Nullable SecureDirectoryStream<Path> stream = stream(real);
        if (stream == null) {
            throw new IOException(
                    "`"
                            + real
                            + "` cannot be opened for guests: this system has no handles of"
                            + " directories, so nothing would keep a guest inside");
        }
        return SecureDirectory.root(stream, real);
    }

    /** Opens what a path leads to now, or returns null when the system has no handles. */
    @SuppressWarnings("StreamResourceLeak") // the caller closes it
    static @Nullable SecureDirectoryStream<Path> stream(Path real) throws IOException {
        // The dot makes a pipe that has taken the directory's place an error instead of a wait.
        DirectoryStream<Path> stream = Files.newDirectoryStream(real.resolve("."));
        if (stream instanceof SecureDirectoryStream<Path> secure) {
            return secure;
        }
        stream.close();
        return null;
    }

    /** The directory that a path leads to. */
    static Path realDirectory(Path directory) throws IOException {
        if (!directory.getFileSystem().equals(FileSystems.getDefault())) {
            throw new IOException("`" + directory + "` is not a path of the host's file system");
        }
        if (!Files.exists(directory)) {
            throw new IOException("directory `" + directory + "` does not exist");
        }
        if (!Files.isDirectory(directory)) {
            throw new IOException("`" + directory + "` is not a directory");
        }
        return directory.toRealPath();
    }
}
