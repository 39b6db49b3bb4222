package dev.cordon.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes one JSON object on one line. */
final class JsonText {
    private JsonText() {}

    /** What goes between the braces. */
    interface Content {
        void write(JsonGenerator json) throws IOException;
    }

    /**
     * The object.
     *
     * @param content writes its fields
     * @return ASCII only: names that strangers chose keep their meaning and cannot turn a terminal
     */
    static String object(Content content) {
        JsonFactory factory =
                JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();
        StringWriter text = new StringWriter();
        try (JsonGenerator json = factory.createGenerator(text)) {
            json.writeStartObject();
            content.write(json);
            json.writeEndObject();
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory takes everything", impossible);
        }
        return text.toString();
    }

    /** Writes a field that is a list of texts. */
    static void texts(JsonGenerator json, String name, List<String> texts) throws IOException {
        json.writeArrayFieldStart(name);
        for (String text : texts) {
            json.writeString(text);
        }
        json.writeEndArray();
    }
}
