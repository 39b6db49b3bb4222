package dev.cordon.cli;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A folder of plugins that is looked at again and again. Belongs to one thread.
 *
 * <p>Looking is preferred to being told: it works on every file system, and on mounts whose
 * contents are replaced from another machine.
 */
final class PluginFolder {
    /** How long a file must not have changed before it is read. */
    static final long REST_MILLIS = 500;

    private static final String MODULE = ".wasm";
    private static final String EXTISM = ".extism.json";
    private static final List<String> SIGNATURES = List.of(".p7s", ".minisig");

    private final Path folder;
    private final Map<Path, Known> known = new HashMap<>();

    /** What was seen of a file, and since when. */
    private record Known(Fingerprint print, long sinceNanos) {}

    /**
     * A file that is there.
     *
     * @param file the module or the Extism manifest
     * @param extism whether it is a manifest
     * @param print its state, with what lies beside it
     * @param atRest whether it is not being written
     */
    record Entry(Path file, boolean extism, Fingerprint print, boolean atRest) {
        String name() {
            return String.valueOf(file.getFileName());
        }

        /** Whether the files are still in the state that was seen. */
        boolean unchanged() {
            return printOf(file, extism).equals(print);
        }
    }

    PluginFolder(Path folder) {
        this.folder = folder;
    }

    Path path() {
        return folder;
    }

    /**
     * Looks once.
     *
     * @return what is there, by name; empty if the folder cannot be looked into
     */
    Optional<List<Entry>> look() {
        List<Path> files = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(folder)) {
            for (Path file : all) {
                if (isPlugin(file)) {
                    files.add(file);
                }
            }
        } catch (IOException | DirectoryIteratorException unreadable) {
            return Optional.empty();
        }
        files.sort(Comparator.comparing(Path::toString));
        known.keySet().retainAll(files);
        return Optional.of(files.stream().map(this::entry).toList());
    }

    /** Hidden files are what copying tools write to before they rename. */
    private static boolean isPlugin(Path file) {
        String name = String.valueOf(file.getFileName());
        return !name.startsWith(".")
                && (name.endsWith(MODULE) || name.endsWith(EXTISM))
                && Files.isRegularFile(file);
    }

    private Entry entry(Path file) {
        boolean extism = file.toString().endsWith(EXTISM);
        Fingerprint print = printOf(file, extism);
        long now = System.nanoTime();
        Known before = known.get(file);
        Known current =
                before != null && before.print().equals(print) ? before : new Known(print, now);
        known.put(file, current);
        FileTime restedSince = FileTime.from(Instant.now().minusMillis(REST_MILLIS));
        boolean atRest =
                now - current.sinceNanos() >= REST_MILLIS * 1_000_000
                        || print.isOlderThan(restedSince);
        return new Entry(file, extism, print, atRest);
    }

    private static Fingerprint printOf(Path file, boolean extism) {
        List<Path> files = new ArrayList<>();
        files.add(file);
        if (!extism) {
            String name = String.valueOf(file.getFileName());
            String stem = name.substring(0, name.length() - MODULE.length());
            files.add(file.resolveSibling(stem + ".cordon.json"));
            SIGNATURES.forEach(suffix -> files.add(file.resolveSibling(name + suffix)));
        }
        return Fingerprint.of(files);
    }
}
