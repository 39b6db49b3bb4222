package dev.cordon.cli;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.cordon.ModuleFacts;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.ManifestCommand;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What is in a plugin, for programs. */
final class FactsJson {
    private FactsJson() {}

    /** One object on one line, with a line end. */
    static String text(ModuleFacts facts) {
        return JsonText.object(json -> write(json, facts)) + "\n";
    }

    private static void write(JsonGenerator json, ModuleFacts facts) throws IOException {
        json.writeStringField("name", facts.name());
        json.writeStringField("digest", facts.digest());
        json.writeNumberField("sizeBytes", facts.sizeBytes());
        json.writeStringField("kind", FactsWords.kind(facts.kind()));
        writeManifest(json, facts.manifest());
        writeImports(json, facts.imports());
        writeExports(json, facts.exports());
        json.writeFieldName("memory");
        writeSize(json, facts.memory());
        json.writeArrayFieldStart("tables");
        for (ModuleFacts.Size table : facts.tables()) {
            writeSize(json, table);
        }
        json.writeEndArray();
        JsonText.texts(json, "proposals", facts.proposals());
        JsonText.texts(json, "capabilities", facts.capabilities());
        json.writeBooleanField("runsAtStart", facts.runsAtStart());
        JsonText.texts(json, "interpretedFunctions", facts.interpretedFunctions());
        JsonText.texts(json, "unknownImports", facts.unknownImports());
        JsonText.texts(json, "signers", facts.signers());
    }

    private static void writeManifest(JsonGenerator json, Manifest manifest) throws IOException {
        json.writeObjectFieldStart("manifest");
        json.writeStringField("id", manifest.id());
        json.writeStringField("version", manifest.version());
        json.writeStringField("description", manifest.description());
        json.writeArrayFieldStart("commands");
        for (ManifestCommand command : manifest.commands()) {
            json.writeStartObject();
            json.writeStringField("name", command.name());
            json.writeStringField("export", command.export());
            json.writeStringField("description", command.description());
            json.writeEndObject();
        }
        json.writeEndArray();
        JsonText.texts(json, "subscriptions", manifest.subscriptions());
        JsonText.texts(json, "requests", manifest.requests());
        json.writeStringField("state", manifest.state().name().toLowerCase(Locale.ROOT));
        json.writeObjectFieldStart("quota");
        for (Map.Entry<String, Long> limit : FactsWords.limits(manifest.quota()).entrySet()) {
            json.writeNumberField(limit.getKey(), limit.getValue());
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private static void writeImports(JsonGenerator json, List<ModuleFacts.Import> imports)
            throws IOException {
        json.writeArrayFieldStart("imports");
        for (ModuleFacts.Import item : imports) {
            json.writeStartObject();
            json.writeStringField("module", item.module());
            json.writeStringField("name", item.name());
            json.writeStringField("kind", item.kind());
            json.writeStringField("type", item.type());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeExports(JsonGenerator json, List<ModuleFacts.Export> exports)
            throws IOException {
        json.writeArrayFieldStart("exports");
        for (ModuleFacts.Export item : exports) {
            json.writeStartObject();
            json.writeStringField("name", item.name());
            json.writeStringField("kind", item.kind());
            json.writeStringField("type", item.type());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeSize(JsonGenerator json, ModuleFacts.Size size) throws IOException {
        json.writeStartObject();
        json.writeNumberField("minimum", size.minimum());
        if (size.maximum().isPresent()) {
            json.writeNumberField("maximum", size.maximum().getAsLong());
        } else {
            json.writeNullField("maximum");
        }
        json.writeEndObject();
    }
}
