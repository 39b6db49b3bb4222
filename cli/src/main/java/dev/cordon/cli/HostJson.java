package dev.cordon.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cordon.AuditLog;
import dev.cordon.Plugin;
import dev.cordon.bridge.DeadLetter;
import dev.cordon.capability.Grant;
import dev.cordon.error.CordonException;
import dev.cordon.monitor.AuditQuery;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.PluginHealth;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is hosted, as JSON. */
final class HostJson {
    private static final int MAX_RECORDS = 1_000;

    private HostJson() {}

    /** The plugins, and the files that are not served as they are. */
    static HttpAnswer plugins(PluginHost host) {
        return HttpAnswer.json(
                HttpAnswer.OK,
                json -> {
                    json.writeArrayFieldStart("plugins");
                    for (HostedPlugin plugin : host.hosted().values()) {
                        json.writeStartObject();
                        write(json, plugin);
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                    json.writeArrayFieldStart("refused");
                    for (Map.Entry<String, PluginHost.Attempt> each : host.refused().entrySet()) {
                        CordonException why = each.getValue().why();
                        json.writeStartObject();
                        json.writeStringField("file", each.getKey());
                        json.writeStringField("code", why.code().id());
                        json.writeStringField("error", why.what());
                        json.writeStringField("help", why.help());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private static void write(JsonGenerator json, HostedPlugin hosted) throws IOException {
        Plugin plugin = hosted.plugin();
        PluginHealth health = plugin.health();
        json.writeStringField("id", plugin.id());
        json.writeStringField("version", plugin.version());
        json.writeStringField("digest", plugin.digest());
        json.writeStringField("file", hosted.from().name());
        json.writeStringField("state", word(health.state()));
        json.writeNumberField("crashesInARow", health.crashesInARow());
        json.writeNumberField("crashes", health.crashes());
        if (health.lastCrash().isPresent()) {
            json.writeStringField("lastCrash", health.lastCrash().get().id());
        }
        if (health.nextAttempt().isPresent()) {
            json.writeStringField("nextAttempt", health.nextAttempt().get().toString());
        }
        JsonText.texts(json, "commands", hosted.names().keySet().stream().sorted().toList());
        JsonText.texts(
                json, "grants", plugin.grants().granted().stream().map(Grant::text).toList());
        JsonText.texts(json, "missingGrants", plugin.missingGrants());
    }

    /** Events that were not received, without what was in them. */
    static HttpAnswer deadLetters(List<DeadLetter> letters) {
        return HttpAnswer.json(
                HttpAnswer.OK,
                json -> {
                    json.writeArrayFieldStart("deadLetters");
                    for (DeadLetter letter : letters) {
                        json.writeStartObject();
                        json.writeStringField("id", letter.event().id());
                        json.writeStringField("topic", letter.event().topic());
                        json.writeStringField("publisher", letter.event().publisher().source());
                        json.writeStringField("subscriber", letter.subscriber().source());
                        json.writeStringField("reason", word(letter.reason()));
                        json.writeStringField("detail", letter.detail());
                        json.writeStringField("time", letter.time().toString());
                        json.writeNumberField("payloadBytes", letter.event().payloadBytes());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    /** The newest decisions about what plugins may do. */
    static HttpAnswer audit(AuditLog log) {
        List<AuditRecord> records = log.query(AuditQuery.all().newest(MAX_RECORDS));
        return HttpAnswer.json(
                HttpAnswer.OK,
                json -> {
                    json.writeArrayFieldStart("audit");
                    for (AuditRecord entry : records) {
                        json.writeStartObject();
                        json.writeStringField("plugin", entry.plugin());
                        json.writeStringField("operation", entry.operation());
                        json.writeStringField("capability", entry.capability());
                        json.writeStringField("subject", entry.subject());
                        json.writeBooleanField("allowed", entry.allowed());
                        json.writeStringField("reason", entry.reason());
                        json.writeNumberField("count", entry.count());
                        json.writeNumberField("firstMillis", entry.firstMillis());
                        json.writeNumberField("lastMillis", entry.lastMillis());
                        json.writeEndObject();
                    }
                    json.writeEndArray();
                });
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
