package dev.cordon.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** One JSON object of the host's policy file; what is unknown or of another type is an error. */
final class ConfigFields {
    private static final int MAX_SHOWN = 200;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
                    .build();

    private final Path file;
    private final String where;
    private final JsonNode object;

    private ConfigFields(Path file, String where, JsonNode object) {
        this.file = file;
        this.where = where;
        this.object = object;
        if (!object.isObject()) {
            throw unusable(where.isEmpty() ? "it is no JSON object" : quoted() + " is no object");
        }
    }

    /** The whole document of a file. */
    static ConfigFields read(Path file) {
        try {
            return new ConfigFields(file, "", JSON.readTree(InputFile.read(file)));
        } catch (JsonProcessingException notJson) {
            String why = GuestText.printable(notJson.getOriginalMessage(), MAX_SHOWN);
            throw unusable(file, why);
        } catch (IOException impossible) {
            throw new UncheckedIOException("a text in memory can be read", impossible);
        }
    }

    /** Refuses every field but these. */
    ConfigFields only(Set<String> known) {
        for (String name : names()) {
            if (!known.contains(name)) {
                String place = where.isEmpty() ? "it" : quoted();
                throw unusable(place + " has an unknown field " + UsageProblem.quoted(name));
            }
        }
        return this;
    }

    List<String> names() {
        List<String> names = new ArrayList<>();
        object.fieldNames().forEachRemaining(names::add);
        return names;
    }

    /** A field as it is written, to be compared with what it was; empty if it is not there. */
    String json(String name) {
        return object.path(name).toString();
    }

    boolean has(String name) {
        return object.has(name);
    }

    boolean isFlag(String name) {
        return object.path(name).isBoolean();
    }

    boolean isList(String name) {
        return object.path(name).isArray();
    }

    boolean isText(String name) {
        return object.path(name).isTextual();
    }

    /** The object in a field. */
    Optional<ConfigFields> object(String name) {
        return has(name)
                ? Optional.of(new ConfigFields(file, at(name), object.path(name)))
                : Optional.empty();
    }

    Optional<Boolean> flag(String name) {
        return value(name, JsonNode::isBoolean, "neither true nor false").map(JsonNode::asBoolean);
    }

    Optional<String> text(String name) {
        return value(name, JsonNode::isTextual, "no text").map(JsonNode::asText);
    }

    Optional<Integer> number(String name, int least, int most) {
        return value(
                        name,
                        node -> node.isInt() && node.asInt() >= least && node.asInt() <= most,
                        "no whole number from " + least + " to " + most)
                .map(JsonNode::asInt);
    }

    Optional<List<String>> texts(String name) {
        return value(name, ConfigFields::isTexts, "no list of texts")
                .map(
                        list -> {
                            List<String> texts = new ArrayList<>();
                            list.forEach(text -> texts.add(text.asText()));
                            return List.copyOf(texts);
                        });
    }

    private static boolean isTexts(JsonNode node) {
        if (!node.isArray()) {
            return false;
        }
        for (JsonNode each : node) {
            if (!each.isTextual()) {
                return false;
            }
        }
        return true;
    }

    /** An object of texts, in the file's order. */
    Optional<Map<String, String>> textMap(String name) {
        return object(name)
                .map(
                        fields -> {
                            Map<String, String> map = new LinkedHashMap<>();
                            fields.names()
                                    .forEach(key -> map.put(key, fields.text(key).orElseThrow()));
                            return map;
                        });
    }

    /** An object of texts or whole numbers, which are given as they are written. */
    Optional<Map<String, String>> quantities(String name) {
        return object(name)
                .map(
                        fields -> {
                            Map<String, String> map = new LinkedHashMap<>();
                            fields.names().forEach(key -> map.put(key, fields.quantity(key)));
                            return map;
                        });
    }

    private String quantity(String name) {
        return value(
                        name,
                        node -> node.isTextual() || node.isIntegralNumber(),
                        "neither a text nor a whole number")
                .orElseThrow()
                .asText();
    }

    /** A path, which starts at the file's folder. */
    Optional<Path> path(String name) {
        return text(name).map(text -> naming(name, () -> path(file, text)));
    }

    private static Path path(Path file, String text) {
        try {
            return beside(file, Path.of(text));
        } catch (InvalidPathException noPath) {
            throw UsageProblem.of(UsageProblem.quoted(text) + " is not a path", "name a path");
        }
    }

    /** A path as the file means it. */
    Path beside(Path path) {
        return beside(file, path);
    }

    private static Path beside(Path file, Path path) {
        Path folder = file.toAbsolutePath().getParent();
        return folder == null ? path : folder.resolve(path);
    }

    /** Has the errors of a value say where it stands. */
    <T> T naming(String name, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UsageException unusable) {
            throw new UsageException(
                    unusable.code(),
                    "cordon",
                    shown(file) + ": `" + at(name) + "`: " + unusable.what(),
                    unusable.help(),
                    unusable);
        }
    }

    private interface Test {
        boolean accepts(JsonNode node);
    }

    private Optional<JsonNode> value(String name, Test test, String otherwise) {
        if (!has(name)) {
            return Optional.empty();
        }
        JsonNode node = object.path(name);
        if (!test.accepts(node)) {
            throw unusable("`" + at(name) + "` is " + otherwise);
        }
        return Optional.of(node);
    }

    /** Which field something is, from the document's root. */
    String at(String name) {
        String shown = GuestText.printable(name, MAX_SHOWN);
        return where.isEmpty() ? shown : where + "." + shown;
    }

    private String quoted() {
        return "`" + where + "`";
    }

    /** An error about this object. */
    UsageException unusable(String why) {
        return unusable(file, why);
    }

    private static UsageException unusable(Path file, String why) {
        return UsageProblem.ofOption(
                "--config", file.toString(), why, "docs/serve.md describes the file");
    }

    private static String shown(Path file) {
        return UsageProblem.quoted(file.toString());
    }
}
