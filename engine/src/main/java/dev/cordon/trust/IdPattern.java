package dev.cordon.trust;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import java.util.regex.Pattern;

/** Which plugins somebody speaks for: an id, an id's beginning and {@code .*}, or {@code *}. */
final class IdPattern {
    private static final Pattern FORM = Pattern.compile("\\*|[a-z0-9]+([.-][a-z0-9]+)*(\\.\\*)?");
    private static final String REST = ".*";

    private IdPattern() {}

    static String checked(String pattern) {
        if (!FORM.matcher(pattern).matches()) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "cordon",
                    "`" + GuestText.printable(pattern, 200) + "` is no pattern of plugin ids",
                    "write an id, `acme.*` for all that start with `acme.`, or `*`");
        }
        return pattern;
    }

    static boolean matches(String pattern, String id) {
        if (pattern.equals("*")) {
            return true;
        }
        return pattern.endsWith(REST)
                ? id.startsWith(pattern.substring(0, pattern.length() - 1))
                : id.equals(pattern);
    }
}
