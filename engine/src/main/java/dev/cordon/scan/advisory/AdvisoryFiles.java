package dev.cordon.scan.advisory;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files of an advisory database, all of them into memory and within bounds. Names in an
 * archive are shown, never opened.
 */
final class AdvisoryFiles {
    /** Largest advisory accepted. */
    static final int MAX_FILE_BYTES = 4 * 1024 * 1024;

    /** Most bytes of all advisories together, inflated. */
    static final long MAX_TOTAL_BYTES = 256L * 1024 * 1024;

    /** Most files or entries, advisories or not. */
    static final int MAX_FILES = 250_000;

    /** Deepest folder below the database's own. */
    private static final int MAX_DEPTH = 16;

    private static final String SUFFIX = ".json";
    private static final int MAX_SHOWN = 200;

    private final Path source;
    private final Each each;
    private final long mostBytes;
    private long bytes;
    private int files;

    private AdvisoryFiles(Path source, Each each, long mostBytes) {
        this.source = source;
        this.each = each;
        this.mostBytes = mostBytes;
    }

    /** What is done with each file. */
    interface Each {
        void take(byte[] json) throws MalformedAdvisoryException;
    }

    static void read(Path source, long mostBytes, Each each) {
        new AdvisoryFiles(source, each, mostBytes).read();
    }

    private void read() {
        try {
            if (Files.isDirectory(source)) {
                folder();
            } else if (!Files.exists(source)) {
                throw new NoSuchFileException(source.toString());
            } else if (!Files.isRegularFile(source)) {
                throw unusable("it is neither a folder nor a file", null);
            } else if (source.toString().endsWith(SUFFIX)) {
                one(source);
            } else {
                archive();
            }
        } catch (NoSuchFileException missing) {
            throw unusable("`" + shown(missing.getFile()) + "` does not exist", missing);
        } catch (IOException broken) {
            throw unusable(
                    "it cannot be read: " + shown(String.valueOf(broken.getMessage())), broken);
        }
    }

    private void folder() throws IOException {
        List<Path> found;
        try (Stream<Path> all = Files.walk(source, MAX_DEPTH)) { // follows no links below it
            found =
                    all.filter(it -> it.toString().endsWith(SUFFIX))
                            .filter(it -> Files.isRegularFile(it, LinkOption.NOFOLLOW_LINKS))
                            .limit(MAX_FILES + 1L)
                            .sorted()
                            .toList();
        } catch (java.io.UncheckedIOException unreadable) {
            throw unreadable.getCause();
        }
        for (Path file : found) {
            one(file);
        }
    }

    private void one(Path file) throws IOException {
        count();
        try (InputStream in = Files.newInputStream(file)) {
            take(in, file.toString());
        }
    }

    private void archive() throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(source));
                ZipInputStream zip = new ZipInputStream(in)) {
            ZipEntry entry = zip.getNextEntry();
            if (entry == null) {
                throw unusable("it is neither a zip archive nor a folder", null);
            }
            for (; entry != null; entry = zip.getNextEntry()) {
                count();
                if (!entry.isDirectory() && entry.getName().endsWith(SUFFIX)) {
                    take(zip, entry.getName());
                } else {
                    passOver(zip);
                }
            }
        } catch (IllegalArgumentException badName) {
            throw new IOException("a name in it is no text", badName);
        }
    }

    private void count() {
        if (++files > MAX_FILES) {
            throw unusable("it has more than " + MAX_FILES + " files", null);
        }
    }

    private void take(InputStream in, String name) throws IOException {
        byte[] json = in.readNBytes(MAX_FILE_BYTES + 1);
        if (json.length > MAX_FILE_BYTES) {
            throw unusable(quoted(name) + " has more than " + MAX_FILE_BYTES + " bytes", null);
        }
        add(json.length);
        try {
            each.take(json);
        } catch (MalformedAdvisoryException e) {
            throw unusable(quoted(name) + ": " + e.getMessage(), e);
        }
    }

    /** An archive inflates what is skipped too, so that counts as well. */
    private void passOver(InputStream in) throws IOException {
        byte[] chunk = new byte[64 * 1024];
        for (int count = in.read(chunk); count >= 0; count = in.read(chunk)) {
            add(count);
        }
    }

    private void add(int count) {
        bytes += count;
        if (bytes > mostBytes) {
            throw unusable("it has more than " + mostBytes + " bytes, inflated", null);
        }
    }

    private UsageException unusable(String what, @Nullable Exception why) {
        return new UsageException(
                ErrorCode.USAGE,
                "scan",
                "the advisories in " + quoted(source.toString()) + " cannot be used: " + what,
                "name a folder or a zip archive of OSV files, as docs/scan.md says",
                why);
    }

    private static String quoted(String name) {
        return "`" + shown(name) + "`";
    }

    private static String shown(String text) {
        return GuestText.printable(text, MAX_SHOWN);
    }
}
