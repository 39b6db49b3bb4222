package dev.cordon;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.guest.HostApi;
import dev.cordon.guest.HostImports;
import dev.cordon.guest.PluginModule;
import dev.cordon.guest.PluginSettings;
import dev.cordon.guest.PluginShape;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.PluginKind;
import dev.cordon.meter.FuelPlanner;
import dev.cordon.meter.MeteredModule;
import dev.cordon.quota.Quota;
import dev.cordon.runtime.CompiledModule;
import dev.cordon.runtime.ModuleCompiler;
import dev.cordon.scan.ScanReport;
import dev.cordon.trust.judge.TrustedBundle;
import dev.cordon.wasm.ModuleOutline;
import dev.cordon.wasm.ModuleReader;
import dev.cordon.wasm.ModuleValidator;
import dev.cordon.wasm.ValidModule;
import java.util.List;
import java.util.Optional;

/** The way of a plugin from its file to its first call. Thread-safe. */
final class PluginLoader {
    private final EngineParts engine;

    PluginLoader(EngineParts engine) {
        this.engine = engine;
    }

    /**
     * Takes a plugin all the way but the last step, {@link #accept}: nothing is remembered of it.
     *
     * @return a version to be closed if it is never served
     */
    PluginVersion load(PluginBundle bundle, LoadOptions wanted) {
        TrustedBundle trusted = engine.judge().judge(bundle);
        LoadOptions allowed = Loading.allowed(trusted, wanted, engine.listener());
        ModuleOutline outline = ModuleReader.read(bundle.name(), bundle.module());
        Manifest manifest = Loading.manifest(bundle, outline, allowed);
        LoadOptions options =
                engine.allowUnrequested()
                        ? allowed
                        : Loading.requested(bundle, outline, manifest, allowed);
        HostImports imports = HostApi.resolve(outline, manifest.id(), options.extism());
        List<String> missing = Loading.missingGrants(manifest, options);
        Optional<ScanReport> scanned = Scanning.required(bundle, manifest, options);
        CompiledModule compiled = compiled(bundle, manifest, outline);
        Quota limits = engine.quota().tighter(options.quota()).tighter(manifest.quota());
        PluginKind kind = PluginShape.kind(manifest, outline);
        PluginSettings settings =
                Loading.settings(manifest.id(), options, limits, engine.data(), engine.listener());
        PluginModule module = new PluginModule(compiled, imports, kind, manifest.state(), settings);
        Commands commands = new Commands(manifest, kind);
        CallPath path = path(trusted, module, commands, limits);
        return new PluginVersion(manifest, trusted, module, commands, missing, scanned, path);
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
            TrustedBundle trusted, PluginModule module, Commands commands, Quota limits) {
        String digest = trusted.bundle().digest().hex();
        return new CallPath(
                module,
                commands,
                limits,
                Instances.limits(limits, module.settings().grants()),
                engine.places(),
                () -> trusted.objection(digest),
                new Reports(module, digest, engine.listener()));
    }

    /** Remembers the version as the newest release of its signers; closes it if that fails. */
    void accept(PluginVersion version) {
        try {
            engine.judge().accept(version.trusted());
        } catch (RuntimeException | Error refused) {
            version.closeDoors();
            throw refused;
        }
    }
}
