package dev.cordon.cli;

import dev.cordon.error.UsageException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Where requests are taken. */
final class HttpAddress {
    static final String DEFAULT = "127.0.0.1:7070";

    private static final String OPTION = "--http";
    private static final String NONE = "none";
    private static final int MAX_PORT = 65_535;
    private static final Pattern FORM =
            Pattern.compile("(127(?:\\.[0-9]{1,3}){3}|localhost|\\[::1\\]):([0-9]{1,5})");

    private HttpAddress() {}

    /**
     * Reads {@code ADDRESS:PORT}; only this machine may be meant, since a token is not encrypted.
     *
     * @return empty for {@code none}
     */
    static Optional<InetSocketAddress> parse(String text) {
        if (text.equals(NONE)) {
            return Optional.empty();
        }
        Matcher form = FORM.matcher(text);
        if (!form.matches() || Integer.parseInt(form.group(2)) > MAX_PORT) {
            throw unusable(text);
        }
        try {
            InetAddress address = InetAddress.getByName(form.group(1));
            if (!address.isLoopbackAddress()) {
                throw unusable(text);
            }
            return Optional.of(new InetSocketAddress(address, Integer.parseInt(form.group(2))));
        } catch (UnknownHostException unusable) {
            throw unusable(text);
        }
    }

    private static UsageException unusable(String text) {
        return UsageProblem.ofOption(
                OPTION,
                text,
                "it is not an address of this machine alone",
                "write it like `"
                        + DEFAULT
                        + "`, or `none`; for other machines put a proxy with TLS in front");
    }
}
