package dev.cordon.capability;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.util.regex.Pattern;

/**
 * Stands for dot-separated names: {@code *} is one whole part, {@code **} at the end is one part or
 * more. Immutable.
 *
 * @param text the pattern as written, such as {@code order.*}
 */
public record NamePattern(String text) {
    /** Longest pattern accepted; names are far shorter. */
    private static final int MAX_LENGTH = 4_096;

    private static final String ONE = "*";
    private static final String REST = "**";
    private static final Pattern FORM =
            Pattern.compile("(([A-Za-z0-9_-]+|\\*)\\.)*([A-Za-z0-9_-]+|\\*\\*?)");

    /**
     * Checks the pattern.
     *
     * @throws UsageException if it is none
     */
    public NamePattern {
        if (text.length() > MAX_LENGTH || !FORM.matcher(text).matches()) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "pattern",
                    "a pattern of names cannot be used",
                    "write parts of letters, digits, `_` and `-` with a dot between each two; `*`"
                            + " for one whole part, `**` at the end for the rest");
        }
    }

    /**
     * Whether the pattern stands for a name.
     *
     * @param name any text
     * @return true if each part of it is matched
     */
    public boolean matches(String name) {
        return matches(text, name);
    }

    /** The same for a pattern that was checked elsewhere; makes no objects. */
    static boolean matches(String pattern, String name) {
        int at = 0;
        int in = 0;
        while (true) {
            int end = partEnd(pattern, at);
            int nameEnd = partEnd(name, in);
            if (isPart(pattern, at, end, REST)) {
                return true;
            }
            if (!isPart(pattern, at, end, ONE) && !same(pattern, at, end, name, in, nameEnd)) {
                return false;
            }
            if (end == pattern.length() || nameEnd == name.length()) {
                return end == pattern.length() && nameEnd == name.length();
            }
            at = end + 1;
            in = nameEnd + 1;
        }
    }

    private static int partEnd(String text, int from) {
        int dot = text.indexOf('.', from);
        return dot < 0 ? text.length() : dot;
    }

    private static boolean isPart(String text, int from, int to, String part) {
        return to - from == part.length() && text.startsWith(part, from);
    }

    private static boolean same(String a, int from, int to, String b, int start, int end) {
        return to - from == end - start && a.regionMatches(from, b, start, to - from);
    }

    @Override
    public String toString() {
        return text;
    }
}
