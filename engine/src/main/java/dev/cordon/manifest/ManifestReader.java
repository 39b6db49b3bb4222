package dev.cordon.manifest;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.NamePattern;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import dev.cordon.json.StrictJson;
import dev.cordon.quota.Quantities;
import dev.cordon.quota.Quota;
import java.io.IOException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads manifests, strictly: a field that is unknown or there twice, or a value of the wrong type,
 * is an error, since a plugin's publisher would otherwise believe that it is in force.
 */
public final class ManifestReader {
    /** Largest manifest accepted, so that reading one costs next to nothing. */
    public static final int MAX_BYTES = 256 * 1024;

    /** Deepest nesting of a document that can be a manifest, with room for a clear complaint. */
    private static final int MAX_DEPTH = 8;

    /** Most commands, subscriptions or requests of one plugin. */
    private static final int MAX_ELEMENTS = 1_000;

    /** Longest description, which people read. */
    private static final int MAX_DESCRIPTION = 4_000;

    private static final int MAX_NAME = 200;
    private static final int MAX_SHOWN = 200;

    private static final Pattern ID = Pattern.compile("[a-z0-9]+([.-][a-z0-9]+)*");
    private static final Pattern COMMAND = Pattern.compile("[A-Za-z0-9_][A-Za-z0-9_.:-]*");
    private static final Pattern VERSION =
            Pattern.compile(
                    "(0|[1-9][0-9]{0,8})(\\.(0|[1-9][0-9]{0,8})){2}"
                            + "(-[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?"
                            + "(\\+[0-9A-Za-z-]+(\\.[0-9A-Za-z-]+)*)?");

    private static final Set<String> FIELDS =
            Set.of(
                    "id",
                    "version",
                    "abi",
                    "description",
                    "commands",
                    "subscriptions",
                    "requests",
                    "state",
                    "quota",
                    "sequence",
                    "notBefore",
                    "notAfter",
                    "signatures");

    private static final Set<String> SIGNATURES = Set.of("wasmsig", "cms", "minisign");

    private static final ObjectReader JSON =
            StrictJson.reader(
                    StreamReadConstraints.builder()
                            .maxNestingDepth(MAX_DEPTH)
                            .maxNumberLength(20)
                            .maxNameLength(MAX_NAME)
                            .maxStringLength(MAX_DESCRIPTION)
                            .build());

    private final String plugin;

    private ManifestReader(String plugin) {
        this.plugin = plugin;
    }

    /**
     * Whether a text can be the name of a command.
     *
     * @param name any text
     * @return true for 1 to 200 letters, digits, {@code _ . : -} that do not start with a mark
     */
    public static boolean isCommandName(String name) {
        return name.length() <= MAX_NAME && COMMAND.matcher(name).matches();
    }

    /**
     * Reads a manifest.
     *
     * @param json UTF-8, at most {@link #MAX_BYTES}
     * @param plugin the file's name, for messages
     * @return what it says
     * @throws dev.cordon.error.MalformedBundleException if it is not a manifest, with the JSON path
     */
    public static Manifest read(byte[] json, String plugin) {
        return new ManifestReader(plugin).read(json);
    }

    private Manifest read(byte[] json) {
        JsonFields fields = new JsonFields(plugin, "$", parse(json), FIELDS);
        String id = matching(fields, "id", "a usable id", fields.required("id"), ID);
        String version =
                matching(
                        fields,
                        "version",
                        "a semantic version",
                        fields.required("version"),
                        VERSION);
        long abi =
                fields.number("abi").orElseThrow(() -> fields.wrong("$", "lacks the field `abi`"));
        if (abi != Manifest.ABI) {
            throw fields.wrong("$.abi", "is " + abi + ", and this version knows only 1");
        }
        return new Manifest(
                id,
                version,
                fields.text("description").orElse(""),
                commands(fields),
                subscriptions(fields),
                requests(fields),
                state(fields),
                fields.object("quota").map(this::quota).orElseGet(Quota::widest),
                release(fields));
    }

    private Release release(JsonFields fields) {
        List<String> signatures = fields.texts("signatures", SIGNATURES.size());
        for (int i = 0; i < signatures.size(); i++) {
            if (!SIGNATURES.contains(signatures.get(i))) {
                throw fields.wrong(
                        fields.at("signatures[" + i + "]"),
                        "is none of `wasmsig`, `cms` and `minisign`");
            }
        }
        return new Release(
                fields.number("sequence").orElse(0L),
                time(fields, "notBefore"),
                time(fields, "notAfter"),
                signatures);
    }

