package dev.cordon.http;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.cordon.json.StrictJson;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** Reads the JSON of a request, strictly: a field that is unknown or of another type is refused. */
final class RequestJson {
    private static final int MAX_DEPTH = 4;
    private static final Set<String> FIELDS = Set.of("method", "url", "headers");

    private static final ObjectReader JSON =
            StrictJson.reader(
                    StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(20)
                            .maxStringLength(HttpRequest.MAX_JSON_BYTES)
                            .build());

    private RequestJson() {}

    static HttpRequest read(byte[] json, byte[] body) throws HttpProblem {
        if (json.length > HttpRequest.MAX_JSON_BYTES || body.length > HttpRequest.MAX_BODY_BYTES) {
            throw new HttpProblem(HttpProblem.Kind.TOO_LARGE, "the request is too large");
        }
        JsonNode document = document(json);
        for (Map.Entry<String, JsonNode> field : document.properties()) {
            if (!FIELDS.contains(field.getKey())) {
                throw HttpProblem.invalid("the request has a field that is not known");
            }
        }
        JsonNode url = document.get("url");
        if (url == null || !url.isTextual()) {
            throw HttpProblem.invalid("the request has no text `url`");
        }
        HttpTarget target = HttpTarget.parse(url.textValue());
        return new HttpRequest(method(document), target, fields(document), body);
    }

    private static JsonNode document(byte[] json) throws HttpProblem {
        try (JsonParser parser = JSON.createParser(json)) {
            JsonNode document = JSON.readTree(parser);
            if (document != null && document.isObject()) {
                return document;
            }
            throw HttpProblem.invalid("the request is not a JSON object");
        } catch (JsonProcessingException notJson) {
            throw HttpProblem.invalid("the request cannot be read as JSON");
        } catch (CharConversionException notUtf8) {
            throw HttpProblem.invalid("the request is not UTF-8");
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static String method(JsonNode document) throws HttpProblem {
        JsonNode node = document.get("method");
        if (node == null || node.isNull()) {
            return "GET";
        }
        String method = node.isTextual() ? node.textValue().toUpperCase(Locale.ROOT) : "";
        if (!HttpRequest.isMethod(method)) {
            throw HttpProblem.invalid("the request has a `method` that a plugin cannot use");
        }
        return method;
    }

    private static List<HttpField> fields(JsonNode document) throws HttpProblem {
        List<HttpField> fields = new ArrayList<>();
        JsonNode node = document.get("headers");
        if (node == null || node.isNull()) {
            return fields;
        }
        if (!node.isObject() || node.size() > HttpField.MAX_FIELDS) {
            throw HttpProblem.invalid(
                    "`headers` is not an object of at most " + HttpField.MAX_FIELDS + " texts");
        }
        Set<String> names = new HashSet<>();
        int chars = 0;
        for (Map.Entry<String, JsonNode> header : node.properties()) {
            if (!header.getValue().isTextual()) {
                throw HttpProblem.invalid("a value in `headers` is not a text");
            }
            HttpField field = HttpField.ofGuest(header.getKey(), header.getValue().textValue());
            chars += field.name().length() + field.value().length();
            if (!names.add(field.name().toLowerCase(Locale.ROOT)) || chars > HttpField.MAX_CHARS) {
                throw HttpProblem.invalid("`headers` has a name twice, or is too long");
            }
            fields.add(field);
        }
        return fields;
    }
}
