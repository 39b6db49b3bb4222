package dev.cordon.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cordon.monitor.CallReport;
import java.io.IOException;
import java.util.Map;

/** A call report as JSON. */
final class ReportJson {
    private ReportJson() {}

    /** The report as one object on one line. */
    static String text(CallReport report) {
        return JsonText.object(json -> write(json, report));
    }

    private static void write(JsonGenerator json, CallReport report) throws IOException {
        json.writeStringField("plugin", report.plugin());
        json.writeStringField("digest", report.digest());
        json.writeStringField("command", report.command());
        json.writeStringField("outcome", report.outcome());
        json.writeNumberField("exitStatus", report.exitStatus());
        json.writeNumberField("fuelUsed", report.fuelUsed());
        json.writeNumberField("fuelLimit", report.fuelLimit());
        json.writeNumberField("memoryPeakBytes", report.memoryPeakBytes());
        json.writeNumberField("wallNanos", report.wallNanos());
        json.writeNumberField("cpuNanos", report.cpuNanos());
        json.writeNumberField("compileNanos", report.compileNanos());
        json.writeBooleanField("compileCached", report.compileCached());
        writeCounts(json, report.hostCalls());
        json.writeNumberField("bytesRead", report.bytesRead());
        json.writeNumberField("bytesWritten", report.bytesWritten());
        json.writeNumberField("netBytesIn", report.netBytesIn());
        json.writeNumberField("netBytesOut", report.netBytesOut());
        JsonText.texts(json, "denied", report.denied());
        json.writeStringField("engine", report.engine());
    }

    private static void writeCounts(JsonGenerator json, Map<String, Long> counts)
            throws IOException {
        json.writeObjectFieldStart("hostCalls");
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            json.writeNumberField(count.getKey(), count.getValue());
        }
        json.writeEndObject();
    }
}