    private Optional<Instant> time(JsonFields fields, String field) {
        Optional<String> text = fields.text(field);
        try {
            return text.map(Instant::parse);
        } catch (DateTimeParseException notOne) {
            throw fields.wrong(fields.at(field), "is not a time like `2026-01-31T12:00:00Z`");
        }
    }

    private JsonNode parse(byte[] json) {
        if (json.length > MAX_BYTES) {
            throw JsonFields.wrong(plugin, "$", "is larger than " + MAX_BYTES + " bytes");
        }
        try (JsonParser parser = JSON.createParser(json)) {
            JsonNode document = JSON.readTree(parser);
            if (document == null || document.isMissingNode()) {
                throw JsonFields.wrong(plugin, "$", "is empty");
            }
            return document;
        } catch (JsonProcessingException notJson) {
            JsonLocation place = notJson.getLocation();
            String where =
                    place == null
                            ? ""
                            : " at line " + place.getLineNr() + ", column " + place.getColumnNr();
            String why = GuestText.printable(notJson.getOriginalMessage(), MAX_SHOWN);
            throw JsonFields.wrong(plugin, "$", "cannot be read" + where + ": " + why);
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    private String matching(
            JsonFields fields, String field, String what, String value, Pattern form) {
        if (value.length() > MAX_NAME || !form.matcher(value).matches()) {
            String shown = GuestText.printable(value, MAX_SHOWN);
            throw fields.wrong(fields.at(field), "is not " + what + ": `" + shown + "`");
        }
        return value;
    }

    private List<ManifestCommand> commands(JsonFields fields) {
        List<ManifestCommand> commands = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (JsonNode element : fields.list("commands", MAX_ELEMENTS)) {
            String path = "$.commands[" + commands.size() + "]";
            JsonFields command =
                    new JsonFields(plugin, path, element, Set.of("name", "export", "description"));
            String name =
                    matching(command, "name", "a usable name", command.required("name"), COMMAND);
            if (!names.add(name)) {
                throw command.wrong(command.at("name"), "is there twice: `" + name + "`");
            }
            String export = command.text("export").orElse(name);
            commands.add(new ManifestCommand(name, export, command.text("description").orElse("")));
        }
        return commands;
    }

    private List<String> subscriptions(JsonFields fields) {
        List<String> topics = fields.texts("subscriptions", MAX_ELEMENTS);
        for (int i = 0; i < topics.size(); i++) {
            if (!NamePattern.isPattern(topics.get(i))) {
                throw fields.wrong(
                        "$.subscriptions[" + i + "]",
                        "is not a topic: `" + GuestText.printable(topics.get(i), MAX_SHOWN) + "`");
            }
        }
        return topics;
    }

    private List<String> requests(JsonFields fields) {
        List<String> requests = fields.texts("requests", MAX_ELEMENTS);
        for (int i = 0; i < requests.size(); i++) {
            String request = requests.get(i);
            int equals = request.indexOf('=');
            String kind = equals < 0 ? request : request.substring(0, equals);
            if (GrantKind.of(kind).isEmpty()) {
                throw fields.wrong(
                        "$.requests[" + i + "]",
                        "asks for an unknown capability `"
                                + GuestText.printable(kind, MAX_SHOWN)
                                + "`");
            }
        }
        return requests;
    }

    private StatePolicy state(JsonFields fields) {
        Optional<String> state = fields.text("state");
        if (state.isEmpty() || state.get().equals("fresh")) {
            return StatePolicy.FRESH;
        }
        if (state.get().equals("kept")) {
            return StatePolicy.KEPT;
        }
        throw fields.wrong("$.state", "is neither `fresh` nor `kept`");
    }

    private Quota quota(JsonNode node) {
        JsonFields fields =
                new JsonFields(
                        plugin, "$.quota", node, Set.of("fuelPerCall", "memory", "deadline"));
        Quota quota = Quota.widest();
        try {
            Optional<Long> fuel = fields.number("fuelPerCall");
            Optional<String> memory = fields.text("memory");
            Optional<String> deadline = fields.text("deadline");
            if (fuel.isPresent()) {
                quota = quota.withFuelPerCall(fuel.get());
            }
            if (memory.isPresent()) {
                quota = quota.withMemoryBytes(Quantities.bytes(memory.get()));
            }
            if (deadline.isPresent()) {
                quota = quota.withDeadline(Quantities.duration(deadline.get()));
            }
            return quota;
        } catch (UsageException unusable) {
            throw fields.wrong("$.quota", "cannot be used: " + unusable.what());
        }
    }
}
