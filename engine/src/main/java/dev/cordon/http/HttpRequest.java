package dev.cordon.http;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a guest asks for. Immutable, but for the body, which nobody changes.
 *
 * @param method a token
 * @param target where
 * @param fields header fields that a guest may send
 * @param body empty for none
 */
public record HttpRequest(String method, HttpTarget target, List<HttpField> fields, byte[] body) {
    /** Largest body of a request. */
    public static final int MAX_BODY_BYTES = 16 << 20;

    /** Largest JSON of a request. */
    public static final int MAX_JSON_BYTES = 64 * 1024;

    private static final byte[] NO_BODY = {};
    private static final int MAX_METHOD = 32;

    /** One opens a tunnel, the other shows what proxies added. */
    private static final Set<String> REFUSED = Set.of("CONNECT", "TRACE");

    private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
    private static final int SEE_OTHER = 303;
    private static final Set<Integer> KEEPING = Set.of(307, 308);
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, SEE_OTHER, 307, 308);

    /** Copies the list. */
    public HttpRequest {
        fields = List.copyOf(fields);
    }

    /**
     * Reads a request.
     *
     * @param json the object {@code {"method", "url", "headers"}}
     * @param body empty for none
     * @return the request
     * @throws HttpProblem if it is none that a guest may send
     */
    public static HttpRequest read(byte[] json, byte[] body) throws HttpProblem {
        return RequestJson.read(json, body);
    }

    /** Whether a guest may use a method; it is in upper case. */
    static boolean isMethod(String method) {
        return method.length() <= MAX_METHOD
                && HttpField.isToken(method)
                && !REFUSED.contains(method);
    }

    /** Whether the length of the body is said even if there is none. */
    boolean saysLength() {
        return body.length > 0 || WITH_BODY.contains(method);
    }

    static boolean isRedirect(int status) {
        return REDIRECTS.contains(status);
    }

    /**
     * The request that a redirect asks for: a POST becomes a GET where everybody does that, and
     * after 303 everything but HEAD; credentials stay with the origin that they are for.
     */
    HttpRequest redirected(int status, HttpTarget next) {
        boolean asGet =
                !KEEPING.contains(status)
                        && (method.equals("POST")
                                || (status == SEE_OTHER && !method.equals("HEAD")));
        boolean sameOrigin = next.hasOriginOf(target);
        List<HttpField> kept = new ArrayList<>();
        for (HttpField field : fields) {
            if ((sameOrigin || !field.isCredential()) && (!asGet || !field.isAboutContent())) {
                kept.add(field);
            }
        }
        return new HttpRequest(asGet ? "GET" : method, next, kept, asGet ? NO_BODY : body);
    }
}
