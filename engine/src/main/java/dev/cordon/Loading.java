package dev.cordon;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import dev.cordon.guest.PluginShape;
import dev.cordon.manifest.Manifest;
import dev.cordon.monitor.EngineListener;
import dev.cordon.trust.GrantCeiling;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.judge.TrustedBundle;
import dev.cordon.wasm.ModuleOutline;
import java.util.List;

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
        return options.withGrants(trusted.narrowed(options.grants()));
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
     * The options without grants of a kind that the manifest does not ask for. A module without a
     * manifest cannot ask, and what comes without a scope reaches nothing outside the guest.
     */
    static LoadOptions requested(
            PluginBundle bundle, ModuleOutline outline, Manifest manifest, LoadOptions options) {
        boolean asks =
                options.manifest().isPresent()
                        || bundle.sidecar().isPresent()
                        || outline.customSection(PluginShape.MANIFEST_SECTION).isPresent();
        if (!asks) {
            return options;
        }
        GrantCeiling kinds =
                GrantCeiling.of(
                        manifest.requests().stream().map(it -> it.split("=", 2)[0]).toList());
        Grants left = Grants.none();
        for (Grant grant : options.grants().granted()) {
            if (grant.scope().isEmpty() || kinds.covers(grant.text())) {
                left = left.with(grant);
            }
        }
        return options.withGrants(left);
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

    /** A grant that nothing enforces yet would be believed to be in force. */
    private static void requireAvailable(String plugin, Grants grants) {
        for (Grant grant : grants.granted()) {
            if (!grant.kind().available()) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        plugin,
                        "was granted `" + grant.text() + "`, which this version does not offer yet",
                        "load it without this grant");
            }
        }
    }
}
