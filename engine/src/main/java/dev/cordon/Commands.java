package dev.cordon;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.ManifestCommand;
import dev.cordon.manifest.ManifestReader;
import dev.cordon.manifest.PluginKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A plugin's commands and the exports that they are. */
final class Commands {
    private static final String START = "_start";
    private static final int MAX_SHOWN = 10;

    private final String plugin;
    private final PluginKind kind;
    private final Map<String, String> exports = new LinkedHashMap<>();
    private final boolean answersToAnyName;
    private final boolean receivesEvents;

    Commands(Manifest manifest, PluginKind kind) {
        this.plugin = manifest.id();
        this.kind = kind;
        this.receivesEvents = !manifest.subscriptions().isEmpty();
        for (ManifestCommand command : manifest.commands()) {
            exports.put(command.name(), command.export());
        }
        // A program without a manifest gets the command's name as an argument and judges it itself.
        this.answersToAnyName =
                kind == PluginKind.WASI_COMMAND && exports.keySet().equals(Set.of(START));
    }

    Set<String> names() {
        return exports.keySet();
    }

    /** Whether the plugin wants events. */
    boolean receivesEvents() {
        return receivesEvents;
    }

    /** Whether there is such a command. */
    boolean has(String command) {
        return exports.containsKey(command)
                || (answersToAnyName && ManifestReader.isCommandName(command));
    }

    /** The export that a command is. */
    String export(String command) {
        if (answersToAnyName && ManifestReader.isCommandName(command)) {
            return START;
        }
        String export = exports.get(command);
        if (export == null) {
            String some =
                    exports.keySet().stream().limit(MAX_SHOWN).collect(Collectors.joining("`, `"));
            String more = exports.size() > MAX_SHOWN ? " and more" : "";
            throw new InvalidModuleException(
                    ErrorCode.UNKNOWN_COMMAND,
                    plugin,
                    "has no command `" + GuestText.printable(command, 100) + "`",
                    exports.isEmpty()
                            ? "it handles events only"
                            : "its commands are `" + some + "`" + more);
        }
        return export;
    }

    /** The export that a run starts at. */
    String start() {
        if (kind != PluginKind.WASI_COMMAND) {
            throw new InvalidModuleException(
                    ErrorCode.NOT_A_PLUGIN,
                    plugin,
                    "does not export `_start`, so it cannot be run",
                    "call one of its commands instead");
        }
        return START;
    }
}
