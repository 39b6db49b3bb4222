package dev.cordon.runtime;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Keeps a cache folder from growing without end: entries that nobody used for long go, then those
 * that were used least recently until the rest fits.
 *
 * <p>An entry's time of modification says when it was last used. Several processes may sweep at
 * once: what another one removed is removed.
 */
final class CompileCacheSweep {
    /** How the names of entries end. */
    static final String ENTRY = ".code";

    /** How the names of files end that are being written. */
    static final String DRAFT = ".new";

    /** An entry that nobody used for as long is of a module or a JVM that is gone. */
    static final Duration MAX_AGE = Duration.ofDays(90);

    /** A draft as old is left over from a process that was stopped. */
    static final Duration MAX_DRAFT_AGE = Duration.ofHours(1);

    /** Uses closer together need not be told apart. */
    private static final Duration PRECISION = Duration.ofHours(1);

    private final Path folder;
    private final long maxBytes;

    /**
     * A sweep of one folder.
     *
     * @param folder where the entries are
     * @param maxBytes most bytes of all entries together
     */
    CompileCacheSweep(Path folder, long maxBytes) {
        this.folder = folder;
        this.maxBytes = maxBytes;
    }

    private record Entry(Path file, long bytes, Instant used) {}

    /** Takes note that an entry was used. */
    void used(Path file) throws IOException {
        Instant now = Instant.now();
        Instant known = Files.getLastModifiedTime(file).toInstant();
        if (known.isBefore(now.minus(PRECISION))) {
            Files.setLastModifiedTime(file, FileTime.from(now));
        }
    }

    /** Removes what is too old or too much. */
    void run() throws IOException {
        Instant now = Instant.now();
        List<Entry> kept = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                String name = String.valueOf(file.getFileName());
                if (name.endsWith(DRAFT)) {
                    removeOld(file, now.minus(MAX_DRAFT_AGE));
                } else if (name.endsWith(ENTRY) && !removeOld(file, now.minus(MAX_AGE))) {
                    BasicFileAttributes known = attributes(file);
                    kept.add(new Entry(file, known.size(), known.lastModifiedTime().toInstant()));
                }
            }
        }
        removeExcess(kept);
    }

    private static BasicFileAttributes attributes(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class);
    }

    private static boolean removeOld(Path file, Instant limit) throws IOException {
        if (attributes(file).lastModifiedTime().toInstant().isBefore(limit)) {
            Files.deleteIfExists(file);
            return true;
        }
        return false;
    }

    private void removeExcess(List<Entry> entries) throws IOException {
        long bytes = entries.stream().mapToLong(Entry::bytes).sum();
        entries.sort(Comparator.comparing(Entry::used));
        for (Entry entry : entries) {
            if (bytes <= maxBytes) {
                return;
            }
            Files.deleteIfExists(entry.file());
            bytes -= entry.bytes();
        }
    }
}
