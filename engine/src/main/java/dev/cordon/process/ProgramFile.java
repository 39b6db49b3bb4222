package dev.cordon.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Set;

/**
 * Whether a file is a program that nobody but its owner can put another one in place of.
 *
 * <p>Only what the system itself can start counts: Java hands anything else to a shell.
 */
final class ProgramFile {
    private static final int OTHERS_WRITE = 0022;
    private static final int EVERYBODY_WRITES = 0002;
    private static final int STICKY = 01000;
    private static final int MAX_LINKS = 40;

    /** Enough of a file to see what it is: a script names its interpreter near its start. */
    private static final int HEAD_BYTES = 128;

    private static final int MAGIC_BYTES = 4;

    /** First bytes of programs for Linux and macOS, with either order of bytes. */
    private static final Set<String> MAGIC =
            Set.of("7f454c46", "cafebabe", "feedface", "feedfacf", "cefaedfe", "cffaedfe");

    private ProgramFile() {}

    /**
     * Looks at a program and every directory on the way to it.
     *
     * @param program an absolute path, which may lead over links
     * @return the file that it is
     */
    static Path check(Path program) throws RefusedProgramException {
        try {
            Path at = program;
            requireGuarded(parent(at));
            for (int links = 0; Files.isSymbolicLink(at); links++) {
                if (links == MAX_LINKS) {
                    throw new RefusedProgramException("it is a link without an end");
                }
                at = parent(at).toRealPath().resolve(Files.readSymbolicLink(at));
                requireGuarded(parent(at));
            }
            Path real = program.toRealPath();
            requireGuarded(parent(real));
            requireProgram(real);
            return real;
        } catch (IOException unreadable) {
            throw new RefusedProgramException("it cannot be found or read");
        }
    }

    private static Path parent(Path file) {
        Path parent = file.getParent();
        return parent == null ? file : parent;
    }

    private static void requireGuarded(Path directory) throws IOException, RefusedProgramException {
        Path real = directory.toRealPath();
        if ((mode(real) & EVERYBODY_WRITES) != 0) {
            throw new RefusedProgramException("everybody can write to its directory");
        }
        for (Path above = real.getParent(); above != null; above = above.getParent()) {
            int mode = mode(above);
            if ((mode & EVERYBODY_WRITES) != 0 && (mode & STICKY) == 0) {
                throw new RefusedProgramException("everybody can replace a directory above it");
            }
        }
    }

    private static void requireProgram(Path real) throws IOException, RefusedProgramException {
        if (!Files.isRegularFile(real) || !Files.isExecutable(real)) {
            throw new RefusedProgramException("it is not a file that can be executed");
        }
        if ((mode(real) & OTHERS_WRITE) != 0) {
            throw new RefusedProgramException("others than its owner can write to it");
        }
        byte[] head;
        try (InputStream in = Files.newInputStream(real)) {
            head = in.readNBytes(HEAD_BYTES);
        }
        if (!isBinary(head) && !isScript(head)) {
            throw new RefusedProgramException(
                    "it is neither a binary nor a script that names its interpreter");
        }
    }

    private static boolean isBinary(byte[] head) {
        return head.length >= MAGIC_BYTES
                && MAGIC.contains(HexFormat.of().formatHex(head, 0, MAGIC_BYTES));
    }

    private static boolean isScript(byte[] head) {
        if (head.length < 2 || head[0] != '#' || head[1] != '!') {
            return false;
        }
        int at = 2;
        while (at < head.length && (head[at] == ' ' || head[at] == '\t')) {
            at++;
        }
        return at < head.length && head[at] == '/';
    }

    private static int mode(Path file) throws IOException {
        return (Integer) Files.getAttribute(file, "unix:mode");
    }
}
