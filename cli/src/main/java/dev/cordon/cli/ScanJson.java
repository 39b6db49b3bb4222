package dev.cordon.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cordon.scan.Evidence;
import dev.cordon.scan.Finding;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import java.io.IOException;

/** What a scan found, for programs. */
final class ScanJson {
    private ScanJson() {}

    /** One object on one line, with a line end. */
    static String text(ScanReport report, ScanPolicy policy) {
        return JsonText.object(json -> write(json, report, policy)) + "\n";
    }

    private static void write(JsonGenerator json, ScanReport report, ScanPolicy policy)
            throws IOException {
        json.writeStringField("name", report.name());
        json.writeStringField("digest", report.digest());
        json.writeNumberField("sizeBytes", report.sizeBytes());
        json.writeStringField("failOn", policy.failOn().text());
        json.writeBooleanField("fails", report.reaches(policy.failOn()));
        json.writeNumberField("components", report.components());
        json.writeNumberField("advisories", report.advisories());
        json.writeArrayFieldStart("findings");
        for (Finding finding : report.findings()) {
            write(json, finding);
        }
        json.writeEndArray();
        json.writeObjectFieldStart("omitted");
        for (Level level : Level.values()) {
            json.writeNumberField(level.text(), report.omitted().getOrDefault(level, 0));
        }
        json.writeNumberField("suppressed", report.omittedSuppressed());
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Finding finding) throws IOException {
        json.writeStartObject();
        json.writeStringField("rule", finding.rule().id());
        json.writeStringField("level", finding.level().text());
        json.writeStringField("title", finding.rule().title());
        json.writeStringField("message", finding.message());
        json.writeStringField("help", finding.rule().help());
        write(json, finding.evidence());
        json.writeStringField("fingerprint", finding.fingerprint());
        if (!finding.advisory().isEmpty()) {
            json.writeStringField("advisory", finding.advisory());
        }
        json.writeBooleanField("suppressed", finding.suppressed());
        if (finding.justification().isPresent()) {
            json.writeStringField("justification", finding.justification().get());
        }
        json.writeEndObject();
    }

    private static void write(JsonGenerator json, Evidence evidence) throws IOException {
        if (evidence.function() >= 0) {
            json.writeNumberField("function", evidence.function());
            json.writeStringField("functionName", evidence.functionName());
        }
        if (evidence.offset() >= 0) {
            json.writeNumberField("byteOffset", evidence.offset());
            json.writeNumberField("byteLength", evidence.length());
        }
    }
}
