package dev.cordon.wasi.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Addresses as text, without the generosity of C: {@code 127.1}, {@code 0x7f000001} and {@code
 * 010.0.0.1} are no addresses here, because two readers may disagree on what they mean.
 */
final class AddressText {
    private static final String OCTET = "(25[0-5]|2[0-4][0-9]|1[0-9][0-9]|[1-9]?[0-9])";
    private static final Pattern FOUR = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern SIX = Pattern.compile("[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*");

    private AddressText() {}

    /** The address that the text is, or null when it is none. Never asks a name server. */
    static @Nullable InetAddress parse(String text) {
        if (!FOUR.matcher(text).matches() && !SIX.matcher(text).matches()) {
            return null;
        }
        try {
            // With a colon, or four plain numbers, the JDK parses and never looks up.
            return InetAddress.getByName(text);
        } catch (UnknownHostException e) {
            return null;
        }
    }

    /** An address that this library writes itself. */
    static InetAddress literal(String text) {
        InetAddress address = parse(text);
        if (address == null) {
            throw new IllegalArgumentException("`" + text + "` is not an address");
        }
        return address;
    }
}
