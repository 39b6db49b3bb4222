package dev.cordon;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.Grants;
import dev.cordon.capability.NamePattern;
import dev.cordon.error.CordonException;
import dev.cordon.guest.HostApi;
import dev.cordon.guest.HostImports;
import dev.cordon.guest.Linkage;
import dev.cordon.guest.LinkedModule;
import dev.cordon.guest.PluginModule;
import dev.cordon.guest.PluginSettings;
import dev.cordon.guest.PluginShape;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.PluginKind;
import dev.cordon.meter.FuelPlanner;
import dev.cordon.meter.MeteredModule;
import dev.cordon.quota.Quota;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.runtime.CompiledModule;
import dev.cordon.runtime.CpuShare;
import dev.cordon.runtime.ModuleCompiler;
import dev.cordon.scan.ScanReport;
import dev.cordon.trust.judge.TrustedBundle;
import dev.cordon.wasm.ModuleOutline;
import dev.cordon.wasm.ModuleReader;
import dev.cordon.wasm.ModuleValidator;
import dev.cordon.wasm.ValidModule;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The way of a plugin from its file to its first call. Thread-safe. */
final class PluginLoader {
    /** Who imports none of these, and calls nobody who may send, needs no way to send. */
    private static final Set<String> SENDS = Set.of("cordon.command_send", "cordon.event_publish");

    private final EngineParts engine;

    PluginLoader(EngineParts engine) {
        this.engine = engine;
    }

    /**
     * Takes a plugin all the way but the last step, {@link #accept}: nothing is remembered of it.
     *
     * @param before the version whose place it is to take; what that used up is used up for both
     * @return a version to be closed if it is never served
     */
    PluginVersion load(PluginBundle bundle, LoadOptions wanted, @Nullable PluginVersion before) {
        TrustedBundle trusted = engine.judge().judge(bundle);
        Linking linking = Linking.of(wanted.extism().linked(), engine.judge());
        LoadOptions allowed =
                linking.allowed(
                        Loading.allowed(trusted, wanted, engine.listener()), engine.listener());
        ModuleOutline outline = ModuleReader.read(bundle.name(), bundle.module());
        Manifest manifest = Loading.manifest(bundle, outline, allowed);
        UnaryOperator<Grants> requested =
                engine.allowUnrequested()
                        ? UnaryOperator.identity()
                        : Loading.requested(bundle, outline, manifest, allowed);
        LoadOptions options = Loading.below(requested, allowed);
        Linkage links = linking.links(manifest.id());
        HostImports imports =
                HostApi.resolve(
                        outline, manifest.id(), engine.functions(), options.extism(), links);
        List<String> missing = Loading.missingGrants(manifest, options);
        Optional<ScanReport> scanned =
                Scanning.required(bundle, manifest, options, engine.functions());
        List<LinkedModule> linked =
                linking.ready(
                        links,
                        manifest,
                        options,
                        engine.functions(),
                        (part, shape) -> compiled(part.bundle(), manifest, shape));
        CompiledModule compiled = compiled(bundle, manifest, outline);
        List<NamePattern> topics = manifest.subscriptions().stream().map(NamePattern::new).toList();
        Quota limits = engine.quota().tighter(options.quota()).tighter(manifest.quota());
        PluginKind kind = PluginShape.kind(manifest, outline);
        PluginSettings settings = Loading.settings(manifest.id(), options, limits, engine);
        if (before != null) {
            settings.doors().succeed(before.doors());
        }
        PluginModule module =
                new PluginModule(compiled, imports, linked, kind, manifest.state(), settings);
        Commands commands = new Commands(manifest, kind);
        CallPath path = path(trusted, linking, module, commands, limits, share(limits, before));
        LiveGrants live =
                new LiveGrants(
                        manifest.id(),
                        settings.doors(),
                        grants -> requested.apply(linking.narrowed(trusted.narrowed(grants))));
        return new PluginVersion(
                wanted,
                options.grants(),
                manifest,
                topics,
                trusted,
                linking,
                module,
                live,
                module.callsApplication()
                        || module.importNames().stream().anyMatch(SENDS::contains),
                commands,
                missing,
                scanned,
                path);
    }

    /** From the cache, where only what went this way before can be; else the whole way. */
    private CompiledModule compiled(PluginBundle bundle, Manifest manifest, ModuleOutline outline) {
        ModuleCompiler compiler = engine.compiler();
        String digest = bundle.digest().hex();
        CompiledModule cached = compiler.cached(manifest.id(), bundle.module(), digest, outline);
        if (cached != null) {
            return cached;
        }
        ValidModule valid = ModuleValidator.validate(manifest.id(), bundle.module(), outline);
        MeteredModule metered = FuelPlanner.meter(valid);
        return compiler.compile(metered);
    }

    private CallPath path(
            TrustedBundle trusted,
            Linking linking,
            PluginModule module,
            Commands commands,
            Quota limits,
            @Nullable CpuShare share) {
        String digest = trusted.bundle().digest().hex();
        return new CallPath(
                module,
                commands,
                limits,
                Instances.limits(limits, module.settings().grants()),
                () -> trusted.objection(digest).or(linking::objection),
                new Reports(module, digest, engine.listener()),
                share);
    }

    /** The share of the version before, if it is as large. */
    private static @Nullable CpuShare share(Quota limits, @Nullable PluginVersion before) {
        int percent = limits.resources().cpuPercent();
        if (percent == ResourceQuota.ALL_CORES) {
            return null;
        }
        CpuShare known = before == null ? null : before.path().share();
        return known != null && known.percent() == percent ? known : new CpuShare(percent);
    }

    /**
     * Remembers a version as the newest release of its signers.
     *
     * @throws CordonException if it is not trusted any more; then nothing is remembered
     */
    void accept(PluginVersion version) {
        Optional<CordonException> untrusted = version.objection();
        if (untrusted.isPresent()) {
            throw untrusted.get();
        }
        engine.judge().accept(version.trusted());
        version.linking().accept(engine.judge());
    }
}
