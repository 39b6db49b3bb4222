package dev.cordon.manifest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.MalformedBundleException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** One object of a JSON document, read field by field; every complaint names the path. */
final class JsonFields {
    private static final int MAX_SHOWN = 200;

    private final String plugin;
    private final String path;
    private final JsonNode object;

    JsonFields(String plugin, String path, JsonNode object, Set<String> known) {
        this.plugin = plugin;
        this.path = path;
        this.object = object;
        if (!object.isObject()) {
            throw wrong(path, "is not an object");
        }
        Iterator<String> names = object.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw wrong(
                        path,
                        "has an unknown field `" + GuestText.printable(name, MAX_SHOWN) + "`");
            }
        }
    }

    String required(String field) {
        return text(field).orElseThrow(() -> wrong(path, "lacks the field `" + field + "`"));
    }

    Optional<String> text(String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw wrong(at(field), "is not a string");
        }
        return Optional.of(value.textValue());
    }

    Optional<Long> number(String field) {
        JsonNode value = object.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong() || value.longValue() < 0) {
            throw wrong(at(field), "is not a whole number from 0 to " + Long.MAX_VALUE);
        }
        return Optional.of(value.longValue());
    }

    Optional<JsonNode> object(String field) {
        return Optional.ofNullable(object.get(field));
    }

    List<JsonNode> list(String field, int most) {
        JsonNode value = object.get(field);
        if (value == null) {
            return List.of();
        }
        if (!value.isArray()) {
            throw wrong(at(field), "is not a list");
        }
        if (value.size() > most) {
            throw wrong(at(field), "has more than " + most + " elements");
        }
        List<JsonNode> elements = new ArrayList<>();
        value.forEach(elements::add);
        return elements;
    }

    List<String> texts(String field, int most) {
        List<String> texts = new ArrayList<>();
        for (JsonNode element : list(field, most)) {
            if (!element.isTextual()) {
                throw wrong(at(field) + "[" + texts.size() + "]", "is not a string");
            }
            texts.add(element.textValue());
        }
        return texts;
    }

    String at(String field) {
        return path + "." + field;
    }

    MalformedBundleException wrong(String where, String what) {
        return wrong(plugin, where, what);
    }

    static MalformedBundleException wrong(String plugin, String where, String what) {
        return new MalformedBundleException(
                ErrorCode.MALFORMED_MANIFEST,
                plugin,
                "manifest: `" + where + "` " + what,
                "correct the manifest; the fields are listed in docs/embedding.md");
    }
}
