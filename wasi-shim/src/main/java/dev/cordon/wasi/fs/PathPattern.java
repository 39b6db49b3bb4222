package dev.cordon.wasi.fs;

import java.text.Normalizer;
import java.util.BitSet;
import java.util.List;
import java.util.Locale;

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
    private final List<String> folded;

    private PathPattern(String text, List<String> components) {
        this.text = text;
        this.components = components;
        this.folded = components.stream().map(PathPattern::fold).toList();
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

    /** Whether it matches the path or a directory above it. */
    boolean covers(List<String> path) {
        return matches(components, path, true, false);
    }

    /**
     * The same, with upper and lower case and the ways to write an accent taken for equal, as some
     * file systems do.
     */
    boolean coversIgnoringCase(List<String> path) {
        return matches(folded, path.stream().map(PathPattern::fold).toList(), true, false);
    }

    /** Whether it can match anything below the path. */
    boolean leadsBelow(List<String> path) {
        return matches(components, path, false, true);
    }

    /*
     * Runs over the path once, with the set of places in the pattern that it can have come to, so
     * that no pattern takes more than the product of both lengths.
     */
    private static boolean matches(
            List<String> pattern, List<String> path, boolean above, boolean below) {
        int end = pattern.size();
        BitSet places = new BitSet(end + 1);
        places.set(0);
        passAnyDepth(pattern, places);
        for (String name : path) {
            if (above && places.get(end)) {
                return true;
            }
            BitSet next = new BitSet(end + 1);
            for (int at = places.nextSetBit(0);
                    at >= 0 && at < end;
                    at = places.nextSetBit(at + 1)) {
                if (pattern.get(at).equals(ANY_DEPTH)) {
                    next.set(at);
                } else if (matchesName(pattern.get(at), name)) {
                    next.set(at + 1);
                }
            }
            passAnyDepth(pattern, next);
            places = next;
        }
        return below ? places.nextSetBit(0) >= 0 : places.get(end);
    }

    private static void passAnyDepth(List<String> pattern, BitSet places) {
        for (int at = places.nextSetBit(0); at >= 0; at = places.nextSetBit(at + 1)) {
            if (at < pattern.size() && pattern.get(at).equals(ANY_DEPTH)) {
                places.set(at + 1);
            }
        }
    }

    /** Whether one component matches, going back to the last star only. */
    private static boolean matchesName(String pattern, String name) {
        int at = 0;
        int star = -1;
        int retry = 0;
        for (int i = 0; i < name.length(); ) {
            if (at < pattern.length() && pattern.charAt(at) == '*') {
                star = at++;
                retry = i;
            } else if (at < pattern.length() && pattern.charAt(at) == '?') {
                at++;
                i += Character.charCount(name.codePointAt(i));
            } else if (at < pattern.length() && pattern.charAt(at) == name.charAt(i)) {
                at++;
                i++;
            } else if (star >= 0) {
                at = star + 1;
                i = ++retry;
            } else {
                return false;
            }
        }
        while (at < pattern.length() && pattern.charAt(at) == '*') {
            at++;
        }
        return at == pattern.length();
    }

    private static String fold(String name) {
        String composed = Normalizer.normalize(name, Normalizer.Form.NFC);
        return composed.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT);
    }

    @Override
    public String toString() {
        return text;
    }
}
