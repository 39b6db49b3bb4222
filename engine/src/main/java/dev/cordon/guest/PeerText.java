package dev.cordon.guest;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An end of a connection as people write it.
 *
 * @param scheme such as {@code tcp}
 * @param host a name or an address, without brackets
 * @param port 0 to 65,535
 */
record PeerText(String scheme, String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("([a-z]{1,8})://(\\[[0-9A-Fa-f:.]+]|[^\\[\\]/:@ ]+):([0-9]{1,5})");
    private static final int MAX_PORT = 65_535;

    /** Reads {@code scheme://host:port}; empty for anything else. */
    static Optional<PeerText> parse(String text) {
        Matcher parts = FORM.matcher(text);
        if (!parts.matches() || Integer.parseInt(parts.group(3)) > MAX_PORT) {
            return Optional.empty();
        }
        String host = parts.group(2);
        boolean bracketed = host.startsWith("[");
        String bare = bracketed ? host.substring(1, host.length() - 1) : host;
        return Optional.of(new PeerText(parts.group(1), bare, Integer.parseInt(parts.group(3))));
    }
}
