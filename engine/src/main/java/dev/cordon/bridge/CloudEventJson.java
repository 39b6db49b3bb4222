package dev.cordon.bridge;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/** Writes events as CloudEvents 1.0 JSON. */
final class CloudEventJson {
    /** Deepest nesting that a payload may have to be passed on as JSON, not as text. */
    private static final int MAX_DEPTH = 64;

    /** Room for the fields beside the payload. */
    private static final int HEAD_BYTES = 512;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(Event.MAX_PAYLOAD_BYTES)
                                    .maxNameLength(Event.MAX_PAYLOAD_BYTES)
                                    .maxNumberLength(Event.MAX_PAYLOAD_BYTES)
                                    .build())
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    private CloudEventJson() {}

    static byte[] write(Event event, byte[] payload) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(payload.length + HEAD_BYTES);
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartObject();
            json.writeStringField("specversion", "1.0");
            json.writeStringField("id", event.id());
            json.writeStringField("source", event.publisher().source());
            json.writeStringField("type", event.topic());
            json.writeStringField("time", event.time().toString());
            json.writeStringField("traceparent", event.trace().traceparent());
            data(json, payload);
            json.writeEndObject();
        } catch (IOException impossible) { // it is written to memory
            throw new UncheckedIOException(impossible);
        }
        return bytes.toByteArray();
    }

    private static void data(JsonGenerator json, byte[] payload) throws IOException {
        String text = utf8(payload);
        if (text == null) {
            json.writeStringField("datacontenttype", "application/octet-stream");
            json.writeStringField("data_base64", Base64.getEncoder().encodeToString(payload));
        } else if (isJson(text)) {
            json.writeStringField("datacontenttype", "application/json");
            json.writeFieldName("data");
            json.writeRawValue(text);
        } else {
            json.writeStringField("datacontenttype", "text/plain");
            json.writeStringField("data", text);
        }
    }

    private static @Nullable String utf8(byte[] payload) {
        try {
            return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(payload)).toString();
        } catch (CharacterCodingException binary) {
            return null;
        }
    }

    /** Whether the text is exactly one JSON value, so that it cannot close the document early. */
    private static boolean isJson(String text) throws IOException {
        try (JsonParser parser = JSON.createParser(text)) {
            if (parser.nextToken() == null) {
                return false;
            }
            parser.skipChildren();
            parser.finishToken();
            return parser.nextToken() == null;
        } catch (JsonProcessingException notJson) {
            return false;
        }
    }
}
