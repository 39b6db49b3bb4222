package dev.cordon.wasi.audit;

/** Text of a guest, made fit for a log: no controls, no reordering, no line of its own. */
final class PrintableText {
    private static final String CUT = "\u2026";

    private PrintableText() {}

    /** The text with what is not printable written as {@code \}{@code u{hex}}, cut at a length. */
    static String of(String text, int mostChars) {
        if (text.length() <= mostChars && text.codePoints().allMatch(PrintableText::isPrintable)) {
            return text;
        }
        StringBuilder printable = new StringBuilder();
        for (int at = 0; at < text.length(); ) {
            int point = text.codePointAt(at);
            String shown = isPrintable(point) ? Character.toString(point) : escaped(point);
            if (printable.length() + shown.length() + CUT.length() > mostChars) {
                return printable.append(CUT).toString();
            }
            printable.append(shown);
            at += Character.charCount(point);
        }
        return printable.toString();
    }

    private static String escaped(int point) {
        return "\\u{" + Integer.toHexString(point) + "}";
    }

    private static boolean isPrintable(int point) {
        return switch (Character.getType(point)) {
            case Character.CONTROL,
                    Character.FORMAT,
                    Character.SURROGATE,
                    Character.PRIVATE_USE,
                    Character.UNASSIGNED,
                    Character.LINE_SEPARATOR,
                    Character.PARAGRAPH_SEPARATOR ->
                    false;
            default -> true;
        };
    }
}
