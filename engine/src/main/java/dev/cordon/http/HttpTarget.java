package dev.cordon.http;

import dev.cordon.wasi.Egress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * Where a request goes. Read strictly: what two readers may understand differently is refused.
 *
 * @param secure whether by https
 * @param host a name in lower case, or an address without brackets
 * @param port 1 to 65535
 * @param path with the query, beginning with a slash
 */
record HttpTarget(boolean secure, String host, int port, String path) {
    /** Longest URL accepted. */
    static final int MAX_CHARS = 8 * 1024;

    private static final int HTTP_PORT = 80;
    private static final int HTTPS_PORT = 443;
    private static final int MAX_PORT = 65_535;
    private static final Pattern PLAIN = Pattern.compile("[\\x21-\\x7e&&[^\\\\]]*");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,5}");
    private static final String SEPARATOR = "://";

    /**
     * Reads a URL; its fragment is left out.
     *
     * @throws HttpProblem if it is none that a guest may ask for
     */
    static HttpTarget parse(String url) throws HttpProblem {
        if (url.length() > MAX_CHARS) {
            throw HttpProblem.invalid("the URL is longer than " + MAX_CHARS + " characters");
        }
        if (!PLAIN.matcher(url).matches()) {
            throw HttpProblem.invalid("the URL has characters that have to be escaped");
        }
        int split = url.indexOf(SEPARATOR);
        String scheme = split < 0 ? "" : url.substring(0, split).toLowerCase(Locale.ROOT);
        if (!scheme.equals("http") && !scheme.equals("https")) {
            throw HttpProblem.invalid("the URL does not begin with http:// or https://");
        }
        String rest = url.substring(split + SEPARATOR.length());
        int end = endOfAuthority(rest);
        boolean secure = scheme.equals("https");
        return of(secure, rest.substring(0, end), path(rest.substring(end)));
    }

    private static int endOfAuthority(String rest) {
        int end = 0;
        while (end < rest.length() && "/?#".indexOf(rest.charAt(end)) < 0) {
            end++;
        }
        return end;
    }

    private static String path(String text) {
        int fragment = text.indexOf('#');
        String path = fragment < 0 ? text : text.substring(0, fragment);
        return path.startsWith("/") ? path : "/" + path;
    }

    private static HttpTarget of(boolean secure, String authority, String path) throws HttpProblem {
        if (authority.indexOf('@') >= 0) {
            throw HttpProblem.invalid("the URL has a user name in it");
        }
        boolean bracketed = authority.startsWith("[");
        int hostEnd = bracketed ? authority.indexOf(']') + 1 : authority.indexOf(':');
        if (bracketed && hostEnd == 0) {
            throw HttpProblem.invalid("the URL has an address whose bracket is not closed");
        }
        hostEnd = hostEnd < 0 ? authority.length() : hostEnd;
        String text = authority.substring(0, hostEnd);
        String host = Egress.host(bracketed ? text.substring(1, text.length() - 1) : text);
        if (host == null || bracketed != (text.indexOf(':') >= 0)) {
            throw HttpProblem.invalid("the URL has a host that is neither a name nor an address");
        }
        return new HttpTarget(secure, host, port(secure, authority.substring(hostEnd)), path);
    }

    private static int port(boolean secure, String text) throws HttpProblem {
        if (text.isEmpty()) {
            return secure ? HTTPS_PORT : HTTP_PORT;
        }
        if (text.startsWith(":") && DIGITS.matcher(text.substring(1)).matches()) {
            int port = Integer.parseInt(text.substring(1));
            if (port >= 1 && port <= MAX_PORT) {
                return port;
            }
        }
        throw HttpProblem.invalid("the URL has a port that is not from 1 to 65535");
    }

    /**
     * Where a redirect leads.
     *
     * @throws HttpProblem if that is no URL, or gives up TLS
     */
    HttpTarget redirected(String location) throws HttpProblem {
        HttpTarget next;
        try {
            next = parse(resolved(location));
        } catch (HttpProblem unusable) {
            throw HttpProblem.failed("a redirect cannot be followed: " + unusable.what());
        }
        if (secure && !next.secure) {
            throw HttpProblem.failed("a redirect leads from https to http");
        }
        return next;
    }

    private String resolved(String location) throws HttpProblem {
        if (location.isEmpty() || location.startsWith("#")) {
            return url();
        }
        if (location.startsWith("?")) {
            int query = path.indexOf('?');
            return origin() + (query < 0 ? path : path.substring(0, query)) + location;
        }
        try {
            return new URI(url()).resolve(new URI(location)).toString();
        } catch (URISyntaxException | IllegalArgumentException malformed) {
            throw HttpProblem.invalid("it is no URL");
        }
    }

    boolean hasOriginOf(HttpTarget other) {
        return secure == other.secure && port == other.port && host.equals(other.host);
    }

    /** What the field Host says. */
    String authority() {
        String shown = host.indexOf(':') >= 0 ? "[" + host + "]" : host;
        return port == (secure ? HTTPS_PORT : HTTP_PORT) ? shown : shown + ":" + port;
    }

    private String origin() {
        return (secure ? "https://" : "http://") + authority();
    }

    String url() {
        return origin() + path;
    }
}
