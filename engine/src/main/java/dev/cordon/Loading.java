package dev.cordon;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
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
import dev.cordon.trust.GrantCeiling;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.judge.TrustedBundle;
import dev.cordon.wasm.ModuleOutline;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/** The decisions that are made once, when a plugin is loaded. */
final class Loading {
    private static final int MAX_SHOWN = 300;

    private Loading() {}

    /** The options without the grants that this plugin may not have, whoever gives them. */
    static LoadOptions allowed(
            TrustedBundle trusted, LoadOptions options, EngineListener listener) {
        if (trusted.verdict() instanceof Verdict.Rejected rejected) {
            listener.pluginRejected(trusted.bundle().name(), rejected.code(), rejected.detail());
        }
        return narrowed(options, trusted.narrowed(options.grants()));
    }

    /** Rules for a directory go with its grant, so that nobody complains of them. */
    static LoadOptions narrowed(LoadOptions options, Grants left) {
        Set<String> taken = directories(options.grants());
        taken.removeAll(directories(left));
        Map<String, DirectoryRules> rules = new LinkedHashMap<>(options.directoryRules());
        rules.keySet().removeAll(taken);
        return options.withGrants(left).withDirectoryRules(rules);
    }

    private static Set<String> directories(Grants grants) {
        Set<String> names = new LinkedHashSet<>();
        for (Grant grant : grants.granted()) {
            if (grant instanceof Grant.Directory directory) {
                names.add(directory.guest());
            }
        }
        return names;
    }

    /** The manifest that holds: the host's, if it has one, else the plugin's. */
    static Manifest manifest(PluginBundle bundle, ModuleOutline outline, LoadOptions options) {
        return options.manifest()
                .map(manifest -> PluginShape.agreed(manifest, outline))
                .orElseGet(
                        () ->
                                PluginShape.manifest(
                                        outline, bundle.module(), bundle.sidecar(), bundle.name()));
    }

    /**
     * Leaves of grants those of a kind that the manifest asks for. A module without a manifest
     * cannot ask, and what comes without a scope reaches nothing outside the guest.
     */
    static UnaryOperator<Grants> requested(
            PluginBundle bundle, ModuleOutline outline, Manifest manifest, LoadOptions options) {
        boolean asks =
                options.manifest().isPresent()
                        || bundle.sidecar().isPresent()
                        || outline.customSection(PluginShape.MANIFEST_SECTION).isPresent();
        if (!asks) {
            return UnaryOperator.identity();
        }
        GrantCeiling kinds =
                GrantCeiling.of(
                        manifest.requests().stream().map(it -> it.split("=", 2)[0]).toList());
        return grants -> {
            Grants left = Grants.none();
            for (Grant grant : grants.granted()) {
                if (grant.scope().isEmpty() || kinds.covers(grant.text())) {
                    left = left.with(grant);
                }
            }
            return left;
        };
    }

    /** The options with what a ceiling leaves of their grants. */
    static LoadOptions below(UnaryOperator<Grants> ceiling, LoadOptions options) {
        return narrowed(options, ceiling.apply(options.grants()));
    }

    /** What the plugin asks for in vain; refuses it if the options say so. */
    static List<String> missingGrants(Manifest manifest, LoadOptions options) {
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
            String plugin, LoadOptions options, Quota limits, EngineParts engine) {
        EngineListener listener = engine.listener();
        PluginDoors doors =
                PluginDoors.open(
                        plugin,
                        options.grants(),
                        options.directoryRules(),
                        options.scratch(),
                        limits.resources(),
                        options.tls(),
                        engine.broker(),
                        listener);
        try {
            return new PluginSettings(
                    plugin,
                    doors,
                    new PluginData(plugin, engine.data(), doors),
                    options.configuration(),
                    options.environment(),
                    listener);
        } catch (UsageException unusable) {
            doors.close();
            throw unusable;
        }
    }
}
