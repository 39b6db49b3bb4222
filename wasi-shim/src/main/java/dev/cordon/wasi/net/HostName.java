package dev.cordon.wasi.net;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names of hosts in the one spelling that rules and lookups compare. */
final class HostName {
    /** Longest name that the DNS has. */
    static final int MAX_CHARS = 253;

    private static final String LABEL = "[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?";
    private static final Pattern NAME = Pattern.compile(LABEL + "(\\." + LABEL + ")*");
    private static final Pattern NUMERIC_END = Pattern.compile("(.*\\.)?([0-9]+|0x[0-9a-f]*)");

    private HostName() {}

    /**
     * A name in lower case, without the dot at its end; null when it is no name.
     *
     * <p>A name whose last part is a number is none: some resolvers take {@code 127.1} and {@code
     * 0x7f000001} for addresses.
     */
    static @Nullable String parse(String text) {
        String name = text.toLowerCase(Locale.ROOT);
        if (name.endsWith(".")) {
            name = name.substring(0, name.length() - 1);
        }
        boolean good =
                name.length() <= MAX_CHARS
                        && NAME.matcher(name).matches()
                        && !NUMERIC_END.matcher(name).matches();
        return good ? name : null;
    }

    /** Whether a name means this machine wherever it is asked for. */
    static boolean isLoopback(String name) {
        return name.equals("localhost") || name.endsWith(".localhost");
    }
}
