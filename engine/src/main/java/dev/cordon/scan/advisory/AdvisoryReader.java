package dev.cordon.scan.advisory;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.cordon.error.GuestText;
import dev.cordon.scan.Level;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads one advisory in the Open Source Vulnerability format. */
final class AdvisoryReader {
    private static final int MAX_DEPTH = 64;
    private static final int MAX_SHOWN = 200;

    private static final ObjectReader JSON =
            JsonMapper.builder(
                            JsonFactory.builder()
                                    .streamReadConstraints(
                                            StreamReadConstraints.builder()
                                                    .maxNestingDepth(MAX_DEPTH)
                                                    .build())
                                    .disable(StreamReadFeature.INCLUDE_SOURCE_IN_LOCATION)
                                    .build())
                    .build()
                    .readerFor(JsonNode.class);

    private AdvisoryReader() {}

    /** An advisory, empty if it was withdrawn; the exception's message says what is wrong. */
    static Optional<Advisory> read(byte[] json) throws MalformedAdvisoryException {
        JsonNode document = tree(json);
        if (!document.isObject() || !document.path("id").isTextual()) {
            throw new MalformedAdvisoryException("it is no advisory: it has no `id`");
        }
        if (document.hasNonNull("withdrawn")) {
            return Optional.empty();
        }
        Level level = Severity.of(document);
        List<Advisory.Affected> affected = new ArrayList<>();
        for (JsonNode each : document.path("affected")) {
            affected.add(affected(each, Severity.ofPackage(each).orElse(level)));
        }
        return Optional.of(
                new Advisory(
                        document.path("id").textValue(),
                        texts(document.path("aliases")),
                        document.path("summary").asText(),
                        List.copyOf(affected)));
    }

    private static JsonNode tree(byte[] json) throws MalformedAdvisoryException {
        try {
            return JSON.readTree(json);
        } catch (JsonProcessingException e) {
            String why = GuestText.printable(e.getOriginalMessage(), MAX_SHOWN);
            throw new MalformedAdvisoryException("it is no JSON: " + why);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    private static Advisory.Affected affected(JsonNode node, Level level)
            throws MalformedAdvisoryException {
        List<VersionRange> ranges = new ArrayList<>();
        for (JsonNode range : node.path("ranges")) {
            String type = range.path("type").asText();
            if (type.equals("SEMVER") || type.equals("ECOSYSTEM")) {
                ranges.add(new VersionRange(type.equals("SEMVER"), events(range)));
            }
        }
        JsonNode named = node.path("package");
        return new Advisory.Affected(
                named.path("ecosystem").asText(),
                named.path("name").asText(),
                level,
                texts(node.path("versions")),
                List.copyOf(ranges));
    }

    private static List<VersionRange.Event> events(JsonNode range)
            throws MalformedAdvisoryException {
        List<VersionRange.Event> events = new ArrayList<>();
        for (JsonNode event : range.path("events")) {
            for (VersionRange.Kind kind : VersionRange.Kind.values()) {
                JsonNode version = event.path(kind.field());
                if (version.isTextual()) {
                    events.add(new VersionRange.Event(kind, version.textValue()));
                }
            }
        }
        if (events.isEmpty()) {
            throw new MalformedAdvisoryException("a range in it has no events");
        }
        return List.copyOf(events);
    }

    private static List<String> texts(JsonNode list) {
        List<String> texts = new ArrayList<>();
        for (JsonNode each : list) {
            if (each.isTextual()) {
                texts.add(each.textValue());
            }
        }
        return List.copyOf(texts);
    }
}
