package dev.cordon.capability;

import java.util.List;
import java.util.stream.Stream;

/**
 * Which paths inside a granted directory a plugin may use. Immutable; {@link #allow} and {@link
 * #deny} return a copy.
 *
 * <p>A path may be used when an allow pattern matches it, or there is none, and no deny pattern
 * does: deny wins. What is matched is the path from the directory as it was resolved, behind every
 * symbolic link, never what the guest wrote. A pattern is components with a slash between each two:
 * {@code *} stands for any characters of one component, {@code ?} for one of them, {@code **} as a
 * whole component for any number of components. A pattern that matches a directory matches
 * everything below it too.
 *
 * @param allowed patterns of what may be used; empty for everything
 * @param denied patterns of what may not be used
 */
public record DirectoryRules(List<String> allowed, List<String> denied) {
    private static final DirectoryRules EVERYTHING = new DirectoryRules(List.of(), List.of());

    /** Copies the lists; the patterns are read when a plugin is loaded. */
    public DirectoryRules {
        allowed = List.copyOf(allowed);
        denied = List.copyOf(denied);
    }

    /**
     * No rules.
     *
     * @return rules under which every path may be used
     */
    public static DirectoryRules everything() {
        return EVERYTHING;
    }

    /**
     * Adds patterns of what may be used; the first of them means that nothing else may.
     *
     * @param patterns such as {@code reports/*.csv}
     * @return a copy
     */
    public DirectoryRules allow(String... patterns) {
        return new DirectoryRules(joined(allowed, patterns), denied);
    }

    /**
     * Adds patterns of what may not be used, whatever is allowed.
     *
     * @param patterns such as {@code .git}
     * @return a copy
     */
    public DirectoryRules deny(String... patterns) {
        return new DirectoryRules(allowed, joined(denied, patterns));
    }

    private static List<String> joined(List<String> known, String[] more) {
        return Stream.concat(known.stream(), Stream.of(more)).toList();
    }
}
