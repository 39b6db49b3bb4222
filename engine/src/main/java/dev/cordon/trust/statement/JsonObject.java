package dev.cordon.trust.statement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.json.StrictJson;
import dev.cordon.trust.crypto.Rejection;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One object of a JSON document, read field by field; what is unknown is refused. */
public final class JsonObject {
    private static final int MAX_DEPTH = 12;
    private static final int MAX_ELEMENTS = 10_000;
    private static final int MAX_STRING = 512 * 1024;
    private static final int MAX_SHOWN = 120;

    private static final ObjectReader JSON =
            StrictJson.reader(
                    StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(20)
                            .maxStringLength(MAX_STRING)
                            .build());

    private final String path;
    private final JsonNode node;

    private JsonObject(String path, JsonNode node) {
        this.path = path;
        this.node = node;
        if (!node.isObject()) {
            throw wrong("is not an object");
        }
    }

    /**
     * Reads a document.
     *
     * @param json UTF-8
     * @param what it is, for messages
     * @return its only object
     * @throws Rejection if it is no JSON, or something else than an object
     */
    public static JsonObject read(byte[] json, String what) {
        try {
            JsonNode node = JSON.readTree(json);
            return new JsonObject(what, node);
        } catch (JsonProcessingException notJson) {
            String why = GuestText.printable(notJson.getOriginalMessage(), MAX_SHOWN);
            throw new Rejection(ErrorCode.MALFORMED_SIGNATURE, what + " cannot be read: " + why);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    /**
     * Refuses fields that nobody would look at, since their writer believes that they count.
     *
     * @param names all that may be there
     * @return this
     */
    public JsonObject knows(String... names) {
        Set<String> known = Set.of(names);
        node.fieldNames()
                .forEachRemaining(
                        name -> {
                            if (!known.contains(name)) {
                                String shown = GuestText.printable(name, MAX_SHOWN);
                                throw wrong("has an unknown field `" + shown + "`");
                            }
                        });
        return this;
    }

    /**
     * A text that has to be there.
     *
     * @param field its name
     * @return the text
     */
    public String required(String field) {
        return text(field).orElseThrow(() -> wrong("lacks the field `" + field + "`"));
    }

    /**
     * A text.
     *
     * @param field its name
     * @return empty if it is not there
     */
    public Optional<String> text(String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(field, "is not a string");
        }
        return Optional.of(value.textValue());
    }

    /**
     * A whole number from 0 on.
     *
     * @param field its name
     * @return empty if it is not there
     */
    public Optional<Long> number(String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw wrong(field, "is not a whole number from 0 to " + Long.MAX_VALUE);
        }
        return Optional.of(value.longValue());
    }

    /**
     * Yes or no.
     *
     * @param field its name
     * @param usual what holds if it is not there
     * @return the value
     */
    public boolean flag(String field, boolean usual) {
        JsonNode value = node.get(field);
        if (value == null) {
            return usual;
        }
        if (!value.isBoolean()) {
            throw wrong(field, "is neither true nor false");
        }
        return value.booleanValue();
    }

    /**
     * A time.
     *
     * @param field its name
     * @return empty if it is not there
     */
    public Optional<Instant> time(String field) {
        return text(field)
                .map(
                        text -> {
                            try {
                                return Instant.parse(text);
                            } catch (DateTimeParseException notOne) {
                                throw wrong(field, "is not a time like `2026-01-31T12:00:00Z`");
                            }
                        });
    }

    /**
     * A list of texts.
     *
     * @param field its name
     * @return empty if it is not there
     */
    public List<String> texts(String field) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list(field)) {
            if (!element.isTextual()) {
                throw wrong(field + "[" + texts.size() + "]", "is not a string");
            }
            texts.add(element.textValue());
        }
        return List.copyOf(texts);
    }

    /**
     * A list of objects.
     *
     * @param field its name
     * @return empty if it is not there
     */
    public List<JsonObject> objects(String field) {
        List<JsonObject> objects = new ArrayList<>();
        for (JsonNode element : list(field)) {
            objects.add(new JsonObject(path + "." + field + "[" + objects.size() + "]", element));
        }
        return List.copyOf(objects);
    }

    private List<JsonNode> list(String field) {
        JsonNode value = node.get(field);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray() || value.size() > MAX_ELEMENTS) {
            throw wrong(field, "is not a list of at most " + MAX_ELEMENTS + " elements");
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return elements;
    }

    /**
     * An object inside.
     *
     * @param field its name
     * @return empty if it is not there
     */
    public Optional<JsonObject> object(String field) {
        JsonNode value = node.get(field);
        return value == null
                ? Optional.empty()
                : Optional.of(new JsonObject(path + "." + field, value));
    }

    /**
     * The objects inside, by their names, which are free.
     *
     * @return in the order of the document
     */
    public Map<String, JsonObject> members() {
        Map<String, JsonObject> members = new LinkedHashMap<>();
        node.fieldNames()
                .forEachRemaining(
                        name ->
                                members.put(
                                        name,
                                        new JsonObject(
                                                path + "." + GuestText.printable(name, MAX_SHOWN),
                                                node.get(name))));
        return members;
    }

    /**
     * The names of all fields.
     *
     * @return in the order of the document
     */
    public List<String> names() {
        List<String> names = new ArrayList<>();
        node.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /**
     * Complains about a field.
     *
     * @param field its name
     * @param what is wrong with it
     * @return the refusal to throw
     */
    public Rejection wrong(String field, String what) {
        return new Rejection(ErrorCode.MALFORMED_SIGNATURE, "`" + path + "." + field + "` " + what);
    }

    private Rejection wrong(String what) {
        return new Rejection(ErrorCode.MALFORMED_SIGNATURE, "`" + path + "` " + what);
    }
}
