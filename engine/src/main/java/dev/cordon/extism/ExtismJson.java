package dev.cordon.extism;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.MalformedBundleException;
import dev.cordon.json.StrictJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** One object of an Extism manifest, read field by field; every complaint names the path. */
final class ExtismJson {
    private static final int MAX_SHOWN = 300;
    private static final int MAX_DEPTH = 8;

    private static final ObjectReader JSON =
            StrictJson.reader(
                    StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(20)
                            .maxStringLength(ExtismManifest.MAX_BYTES)
                            .build());

    /** How TOML begins after comments: with a key or a table. */
    private static final Pattern TOML =
            Pattern.compile("(?:\\s|#[^\n]*\n)*(?:[A-Za-z_]\\w*\\s*=|\\[\\[?\\s*[A-Za-z_])");

    private final String name;
    private final String path;
    private final JsonNode object;

    ExtismJson(String name, String path, JsonNode object, Set<String> known) {
        this.name = name;
        this.path = path;
        this.object = object;
        if (!object.isObject()) {
            throw wrong(path, "is not an object");
        }
        Iterator<String> fields = object.fieldNames();
        while (fields.hasNext()) {
            String field = fields.next();
            if (!known.contains(field)) {
                throw wrong(path, "has an unknown field `" + field + "`");
            }
        }
    }

    /** Reads a document. */
    static JsonNode read(String name, byte[] json) {
        try (JsonParser parser = JSON.createParser(json)) {
            JsonNode document = JSON.readTree(parser);
            if (document == null || document.isMissingNode()) {
                throw wrong(name, "$", "is empty");
            }
            return document;
        } catch (JsonProcessingException notJson) {
            throw wrong(
                    name,
                    "$",
                    isToml(json)
                            ? "looks like TOML, which is not read here: write it as JSON"
                            : "cannot be read as JSON: " + notJson.getOriginalMessage());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    private static boolean isToml(byte[] document) {
        int length = Math.min(document.length, MAX_SHOWN);
        return TOML.matcher(new String(document, 0, length, StandardCharsets.UTF_8)).lookingAt();
    }

    /** A field that is there and not null. */
    Optional<JsonNode> value(String field) {
        return Optional.ofNullable(object.get(field)).filter(node -> !node.isNull());
    }

    boolean has(String field) {
        return value(field).isPresent();
    }

    Optional<String> text(String field) {
        return value(field).map(node -> text(at(field), node));
    }

    Optional<Long> number(String field) {
        return value(field)
                .map(
                        node -> {
                            if (!node.canConvertToLong()
                                    || !node.isIntegralNumber()
                                    || node.longValue() < 0) {
                                throw wrong(at(field), "is not a whole number from 0 on");
                            }
                            return node.longValue();
                        });
    }

    List<String> list(String field) {
        Optional<JsonNode> node = value(field);
        List<String> texts = new ArrayList<>();
        if (node.isPresent()) {
            if (!node.get().isArray()) {
                throw wrong(at(field), "is not a list");
            }
            node.get().forEach(element -> texts.add(text(at(field), element)));
        }
        return texts;
    }

    /** An object whose values are texts, in its order. */
    Map<String, String> texts(String field) {
        Optional<JsonNode> node = value(field);
        Map<String, String> texts = new LinkedHashMap<>();
        if (node.isPresent()) {
            if (!node.get().isObject()) {
                throw wrong(at(field), "is not an object");
            }
            node.get()
                    .properties()
                    .forEach(entry -> texts.put(entry.getKey(), text(at(field), entry.getValue())));
        }
        return texts;
    }

    private String text(String where, JsonNode node) {
        if (!node.isTextual()) {
            throw wrong(where, "is not text");
        }
        return node.textValue();
    }

    private String at(String field) {
        return path + "." + field;
    }

    MalformedBundleException wrong(String where, String what) {
        return wrong(name, where, what);
    }

    private static MalformedBundleException wrong(String name, String where, String what) {
        return new MalformedBundleException(
                ErrorCode.MALFORMED_MANIFEST,
                GuestText.printable(name, MAX_SHOWN),
                GuestText.printable("Extism manifest: `" + where + "` " + what, MAX_SHOWN),
                "correct the manifest; docs/extism.md says which fields there are");
    }
}
