package dev.cordon.cli;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.PluginErrorException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a request is answered with.
 *
 * @param status of HTTP
 * @param type what the body is
 * @param body its bytes
 * @param headers others
 */
record HttpAnswer(int status, String type, byte[] body, Map<String, String> headers) {
    static final int OK = 200;
    static final int ACCEPTED = 202;
    static final int BAD_REQUEST = 400;
    static final int UNAUTHORIZED = 401;
    static final int NOT_FOUND = 404;
    static final int WRONG_METHOD = 405;
    static final int TOO_LARGE = 413;
    static final int MISDIRECTED = 421;
    static final int BUSY = 429;
    static final int UNAVAILABLE = 503;

    private static final String JSON = "application/json";
    private static final String BYTES = "application/octet-stream";
    private static final String RETRY_AFTER = "Retry-After";

    /** What a plugin answered: bytes that nobody should take for a page. */
    static HttpAnswer bytes(byte[] body) {
        return new HttpAnswer(OK, BYTES, body, Map.of());
    }

    static HttpAnswer json(int status, JsonText.Content content) {
        byte[] body = (JsonText.object(content) + "\n").getBytes(StandardCharsets.UTF_8);
        return new HttpAnswer(status, JSON, body, Map.of());
    }

    /** A request that is turned away before it reaches a command. */
    static HttpAnswer refused(int status, String what, String help) {
        return error(status, ErrorCode.REQUEST_REFUSED, what, help);
    }

    /** What became of a command or an event instead. */
    static HttpAnswer of(CordonException failure) {
        String what =
                failure instanceof PluginErrorException answer ? answer.text() : failure.what();
        return error(HttpStatus.of(failure.code()), failure.code(), what, failure.help());
    }

    private static HttpAnswer error(int status, ErrorCode code, String what, String help) {
        return json(
                status,
                json -> {
                    json.writeStringField("code", code.id());
                    json.writeStringField("name", code.name());
                    json.writeStringField("error", what);
                    json.writeStringField("help", help);
                });
    }

    /** The same for a request that may be sent again. */
    HttpAnswer again(long seconds) {
        return with(RETRY_AFTER, Long.toString(seconds));
    }

    HttpAnswer with(String header, String value) {
        Map<String, String> more = new TreeMap<>(headers);
        more.put(header, value);
        return new HttpAnswer(status, type, body, more);
    }
}
