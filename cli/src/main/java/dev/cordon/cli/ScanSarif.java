package dev.cordon.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cordon.scan.Evidence;
import dev.cordon.scan.Finding;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanReport;
import dev.cordon.scan.ScanRule;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;

/** What a scan found, in the Static Analysis Results Interchange Format 2.1.0. */
final class ScanSarif {
    private static final String SCHEMA =
            "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/"
                    + "sarif-schema-2.1.0.json";
    private static final String FINGERPRINT = "wvs/v1";

    /** Weights that code hosting services sort by, from 0 to 10. */
    private static final Map<Level, String> SEVERITIES =
            Map.of(
                    Level.CRITICAL, "9.5",
                    Level.HIGH, "8.0",
                    Level.MEDIUM, "5.0",
                    Level.LOW, "2.0");

    private ScanSarif() {}

    /** One log on one line, with a line end. */
    static String text(ScanReport report, Path file) {
        return JsonText.object(json -> write(json, report, file)) + "\n";
    }

    private static void write(JsonGenerator json, ScanReport report, Path file) throws IOException {
        String uri = uri(file);
        json.writeStringField("$schema", SCHEMA);
        json.writeStringField("version", "2.1.0");
        json.writeArrayFieldStart("runs");
        json.writeStartObject();
        writeTool(json);
        json.writeArrayFieldStart("artifacts");
        json.writeStartObject();
        json.writeObjectFieldStart("location");
        json.writeStringField("uri", uri);
        json.writeEndObject();
        json.writeNumberField("length", report.sizeBytes());
        json.writeStringField("mimeType", "application/wasm");
        json.writeObjectFieldStart("hashes");
        json.writeStringField("sha-256", report.digest());
        json.writeEndObject();
        json.writeEndObject();
        json.writeEndArray();
        writeInvocation(json, report);
        json.writeArrayFieldStart("results");
        for (Finding finding : report.findings()) {
            writeResult(json, finding, uri);
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeTool(JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("tool");
        json.writeObjectFieldStart("driver");
        json.writeStringField("name", "Cordon");
        json.writeStringField("semanticVersion", Versions.semantic());
        json.writeArrayFieldStart("rules");
        for (ScanRule rule : ScanRule.values()) {
            json.writeStartObject();
            json.writeStringField("id", rule.id());
            json.writeStringField("name", name(rule));
            writeText(json, "shortDescription", rule.title());
            writeText(json, "fullDescription", rule.explanation());
            writeText(json, "help", rule.help());
            json.writeObjectFieldStart("defaultConfiguration");
            json.writeStringField("level", level(rule.level()));
            json.writeEndObject();
            json.writeObjectFieldStart("properties");
            json.writeStringField("security-severity", SEVERITIES.get(rule.level()));
            json.writeEndObject();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
        json.writeEndObject();
    }

    private static String name(ScanRule rule) {
        StringBuilder name = new StringBuilder();
        for (String word : rule.name().split("_", -1)) {
            name.append(word.charAt(0)).append(word.substring(1).toLowerCase(Locale.ROOT));
        }
        return name.toString();
    }

    /** Says how many findings were left out, since a log without them would look complete. */
    private static void writeInvocation(JsonGenerator json, ScanReport report) throws IOException {
        int left = report.omitted().values().stream().mapToInt(Integer::intValue).sum();
        json.writeArrayFieldStart("invocations");
        json.writeStartObject();
        json.writeBooleanField("executionSuccessful", true);
        if (left + report.omittedSuppressed() > 0) {
            json.writeArrayFieldStart("toolExecutionNotifications");
            json.writeStartObject();
            json.writeStringField("level", "warning");
            writeText(
                    json,
                    "message",
                    left
                            + " more findings were left out, and "
                            + report.omittedSuppressed()
                            + " suppressed ones");
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeResult(JsonGenerator json, Finding finding, String uri)
            throws IOException {
        json.writeStartObject();
        json.writeStringField("ruleId", finding.rule().id());
        json.writeNumberField("ruleIndex", finding.rule().ordinal());
        json.writeStringField("level", level(finding.level()));
        writeText(json, "message", finding.message());
        writeLocation(json, finding.evidence(), uri);
        json.writeObjectFieldStart("partialFingerprints");
        json.writeStringField(FINGERPRINT, finding.fingerprint());
        json.writeEndObject();
        json.writeArrayFieldStart("suppressions");
        if (finding.justification().isPresent()) {
            json.writeStartObject();
            json.writeStringField("kind", "external");
            json.writeStringField("status", "accepted");
            json.writeStringField("justification", finding.justification().get());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("properties");
        json.writeStringField("level", finding.level().text());
        json.writeStringField("security-severity", SEVERITIES.get(finding.level()));
        if (!finding.advisory().isEmpty()) {
            json.writeStringField("advisory", finding.advisory());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeLocation(JsonGenerator json, Evidence evidence, String uri)
            throws IOException {
        json.writeArrayFieldStart("locations");
        json.writeStartObject();
        json.writeObjectFieldStart("physicalLocation");
        json.writeObjectFieldStart("artifactLocation");
        json.writeStringField("uri", uri);
        json.writeNumberField("index", 0);
        json.writeEndObject();
        if (evidence.offset() >= 0) {
            json.writeObjectFieldStart("region");
            json.writeNumberField("byteOffset", evidence.offset());
            json.writeNumberField("byteLength", evidence.length());
            json.writeEndObject();
        }
        json.writeEndObject();
        if (evidence.function() >= 0) {
            json.writeArrayFieldStart("logicalLocations");
            json.writeStartObject();
            json.writeStringField("kind", "function");
            json.writeStringField("fullyQualifiedName", "func[" + evidence.function() + "]");
            if (!evidence.functionName().isEmpty()) {
                json.writeStringField("name", evidence.functionName());
            }
            json.writeEndObject();
            json.writeEndArray();
        }
        json.writeEndObject();
        json.writeEndArray();
    }

    private static void writeText(JsonGenerator json, String field, String text)
            throws IOException {
        json.writeObjectFieldStart(field);
        json.writeStringField("text", text);
        json.writeEndObject();
    }

    private static String level(Level level) {
        return switch (level) {
            case CRITICAL, HIGH -> "error";
            case MEDIUM -> "warning";
            case LOW -> "note";
        };
    }

    /** The path as it was given, relative or absolute. */
    private static String uri(Path file) {
        if (file.isAbsolute()) {
            return file.toUri().toString();
        }
        try {
            String path = file.toString().replace(file.getFileSystem().getSeparator(), "/");
            String name = path.contains(":") ? "./" + path : path; // else it names a scheme
            return new URI(null, null, name, null).toASCIIString();
        } catch (URISyntaxException unusual) {
            return file.toUri().toString();
        }
    }
}
