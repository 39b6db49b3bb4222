package dev.cordon.scan.rule;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.error.MalformedBundleException;
import dev.cordon.manifest.Manifest;
import dev.cordon.scan.Evidence;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import dev.cordon.scan.ScanRule;
import dev.cordon.wasm.FunctionNames;
import dev.cordon.wasm.ModuleOutline;
import dev.cordon.wasm.ModuleReader;
import dev.cordon.wasm.ModuleVisitor;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Scans a plugin: reads it once, listens, and asks every rule. */
public final class ModuleScanner {
    private final PluginBundle bundle;
    private final HostSurface host;
    private final ScanPolicy policy;
    private final Findings findings;
    private final SbomRules parts = new SbomRules();

    private ModuleScanner(
            PluginBundle bundle, HostSurface host, ScanPolicy policy, LocalDate today) {
        this.bundle = bundle;
        this.host = host;
        this.policy = policy;
        this.findings = new Findings(bundle, policy.suppressions(), today);
    }

    /** Reads a plugin's manifest. */
    public interface ManifestSource {
        /**
         * What the plugin says about itself.
         *
         * @param outline its module
         * @return empty if it has no manifest
         * @throws MalformedBundleException if it has one that cannot be understood
         */
        Optional<Manifest> read(ModuleOutline outline);
    }

    /**
     * Scans a plugin; runs none of it.
     *
     * @param bundle the plugin
     * @param manifest reads what it says about itself
     * @param host what is offered to it
     * @param policy what to hold it against
     * @param today the day in UTC, which ends suppressions
     * @return what was found, also if the bytes are no module at all
     */
    public static ScanReport scan(
            PluginBundle bundle,
            ManifestSource manifest,
            HostSurface host,
            ScanPolicy policy,
            LocalDate today) {
        return new ModuleScanner(bundle, host, policy, today).scan(manifest);
    }

    private ScanReport scan(ManifestSource source) {
        byte[] module = bundle.module();
        List<CodeRule> codeRules =
                List.of(
                        new EndlessCode(module),
                        new HashKernels(module),
                        new InterpreterPattern(module),
                        new SegmentBounds(module),
                        new CapabilityRules());
        DataSegments data = new DataSegments();
        List<ModuleVisitor> listeners = new ArrayList<>(codeRules);
        listeners.add(data);
        try {
            ModuleOutline outline =
                    ModuleReader.read(bundle.name(), module, new CodeListeners(listeners));
            check(subject(outline, manifest(source, outline), data), codeRules);
        } catch (MalformedBundleException | InvalidModuleException refused) {
            Refused.report(bundle.module(), refused, findings);
        }
        return report();
    }

    private Subject subject(
            ModuleOutline outline, Optional<Manifest> manifest, DataSegments segments) {
        byte[] module = bundle.module();
        return new Subject(
                bundle,
                outline,
                manifest,
                FunctionNames.of(module, outline),
                DataScan.of(module, segments, outline.customSections()),
                host,
                policy);
    }

    private void check(Subject subject, List<CodeRule> codeRules) {
        List<Rule> rules = new ArrayList<>();
        rules.addAll(FramingRules.all());
        rules.addAll(ImportRules.all());
        rules.addAll(LimitRules.all());
        rules.addAll(codeRules);
        rules.addAll(DataRules.all());
        rules.addAll(NameRules.all());
        rules.add(parts);
        rules.add(new ToolchainRule());
        rules.forEach(rule -> rule.check(subject, findings));
    }

    /** A manifest that is broken is a finding, and the module is scanned all the same. */
    private Optional<Manifest> manifest(ManifestSource source, ModuleOutline outline) {
        try {
            return source.read(outline);
        } catch (CordonException broken) {
            if (broken.code() != ErrorCode.MALFORMED_MANIFEST) {
                throw broken;
            }
            findings.add(
                    ScanRule.MALFORMED, ScanRule.MALFORMED.level(), Evidence.MODULE, broken.what());
            return Optional.empty();
        }
    }

    private ScanReport report() {
        return new ScanReport(
                bundle.name(),
                bundle.digest().hex(),
                bundle.module().length,
                findings.sorted(),
                findings.omitted(),
                findings.omittedSuppressed(),
                parts.components(),
                policy.advisories().size());
    }
}
