package dev.cordon.wasi;

import dev.cordon.wasi.fs.AccessRules;
import dev.cordon.wasi.fs.PathPattern;
import java.util.ArrayList;
import java.util.List;

/**
 * Which paths inside a preopen a guest may use. Immutable; {@link #allow} and {@link #deny} return
 * a copy.
 *
 * <p>A path may be used when an allow pattern matches it, or there is none, and no deny pattern
 * does: deny wins. What is matched is the path from the root of the preopen as it was resolved,
 * behind every symbolic link, never what the guest wrote. A pattern is components with a slash
 * between each two: {@code *} stands for any characters of one component, {@code ?} for one of
 * them, {@code **} as a whole component for any number of components, and everything else for
 * itself. A pattern that matches a directory matches everything below it too. Allow patterns are
 * exact; deny patterns ignore case and Unicode form, since some file systems do.
 */
public final class PathRules {
    private static final PathRules EVERYTHING = new PathRules(AccessRules.NONE);

    private final AccessRules rules;

    private PathRules(AccessRules rules) {
        this.rules = rules;
    }

    /**
     * No rules.
     *
     * @return rules under which every path may be used
     */
    public static PathRules everything() {
        return EVERYTHING;
    }

    /**
     * Adds patterns of what may be used; the first of them means that nothing else may.
     *
     * @param patterns such as {@code reports/**}
     * @return a copy with these
     * @throws IllegalArgumentException when a pattern is malformed
     */
    public PathRules allow(String... patterns) {
        return new PathRules(new AccessRules(joined(rules.allow(), patterns), rules.deny()));
    }

    /**
     * Adds patterns of what may not be used, whatever is allowed.
     *
     * @param patterns such as {@code **}{@code /.git}
     * @return a copy with these
     * @throws IllegalArgumentException when a pattern is malformed
     */
    public PathRules deny(String... patterns) {
        return new PathRules(new AccessRules(rules.allow(), joined(rules.deny(), patterns)));
    }

    /**
     * Whether a path may be used.
     *
     * @param path its components, from the root of the preopen, behind every link
     * @return what the rules say; looks at no file
     */
    public boolean allows(List<String> path) {
        return rules.decide(List.copyOf(path), path.isEmpty()).allowed();
    }

    AccessRules rules() {
        return rules;
    }

    private static List<PathPattern> joined(List<PathPattern> known, String[] more) {
        List<PathPattern> all = new ArrayList<>(known);
        for (String pattern : more) {
            all.add(PathPattern.of(pattern));
        }
        return all;
    }

    @Override
    public String toString() {
        return "allow " + rules.allow() + ", deny " + rules.deny();
    }
}
