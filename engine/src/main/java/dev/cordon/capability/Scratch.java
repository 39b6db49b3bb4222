package dev.cordon.capability;

import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory in memory that a plugin may write to and that nothing else sees.
 *
 * <p>Every call of a plugin with fresh state gets one of its own, which is gone when the call ends;
 * a plugin that keeps its state keeps its files too. The quota of disk and files bounds each.
 *
 * @param guest the path that the guest knows it by
 * @param source a directory of the host whose files it starts with, copied when the plugin is
 *     loaded, without links and devices; empty for an empty directory
 */
public record Scratch(String guest, Optional<Path> source) {
    /**
     * An empty directory.
     *
     * @param guest the path that the guest knows it by, such as {@code /tmp}
     * @return the description of it
     */
    public static Scratch empty(String guest) {
        return new Scratch(guest, Optional.empty());
    }

    /**
     * A directory that starts with files of the host, which stay as they are.
     *
     * @param source what to copy
     * @param guest the path that the guest knows it by
     * @return the description of it
     */
    public static Scratch copyOf(Path source, String guest) {
        return new Scratch(guest, Optional.of(source));
    }
}
