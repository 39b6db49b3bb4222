package dev.cordon.http;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A header field.
 *
 * @param name a token
 * @param value visible ASCII, spaces and tabs
 */
record HttpField(String name, String value) {
    /** Most fields of a request. */
    static final int MAX_FIELDS = 64;

    /** Most characters of all names and values of a request. */
    static final int MAX_CHARS = 16 * 1024;

    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern VALUE = Pattern.compile("[\\t\\x20-\\x7e]*");

    /** What says where a message goes and where it ends; only the host says that. */
    private static final Set<String> OURS =
            Set.of(
                    "host",
                    "content-length",
                    "transfer-encoding",
                    "connection",
                    "keep-alive",
                    "proxy-connection",
                    "proxy-authorization",
                    "proxy-authenticate",
                    "te",
                    "trailer",
                    "upgrade",
                    "http2-settings",
                    "expect");

    /** What one origin must not learn about a guest's standing with another. */
    private static final Set<String> CREDENTIALS = Set.of("authorization", "cookie", "cookie2");

    private static final String CONTENT = "content-";

    /**
     * A field that a guest may send.
     *
     * @throws HttpProblem if it may not
     */
    static HttpField ofGuest(String name, String value) throws HttpProblem {
        if (!TOKEN.matcher(name).matches()) {
            throw HttpProblem.invalid("a header has a name that is no token");
        }
        if (!VALUE.matcher(value).matches()) {
            throw HttpProblem.invalid(
                    "the header `" + name + "` has characters that are not visible ASCII");
        }
        if (OURS.contains(name.toLowerCase(Locale.ROOT))) {
            throw HttpProblem.invalid("the header `" + name + "` is set by the host alone");
        }
        return new HttpField(name, value.strip());
    }

    static boolean isToken(String text) {
        return TOKEN.matcher(text).matches();
    }

    boolean isNamed(String lowerCase) {
        return name.toLowerCase(Locale.ROOT).equals(lowerCase);
    }

    /** Whether it must not be sent to another origin. */
    boolean isCredential() {
        return CREDENTIALS.contains(name.toLowerCase(Locale.ROOT));
    }

    /** Whether it describes a body, and goes with it. */
    boolean isAboutContent() {
        return name.toLowerCase(Locale.ROOT).startsWith(CONTENT);
    }
}
