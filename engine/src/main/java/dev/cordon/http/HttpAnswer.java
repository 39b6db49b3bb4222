package dev.cordon.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a server answered, after redirects.
 *
 * @param status 200 to 999
 * @param url where it came from in the end
 * @param fields names in lower case; of a name that came several times, the values in order with a
 *     comma between
 * @param body as it came, so perhaps compressed
 */
public record HttpAnswer(int status, String url, Map<String, String> fields, byte[] body) {
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * The head for a guest.
     *
     * @return JSON {@code {"status", "url", "headers"}} in UTF-8
     */
    public byte[] head() {
        Map<String, Object> head = new LinkedHashMap<>();
        head.put("status", status);
        head.put("url", url);
        head.put("headers", fields);
        return json(head);
    }

    /**
     * The header fields for a guest.
     *
     * @return a JSON object in UTF-8
     */
    public byte[] headers() {
        return json(fields);
    }

    private static byte[] json(Map<String, ?> object) {
        try {
            return JSON.writeValueAsString(object).getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("texts and numbers can always be written", impossible);
        }
    }
}
