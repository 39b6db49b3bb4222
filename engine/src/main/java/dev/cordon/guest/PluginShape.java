package dev.cordon.guest;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.error.MalformedBundleException;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.ManifestCommand;
import dev.cordon.manifest.ManifestReader;
import dev.cordon.manifest.PluginKind;
import dev.cordon.wasm.CustomSection;
import dev.cordon.wasm.ExportedItem;
import dev.cordon.wasm.ExternKind;
import dev.cordon.wasm.ModuleOutline;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What kind of plugin a module is and which commands it has. */
public final class PluginShape {
    /** Where a manifest stands inside a module. */
    public static final String MANIFEST_SECTION = "cordon.manifest";

    /** The export that receives events. */
    public static final String ON_EVENT = "on_event";

    static final String START = "_start";
    static final String INITIALIZE = "_initialize";
    static final String CALL_CONSTRUCTORS = "__wasm_call_ctors";
    static final String HASKELL_INITIALIZE = "hs_init";

    private static final Set<String> COMMAND_TYPES = Set.of("() -> (i32)", "() -> ()");
    private static final Set<String> NOT_COMMANDS = Set.of(INITIALIZE, CALL_CONSTRUCTORS);

    private PluginShape() {}

    /**
     * Finds the manifest: in the module, beside it, or made of its exports.
     *
     * @param outline the module
     * @param module its bytes
     * @param sidecar the document beside it
     * @param name the file's name
     * @return what the plugin says about itself, in agreement with the module
     * @throws MalformedBundleException if there is a manifest and it is wrong
     * @throws InvalidModuleException if the module has nothing to call
     */
    public static Manifest manifest(
            ModuleOutline outline, byte[] module, Optional<byte[]> sidecar, String name) {
        Optional<CustomSection> section = outline.customSection(MANIFEST_SECTION);
        if (section.isPresent()) {
            int from = section.get().offset();
            byte[] json = Arrays.copyOfRange(module, from, from + section.get().size());
            return agreed(ManifestReader.read(json, name), outline);
        }
        return sidecar.map(json -> agreed(ManifestReader.read(json, name), outline))
                .orElseGet(() -> ofExports(outline, name));
    }

    private static Manifest ofExports(ModuleOutline outline, String name) {
        boolean runs = isProgram(outline);
        List<ManifestCommand> commands =
                outline.exports().stream()
                        .filter(item -> !runs || item.name().equals(START))
                        .filter(item -> !NOT_COMMANDS.contains(item.name()))
                        .filter(item -> ManifestReader.isCommandName(item.name()))
                        .filter(item -> isCommand(outline, item.name()))
                        .map(item -> new ManifestCommand(item.name(), item.name(), ""))
                        .toList();
        if (commands.isEmpty()) {
            throw new InvalidModuleException(
                    ErrorCode.NOT_A_PLUGIN,
                    name,
                    "exports no function of the type `() -> (i32)` or `() -> ()`",
                    "export one for each command, or `_start`");
        }
        return Manifest.ofModule(name, commands);
    }

    /**
     * Checks that a manifest names only what the module has.
     *
     * @param manifest what the plugin says
     * @param outline what it has
     * @return the manifest
     * @throws MalformedBundleException if an export is missing or cannot be a command
     */
    public static Manifest agreed(Manifest manifest, ModuleOutline outline) {
        for (int i = 0; i < manifest.commands().size(); i++) {
            require(
                    manifest,
                    outline,
                    "$.commands[" + i + "].export",
                    manifest.commands().get(i).export());
        }
        if (!manifest.subscriptions().isEmpty()) {
            require(manifest, outline, "$.subscriptions", ON_EVENT);
        }
        if (manifest.commands().isEmpty() && manifest.subscriptions().isEmpty()) {
            throw wrong(manifest, "manifest: `$` names neither commands nor subscriptions");
        }
        return manifest;
    }

    private static void require(
            Manifest manifest, ModuleOutline outline, String path, String export) {
        String shown = GuestText.printable(export, 100);
        Optional<ExportedItem> item = function(outline, export);
        if (item.isEmpty()) {
            throw wrong(
                    manifest,
                    "manifest: `"
                            + path
                            + "` needs the function `"
                            + shown
                            + "`, which the module does not export");
        }
        if (!isCommand(outline, export)) {
            throw wrong(
                    manifest,
                    "manifest: `"
                            + path
                            + "` needs the function `"
                            + shown
                            + "` to be `() -> (i32)`"
                            + " or `() -> ()`, but it is `"
                            + outline.functionType(item.get().index())
                            + "`");
        }
    }

    private static MalformedBundleException wrong(Manifest manifest, String what) {
        return new MalformedBundleException(
                ErrorCode.MALFORMED_MANIFEST,
                manifest.id(),
                what,
                "make the manifest and the module agree");
    }

    /**
     * What kind of plugin it is.
     *
     * @param manifest what it says
     * @param outline what it exports
     * @return a WASI command if it exports {@code _start} and is not written for Extism, where that
     *     is a command like any other
     */
    public static PluginKind kind(Manifest manifest, ModuleOutline outline) {
        if (isProgram(outline)) {
            return PluginKind.WASI_COMMAND;
        }
        return manifest.subscriptions().isEmpty() ? PluginKind.REACTOR : PluginKind.EVENT_HANDLER;
    }

    private static boolean isProgram(ModuleOutline outline) {
        return isCommand(outline, START)
                && outline.imports().stream()
                        .noneMatch(item -> item.module().equals(ExtismImports.MODULE));
    }

    private static boolean isCommand(ModuleOutline outline, String export) {
        return function(outline, export)
                .map(item -> COMMAND_TYPES.contains(outline.functionType(item.index())))
                .orElse(false);
    }

    private static Optional<ExportedItem> function(ModuleOutline outline, String export) {
        return outline.exports().stream()
                .filter(item -> item.kind() == ExternKind.FUNCTION && item.name().equals(export))
                .findFirst();
    }
}
