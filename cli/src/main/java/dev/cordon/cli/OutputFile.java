package dev.cordon.cli;

import dev.cordon.error.UsageException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Set;

/** Writes files whole or not at all. */
final class OutputFile {
    private OutputFile() {}

    /** Replaces a file, or makes it. */
    static void replace(Path file, byte[] content) {
        try {
            Path folder = file.toAbsolutePath().getParent();
            Path draft = Files.createTempFile(folder, ".cordon", ".new");
            try {
                Files.write(draft, content);
                if (Files.exists(file) && isPosix()) {
                    Files.setPosixFilePermissions(draft, Files.getPosixFilePermissions(file));
                } else if (isPosix()) {
                    Files.setPosixFilePermissions(
                            draft, PosixFilePermissions.fromString("rw-r--r--"));
                }
                Files.move(
                        draft,
                        file,
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(draft);
            }
        } catch (IOException unwritable) {
            throw unwritable(file, unwritable);
        }
    }

    /** Makes a file that only its owner may read; there must be none of this name. */
    static void createSecret(Path file, String content) {
        FileAttribute<?>[] ownerOnly =
                isPosix()
                        ? new FileAttribute<?>[] {
                            PosixFilePermissions.asFileAttribute(
                                    PosixFilePermissions.fromString("rw-------"))
                        }
                        : new FileAttribute<?>[0];
        try {
            Files.createFile(file, ownerOnly);
            if (!isPosix()) {
                restrict(file);
            }
            // Written only once nobody else can read it.
            Files.write(file, content.getBytes(StandardCharsets.UTF_8), StandardOpenOption.WRITE);
        } catch (IOException unwritable) {
            throw unwritable(file, unwritable);
        }
    }

    /** Makes a file; there must be none of this name. */
    static void create(Path file, String content) {
        try {
            Files.writeString(file, content, StandardOpenOption.CREATE_NEW);
        } catch (IOException unwritable) {
            throw unwritable(file, unwritable);
        }
    }

    private static void restrict(Path file) throws IOException {
        java.io.File plain = file.toFile();
        boolean closed = plain.setReadable(false, false) && plain.setWritable(false, false);
        if (!closed || !plain.setReadable(true, true) || !plain.setWritable(true, true)) {
            throw new IOException("its permissions cannot be restricted to its owner");
        }
    }

    private static boolean isPosix() {
        Set<String> views = FileSystems.getDefault().supportedFileAttributeViews();
        return views.contains("posix");
    }

    private static UsageException unwritable(Path file, IOException why) {
        String shown = UsageProblem.quoted(file.toString());
        return why instanceof FileAlreadyExistsException
                ? UsageProblem.of(
                        shown + " exists already", "choose another name; keys are never replaced")
                : UsageProblem.of(
                        shown + " cannot be written: " + why.getClass().getSimpleName(),
                        "name a place where this process may write");
    }
}
