package dev.cordon.scan.rule;

import dev.cordon.error.GuestText;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** Makes parts of messages of what strangers wrote. */
final class Shown {
    private static final int MAX_TEXT = 80;
    private static final int CLEAR_OF_A_SECRET = 4;

    private Shown() {}

    static String text(String text, int most) {
        return GuestText.printable(text, most);
    }

    /** A text in backticks. */
    static String quoted(String text) {
        return "`" + GuestText.printable(text, MAX_TEXT) + "`";
    }

    /** Bytes of a module as text in backticks. */
    static String quoted(byte[] module, int offset, int length) {
        int shown = Math.min(length, MAX_TEXT);
        String text = new String(module, offset, shown, StandardCharsets.ISO_8859_1);
        return "`" + GuestText.printable(text, MAX_TEXT) + (length > shown ? "…`" : "`");
    }

    /** The start of a secret, since reports travel further than plugins. */
    static String secret(byte[] module, int offset, int length) {
        int clear = Math.min(length, CLEAR_OF_A_SECRET);
        String text = new String(module, offset, clear, StandardCharsets.ISO_8859_1);
        return "`" + GuestText.printable(text, clear) + "…` (" + length + " characters)";
    }

    static String percent(long part, long whole) {
        return String.format(Locale.ROOT, "%d %%", 100 * part / Math.max(1, whole));
    }
}
