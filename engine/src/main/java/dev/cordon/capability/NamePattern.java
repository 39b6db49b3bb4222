package dev.cordon.capability;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import java.util.regex.Pattern;

/**
 * Which names of commands, topics or keys are meant. Immutable.
 *
 * <p>Names are parts joined by dots. In a pattern {@code *} stands for exactly one part, and {@code
 * **} at the end for one part or more; every other part stands for itself.
 *
 * @param text the pattern as written
 */
public record NamePattern(String text) {
    /** Longest name of a command or a topic, in characters. */
    public static final int MAX_LENGTH = 200;

    /** Longest pattern, in characters; keys of shared data are longer than other names. */
    public static final int MAX_PATTERN_LENGTH = 256;

    private static final int MAX_SHOWN = 100;
    private static final String ONE = "*";
    private static final String REST = "**";
    private static final Pattern FORM =
            Pattern.compile("(([A-Za-z0-9_-]+|\\*)\\.)*([A-Za-z0-9_-]+|\\*|\\*\\*)");

    /**
     * Checks the pattern.
     *
     * @throws UsageException if it is none
     */
    public NamePattern {
        if (!isPattern(text)) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "pattern",
                    "`" + GuestText.printable(text, MAX_SHOWN) + "` is not a pattern of names",
                    "join parts of letters, digits, `_` and `-` with dots; `*` stands for one part,"
                            + " `**` at the end for the rest");
        }
    }

    /**
     * Whether a text is a pattern.
     *
     * @param text any text
     * @return true for 1 to {@value #MAX_PATTERN_LENGTH} characters of that form
     */
    public static boolean isPattern(String text) {
        return text.length() <= MAX_PATTERN_LENGTH && FORM.matcher(text).matches();
    }

    /**
     * Whether a text is a name of a command or a topic.
     *
     * @param text any text
     * @return true for 1 to {@value #MAX_LENGTH} characters of parts joined by dots, each of
     *     letters, digits, {@code _} and {@code -}
     */
    public static boolean isName(String text) {
        return text.length() <= MAX_LENGTH && isParts(text);
    }

    /** By hand, since every command and every event is looked at. */
    private static boolean isParts(String text) {
        boolean inPart = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '.' ? !inPart : !isPartOf(c)) {
                return false;
            }
            inPart = c != '.';
        }
        return inPart;
    }

    private static boolean isPartOf(char c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || c == '_'
                || c == '-';
    }

    /** Whether a text is a pattern that stands for itself only, such as a key. */
    static boolean isExact(String text) {
        return text.length() <= MAX_PATTERN_LENGTH && isParts(text);
    }

    /**
     * Whether a name is meant.
     *
     * @param name a name without wildcards
     * @return true if the pattern covers it
     */
    public boolean matches(String name) {
        return covers(text, name);
    }

    /** The same for a pattern that was checked before; makes no objects. */
    static boolean covers(String pattern, String name) {
        int at = 0;
        int in = 0;
        while (true) {
            int patternEnd = end(pattern, at);
            if (is(REST, pattern, at, patternEnd)) {
                return true; // there is at least one part left, since `in` stands at its start
            }
            int nameEnd = end(name, in);
            if (!is(ONE, pattern, at, patternEnd)
                    && !same(pattern, at, patternEnd, name, in, nameEnd)) {
                return false;
            }
            if (patternEnd == pattern.length() || nameEnd == name.length()) {
                return patternEnd == pattern.length() && nameEnd == name.length();
            }
            at = patternEnd + 1;
            in = nameEnd + 1;
        }
    }

    private static int end(String text, int from) {
        int dot = text.indexOf('.', from);
        return dot < 0 ? text.length() : dot;
    }

    private static boolean is(String part, String pattern, int from, int to) {
        return same(part, 0, part.length(), pattern, from, to);
    }

    private static boolean same(String a, int from, int to, String b, int start, int end) {
        return to - from == end - start && a.regionMatches(from, b, start, to - from);
    }

    @Override
    public String toString() {
        return text;
    }
}
