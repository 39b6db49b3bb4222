package dev.cordon.cli;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.regex.Pattern;

/** What whoever sends requests must know. */
final class BearerToken {
    private static final int RANDOM_BYTES = 32;
    private static final String SCHEME = "Bearer ";

    /** What RFC 6750 allows, and long enough not to be guessed. */
    private static final Pattern FORM = Pattern.compile("[A-Za-z0-9._~+/-]{16,512}=*");

    private final String text;

    private BearerToken(String text) {
        this.text = text;
    }

    /** A new one. */
    static BearerToken random() {
        byte[] bytes = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(bytes);
        return new BearerToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /**
     * The one in a file, without the end of its line.
     *
     * @throws dev.cordon.error.UsageException if it cannot be read or is none
     */
    static BearerToken read(Path file) {
        String text = new String(InputFile.read(file), StandardCharsets.UTF_8).strip();
        if (!FORM.matcher(text).matches()) {
            throw UsageProblem.of(
                    UsageProblem.quoted(file.toString()) + " holds no token",
                    "write one line of 16 to 512 letters, digits and `._~+/-`, at random");
        }
        return new BearerToken(text);
    }

    String text() {
        return text;
    }

    /** Whether exactly one header presents it; how long that takes tells nothing of it. */
    boolean isIn(List<String> headers) {
        if (headers.size() != 1 || !headers.get(0).startsWith(SCHEME)) {
            return false;
        }
        byte[] given = headers.get(0).substring(SCHEME.length()).getBytes(StandardCharsets.UTF_8);
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), given);
    }
}
