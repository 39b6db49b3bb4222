package dev.cordon;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.GrantKind;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.guest.ApplicationFunctions;
import dev.cordon.guest.HostApi;
import dev.cordon.guest.PluginShape;
import dev.cordon.manifest.Manifest;
import dev.cordon.scan.Finding;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import dev.cordon.scan.rule.HostSurface;
import dev.cordon.scan.rule.ModuleScanner;
import dev.cordon.wasm.ImportedItem;
import dev.cordon.wasm.ModuleOutline;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;

/** Scans plugins, and refuses those that a policy does not accept. */
final class Scanning {
    private Scanning() {}

    /** What a scan finds; the manifest is the plugin's own, inside or beside it. */
    static ScanReport scan(PluginBundle bundle, ScanPolicy policy, ApplicationFunctions functions) {
        HostSurface host = HostApi.surface(functions);
        return scan(bundle, outline -> own(bundle, outline), policy, host);
    }

    /** The report of the scan that the options ask for; refuses the plugin if it fails. */
    static Optional<ScanReport> required(
            PluginBundle bundle,
            Manifest manifest,
            LoadOptions options,
            ApplicationFunctions functions) {
        if (options.scan().isEmpty()) {
            return Optional.empty();
        }
        ScanPolicy policy = options.scan().get();
        boolean stated = options.manifest().isPresent();
        ScanReport report =
                scan(
                        bundle,
                        outline -> stated ? Optional.of(manifest) : own(bundle, outline),
                        policy,
                        new Resolved(HostApi.surface(functions)));
        if (report.reaches(policy.failOn())) {
            throw refused(manifest.id(), report, policy);
        }
        return Optional.of(report);
    }

    /** Refuses a module that a plugin is linked with if its own scan fails. */
    static void requiredOfPart(
            PluginBundle bundle, LoadOptions options, ApplicationFunctions functions) {
        if (options.scan().isPresent()) {
            ScanPolicy policy = options.scan().get();
            HostSurface host = new Resolved(HostApi.surface(functions));
            ScanReport report = scan(bundle, outline -> own(bundle, outline), policy, host);
            if (report.reaches(policy.failOn())) {
                throw refused(bundle.name(), report, policy);
            }
        }
    }

    private static ScanReport scan(
            PluginBundle bundle,
            ModuleScanner.ManifestSource manifest,
            ScanPolicy policy,
            HostSurface host) {
        LocalDate today = LocalDate.now(ZoneOffset.UTC);
        return ModuleScanner.scan(bundle, manifest, host, policy, today);
    }

    /** One that was made of the module's exports says nothing that could be held against it. */
    private static Optional<Manifest> own(PluginBundle bundle, ModuleOutline outline) {
        boolean stated =
                bundle.sidecar().isPresent()
                        || outline.customSection(PluginShape.MANIFEST_SECTION).isPresent();
        return stated
                ? Optional.of(
                        PluginShape.manifest(
                                outline, bundle.module(), bundle.sidecar(), bundle.name()))
                : Optional.empty();
    }

    /** A plugin that is loaded: all its imports were found, some of them in its other modules. */
    private record Resolved(HostSurface host) implements HostSurface {
        @Override
        public boolean offers(ImportedItem item) {
            return true;
        }

        @Override
        public List<GrantKind> needs(ImportedItem item) {
            return host.needs(item);
        }

        @Override
        public boolean isHostFunction(String label) {
            return host.isHostFunction(label);
        }
    }

    private static InvalidModuleException refused(
            String plugin, ScanReport report, ScanPolicy policy) {
        int count = report.count(policy.failOn());
        String first = report.active().stream().findFirst().map(Scanning::text).orElse("left out");
        return new InvalidModuleException(
                ErrorCode.SCAN_FAILED,
                plugin,
                "the scan has "
                        + count
                        + (count == 1 ? " finding" : " findings")
                        + " of the level `"
                        + policy.failOn().text()
                        + "` or above: "
                        + first,
                "`cordon scan` shows all findings; suppress what can be explained");
    }

    private static String text(Finding finding) {
        return finding.rule().id() + " " + finding.message();
    }
}
