package dev.cordon.scan.sbom;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.cordon.error.GuestText;
import java.io.IOException;

/** Reads a JSON document token by token, so that it costs no more memory than what is kept. */
final class JsonStream {
    /** Deepest nesting: components inside components are rare and shallow. */
    private static final int MAX_DEPTH = 100;

    /** Longest string kept: names and versions are short, while licence texts are skipped over. */
    private static final int MAX_STRING = 2 * 1024 * 1024;

    private static final int MAX_KEPT = 4_096;
    private static final int MAX_SHOWN = 200;

    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(MAX_DEPTH)
                                    .maxStringLength(MAX_STRING)
                                    .build())
                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                    .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                    .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
                    .build();

    private final JsonParser parser;

    private JsonStream(JsonParser parser) {
        this.parser = parser;
    }

    /** What is done with the fields of an object. */
    interface Field {
        void read(String name) throws IOException, MalformedSbomException;
    }

    /** What is done with a whole document. */
    interface Document {
        void read(JsonStream json) throws IOException, MalformedSbomException;
    }

    static void read(byte[] bytes, Document document) throws MalformedSbomException {
        try (JsonParser parser = JSON.createParser(bytes)) {
            parser.nextToken();
            document.read(new JsonStream(parser));
            if (parser.nextToken() != null) {
                throw new MalformedSbomException("something follows its end");
            }
        } catch (JsonProcessingException e) {
            String why = GuestText.printable(e.getOriginalMessage(), MAX_SHOWN);
            throw new MalformedSbomException("it is no JSON: " + why);
        } catch (IOException e) {
            String why = GuestText.printable(String.valueOf(e.getMessage()), MAX_SHOWN);
            throw new MalformedSbomException("it cannot be read: " + why);
        }
    }

    /** Reads an object field by field; each must take its value or {@link #skip} it. */
    void object(Field field) throws IOException, MalformedSbomException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw new MalformedSbomException("it holds something else where an object belongs");
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            field.read(name);
        }
    }

    /** Reads a list element by element; what is no list is skipped. */
    void list(Element element) throws IOException, MalformedSbomException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            parser.skipChildren();
            return;
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            element.read();
        }
    }

    /** What is done with the elements of a list. */
    interface Element {
        void read() throws IOException, MalformedSbomException;
    }

    /** The text of a value, empty if it is no text. */
    String text() throws IOException, MalformedSbomException {
        if (parser.currentToken() != JsonToken.VALUE_STRING) {
            parser.skipChildren();
            return "";
        }
        String text = parser.getText();
        if (text.length() > MAX_KEPT) {
            throw new MalformedSbomException("a name in it is longer than " + MAX_KEPT);
        }
        return text;
    }

    /** Whether a value is true. */
    boolean truth() throws IOException {
        boolean truth = parser.currentToken() == JsonToken.VALUE_TRUE;
        parser.skipChildren();
        return truth;
    }

    /** A whole number from 0, or -1 if the value is none. */
    int index() throws IOException {
        if (parser.currentToken() != JsonToken.VALUE_NUMBER_INT) {
            parser.skipChildren();
            return -1;
        }
        return parser.getNumberType() == JsonParser.NumberType.INT ? parser.getIntValue() : -1;
    }

    boolean atObject() {
        return parser.currentToken() == JsonToken.START_OBJECT;
    }

    void skip() throws IOException {
        parser.skipChildren();
    }
}
