package dev.cordon.scan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import dev.cordon.json.StrictJson;
import java.io.IOException;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Reads files of suppressions, strictly: a field that nobody reads would be believed to narrow a
 * suppression down.
 */
public final class SuppressionReader {
    /** Largest file accepted. */
    public static final int MAX_BYTES = 1024 * 1024;

    private static final int MAX_DEPTH = 8;
    private static final int MAX_SHOWN = 200;
    private static final Set<String> FIELDS =
            Set.of(
                    "rule",
                    "justification",
                    "digest",
                    "function",
                    "advisory",
                    "fingerprint",
                    "expires");

    private static final ObjectReader JSON =
            StrictJson.reader(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build());

    private SuppressionReader() {}

    static List<Suppression> read(byte[] json) {
        JsonNode list = tree(json).path("suppressions");
        if (!list.isArray()) {
            throw unusable("`$.suppressions` is not a list");
        }
        List<Suppression> suppressions = new ArrayList<>();
        for (JsonNode element : list) {
            suppressions.add(suppression(element, "$.suppressions[" + suppressions.size() + "]"));
        }
        return suppressions;
    }

    private static JsonNode tree(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw unusable("it is larger than " + MAX_BYTES + " bytes");
        }
        try {
            JsonNode document = JSON.readTree(json);
            requireKnown(document, Set.of("suppressions"), "$");
            return document;
        } catch (JsonProcessingException notJson) {
            String why = GuestText.printable(notJson.getOriginalMessage(), MAX_SHOWN);
            throw unusable("it cannot be read: " + why);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    private static Suppression suppression(JsonNode element, String path) {
        requireKnown(element, FIELDS, path);
        String id = text(element, "rule", path).orElseThrow(() -> lacks(path, "rule"));
        ScanRule rule =
                ScanRule.of(id)
                        .orElseThrow(
                                () ->
                                        unusable(
                                                "`"
                                                        + path
                                                        + ".rule` is no rule: `"
                                                        + shown(id)
                                                        + "`"));
        return new Suppression(
                rule,
                text(element, "justification", path)
                        .orElseThrow(() -> lacks(path, "justification")),
                text(element, "digest", path),
                text(element, "function", path),
                text(element, "advisory", path),
                text(element, "fingerprint", path),
                text(element, "expires", path).map(day -> date(day, path)));
    }

    private static void requireKnown(JsonNode object, Set<String> known, String path) {
        if (!object.isObject()) {
            throw unusable("`" + path + "` is not an object");
        }
        Iterator<String> names = object.fieldNames();
        while (names.hasNext()) {
            String name = names.next();
            if (!known.contains(name)) {
                throw unusable("`" + path + "` has an unknown field `" + shown(name) + "`");
            }
        }
    }

    private static Optional<String> text(JsonNode object, String field, String path) {
        JsonNode value = object.get(field);
        if (value == null) {
            return Optional.empty();
        }
        if (!value.isTextual()) {
            throw unusable("`" + path + "." + field + "` is not a string");
        }
        return Optional.of(value.textValue());
    }

    private static LocalDate date(String day, String path) {
        try {
            return LocalDate.parse(day);
        } catch (DateTimeParseException e) {
            throw unusable("`" + path + ".expires` is no date: `" + shown(day) + "`");
        }
    }

    private static UsageException lacks(String path, String field) {
        return unusable("`" + path + "` lacks the field `" + field + "`");
    }

    private static String shown(String text) {
        return GuestText.printable(text, MAX_SHOWN);
    }

    static UsageException unusable(String what) {
        return new UsageException(
                ErrorCode.USAGE,
                "scan",
                "the suppressions cannot be used: " + what,
                "docs/scan.md shows what a suppression looks like");
    }
}
