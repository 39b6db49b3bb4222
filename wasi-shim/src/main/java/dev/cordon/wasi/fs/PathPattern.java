package dev.cordon.wasi.fs;

import java.util.List;

/**
 * A pattern of paths, such as {@code reports/**} or {@code *.log}. Immutable.
 *
 * <p>Paths are matched component by component, from the root of the preopen:
 *
 * <ul>
 *   <li>{@code *} stands for any number of characters within one component, also none
 *   <li>{@code ?} stands for one character of a component
 *   <li>{@code **}, as a whole component, stands for any number of components, also none
 *   <li>every other character stands for itself; there is no way to escape one, so a name with a
 *       {@code *} or a {@code ?} in it is only matched by patterns that match more than it
 * </ul>
 *
 * <p>A pattern that matches a directory matches everything below it too.
 */
public final class PathPattern {
    /** Longest pattern, in characters. */
    public static final int MAX_CHARS = 4096;

    /** Most components of a pattern. */
    public static final int MAX_COMPONENTS = 64;

    private static final String ANY_DEPTH = "**";

    private final String text;
    private final List<String> components;

    private PathPattern(String text, List<String> components) {
        this.text = text;
        this.components = components;
    }

    /**
     * Reads a pattern.
     *
     * @param text components with a slash between each two; no slash at either end
     * @return the pattern
     * @throws IllegalArgumentException when it is empty or too long, has an empty component, a
     *     component {@code .} or {@code ..}, a {@code **} beside other characters, or a zero
     *     character
     */
    public static PathPattern of(String text) {
        if (text.length() > MAX_CHARS) {
            throw malformed(text.substring(0, 40), "is longer than " + MAX_CHARS + " characters");
        }
        List<String> components = List.of(text.split("/", -1));
        if (components.size() > MAX_COMPONENTS) {
            throw malformed(text, "has more than " + MAX_COMPONENTS + " components");
        }
        components.forEach(component -> check(text, component));
        return new PathPattern(text, components);
    }

    private static void check(String text, String component) {
        if (component.isEmpty()) {
            throw malformed(text, "has an empty component; write `reports/2024`, without a slash");
        }
        if (component.equals(".") || component.equals("..")) {
            throw malformed(text, "has a component `" + component + "`");
        }
        if (component.contains(ANY_DEPTH) && !component.equals(ANY_DEPTH)) {
            throw malformed(text, "has `**` beside other characters of a component");
        }
        if (component.indexOf('\0') >= 0) {
            throw malformed(text.replace('\0', '?'), "has a zero character");
        }
    }

    private static IllegalArgumentException malformed(String text, String why) {
        return new IllegalArgumentException("pattern `" + text + "` " + why);
    }

    /**
     * The components, as they were written.
     *
     * @return at least one
     */
    List<String> components() {
        return components;
    }

    @Override
    public String toString() {
        return text;
    }
}
