package dev.cordon;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.data.SharedData;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import dev.cordon.guest.PluginData;
import dev.cordon.guest.PluginDoors;
import dev.cordon.guest.PluginSettings;
import dev.cordon.guest.PluginShape;
import dev.cordon.manifest.Manifest;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.wasm.ModuleOutline;
import java.util.List;

/** The decisions that are made once, when a plugin is loaded. */
final class Loading {
    private static final int MAX_SHOWN = 300;

    private Loading() {}

    /** The manifest that holds: the host's, if it has one, else the plugin's. */
    static Manifest manifest(PluginBundle bundle, ModuleOutline outline, LoadOptions options) {
        return options.manifest()
                .map(manifest -> PluginShape.agreed(manifest, outline))
                .orElseGet(
                        () ->
                                PluginShape.manifest(
                                        outline, bundle.module(), bundle.sidecar(), bundle.name()));
    }

    /** What the plugin asks for in vain; refuses it if the options say so. */
    static List<String> missingGrants(Manifest manifest, LoadOptions options) {
        requireAvailable(manifest.id(), options.grants());
        List<String> missing =
                manifest.requests().stream()
                        .filter(request -> !options.grants().meets(request))
                        .toList();
        if (!missing.isEmpty() && options.missingGrants() == MissingGrants.REFUSE) {
            String shown = GuestText.printable(String.join("`, `", missing), MAX_SHOWN);
            throw new CapabilityDeniedException(
                    ErrorCode.MISSING_GRANT,
                    manifest.id(),
                    "asks for `" + shown + "`, which it was not granted",
                    "grant it what it asks for, or let missing grants be reported only");
        }
        return missing;
    }

    /** What the plugin's instances share; its directories are open from here on. */
    static PluginSettings settings(
            String plugin,
            LoadOptions options,
            Quota limits,
            SharedData data,
            EngineListener listener) {
        PluginDoors doors =
                PluginDoors.open(
                        plugin,
                        options.grants(),
                        options.directoryRules(),
                        options.scratch(),
                        limits.resources(),
                        listener);
        try {
            return new PluginSettings(
                    plugin,
                    doors,
                    new PluginData(plugin, data, doors),
                    options.configuration(),
                    options.environment(),
                    listener);
        } catch (UsageException unusable) {
            doors.close();
            throw unusable;
        }
    }

    /** A grant that nothing enforces yet would be believed to be in force. */
    private static void requireAvailable(String plugin, Grants grants) {
        for (Grant grant : grants.granted()) {
            if (!grant.available()) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        plugin,
                        "was granted `" + grant.text() + "`, which this version does not offer yet",
                        "load it without this grant");
            }
        }
    }
}
