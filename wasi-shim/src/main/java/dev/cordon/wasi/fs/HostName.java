package dev.cordon.wasi.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Names of entries and texts of links, to and from what Java's file system takes.
 *
 * <p>A guest's names are UTF-8 whatever the locale of the JVM is. Java converts with the locale, so
 * all but ASCII goes through URIs, which carry bytes.
 */
final class HostName {
    /**
     * Begins what is being made and is not yet in its place; no guest sees or names such entries.
     */
    private static final String DRAFT = ".cordon-draft-";

    private static final int DRAFT_BYTES = 16;
    private static final SecureRandom RANDOM = new SecureRandom();
    private static final Path ROOT = Path.of("/");
    private static final String UNRESERVED =
            "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";

    private HostName() {}

    /**
     * The entry of a name that a guest says. The caller has split the guest's path already; here is
     * looked once more that it is one name, because everything rests on that.
     */
    static Path entry(String name) throws Refusal {
        check(name);
        return path(name);
    }

    /** Refuses what is not one name, or not a guest's. */
    static void check(String name) throws Refusal {
        if (name.isEmpty() || name.indexOf('/') >= 0 || name.equals(".") || name.equals("..")) {
            throw Refusal.of(Errno.PERM);
        }
        if (isDraft(name)) {
            throw Refusal.of(Errno.ACCES);
        }
    }

    /** A name that nobody else uses. */
    static Path draft() {
        byte[] random = new byte[DRAFT_BYTES];
        RANDOM.nextBytes(random);
        return Path.of(DRAFT + HexFormat.of().formatHex(random));
    }

    static boolean isDraft(String name) {
        return name.toLowerCase(Locale.ROOT).startsWith(DRAFT);
    }

    /** The path that consists of just these bytes. */
    static Path path(String text) throws Refusal {
        if (isAscii(text) && text.indexOf('\0') < 0) {
            return Path.of(text);
        }
        StringBuilder uri = new StringBuilder("file:///");
        for (byte next : bytes(text)) {
            append(uri, next);
        }
        Path absolute = Path.of(URI.create(uri.toString()));
        return text.startsWith("/") ? absolute : ROOT.relativize(absolute);
    }

    /** The bytes of a text, which has no zero and is well-formed. */
    static byte[] bytes(String text) throws Refusal {
        if (text.indexOf('\0') >= 0) {
            throw Refusal.of(Errno.INVAL);
        }
        try {
            ByteBuffer encoded = UTF_8.newEncoder().encode(CharBuffer.wrap(text));
            byte[] bytes = new byte[encoded.remaining()];
            encoded.get(bytes);
            return bytes;
        } catch (CharacterCodingException e) {
            throw Refusal.of(Errno.ILSEQ);
        }
    }

    /** What a path says, or null when it is not UTF-8. */
    static @Nullable String text(Path path) {
        String text = path.toString();
        if (isAscii(text)) {
            return text;
        }
        String uri = ROOT.resolve(path).toUri().getRawPath();
        byte[] bytes = new byte[uri.length()];
        int length = 0;
        for (int i = path.isAbsolute() ? 0 : 1; i < uri.length(); i++) {
            if (uri.charAt(i) == '%') {
                bytes[length++] = (byte) HexFormat.fromHexDigits(uri, i + 1, i + 3);
                i += 2;
            } else {
                bytes[length++] = (byte) uri.charAt(i);
            }
        }
        // A URI of a directory gets a slash, which no path ends with.
        if (length > 1 && bytes[length - 1] == '/') {
            length--;
        }
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes, 0, length)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static void append(StringBuilder uri, byte next) {
        if (next >= 0 && UNRESERVED.indexOf(next) >= 0) {
            uri.append((char) next);
        } else {
            uri.append('%').append(HexFormat.of().withUpperCase().toHexDigits(next));
        }
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }
}
