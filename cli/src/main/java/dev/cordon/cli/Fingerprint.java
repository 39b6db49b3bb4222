package dev.cordon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.Optional;

/**
 * What tells one state of a file, and of what belongs to it, from another without reading it:
 * sizes, times and identities. Links are followed, since mounts that are replaced as a whole
 * consist of them.
 *
 * @param stats one for each file; those that are not there are left out
 */
record Fingerprint(List<Stat> stats) {
    /** What the file system says about one file. */
    record Stat(String name, long size, FileTime modified, Optional<Object> key) {}

    /** The state of these files now. */
    static Fingerprint of(List<Path> files) {
        return new Fingerprint(
                files.stream().map(Fingerprint::stat).flatMap(Optional::stream).toList());
    }

    /** Empty if it is not there, or cannot be read, which loading it will say. */
    private static Optional<Stat> stat(Path file) {
        try {
            BasicFileAttributes is = Files.readAttributes(file, BasicFileAttributes.class);
            return Optional.of(
                    new Stat(
                            file.toString(),
                            is.size(),
                            is.lastModifiedTime(),
                            Optional.ofNullable(is.fileKey())));
        } catch (IOException absent) {
            return Optional.empty();
        }
    }

    /** Whether the last change was before a time. */
    boolean isOlderThan(FileTime time) {
        return stats.stream().allMatch(stat -> stat.modified().compareTo(time) < 0);
    }
}
