package dev.cordon.error;

/** Makes text that came from a guest or a stranger's file safe to print. */
public final class GuestText {
    private static final String CUT = "…";

    private GuestText() {}

    /**
     * Shows control, direction-changing and other invisible characters as a backslash and {@code
     * u{hex}}, so that text cannot forge lines, move a terminal's cursor or reorder what is read.
     *
     * @param text any text, also with unpaired surrogates
     * @param maxLength the most characters of {@code text} to show; a longer text ends with an
     *     ellipsis
     * @return printable text on one line
     */
    public static String printable(String text, int maxLength) {
        StringBuilder out = new StringBuilder(Math.min(text.length(), maxLength) + 8);
        int at = 0;
        while (at < text.length()) {
            int point = text.codePointAt(at);
            int next = at + Character.charCount(point);
            if (next > maxLength) {
                return out.append(CUT).toString();
            }
            append(out, point);
            at = next;
        }
        return out.toString();
    }

    private static void append(StringBuilder out, int point) {
        if (visible(point)) {
            out.appendCodePoint(point);
        } else {
            out.append("\\u{").append(Integer.toHexString(point)).append('}');
        }
    }

    private static boolean visible(int point) {
        if (point == ' ') {
            return true;
        }
        switch (Character.getType(point)) {
            case Character.CONTROL:
            case Character.FORMAT:
            case Character.SURROGATE:
            case Character.PRIVATE_USE:
            case Character.UNASSIGNED:
            case Character.LINE_SEPARATOR:
            case Character.PARAGRAPH_SEPARATOR:
            case Character.SPACE_SEPARATOR:
                return false;
            default:
                return true;
        }
    }
}
