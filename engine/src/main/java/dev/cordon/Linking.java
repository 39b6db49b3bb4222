package dev.cordon;

import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.extism.ExtismModule;
import dev.cordon.guest.ApplicationFunctions;
import dev.cordon.guest.HostApi;
import dev.cordon.guest.HostImports;
import dev.cordon.guest.Linkage;
import dev.cordon.guest.LinkedModule;
import dev.cordon.manifest.Manifest;
import dev.cordon.monitor.EngineListener;
import dev.cordon.runtime.CompiledModule;
import dev.cordon.trust.judge.TrustJudge;
import dev.cordon.trust.judge.TrustedBundle;
import dev.cordon.wasm.ModuleOutline;
import dev.cordon.wasm.ModuleReader;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The modules of a plugin beside its main one, on the same way: each is judged, read, scanned and
 * compiled, and each must be trusted for the plugin to run. Immutable.
 */
final class Linking {
    private final Map<String, Part> parts;

    private Linking(Map<String, Part> parts) {
        this.parts = parts;
    }

    private record Part(TrustedBundle trusted, ModuleOutline outline) {}

    /** Makes code of a module, or finds it. */
    @FunctionalInterface
    interface Compilation {
        CompiledModule compiled(TrustedBundle trusted, ModuleOutline outline);
    }

    /** Judges and reads the modules; refuses one that may not be loaded. */
    static Linking of(List<ExtismModule> modules, TrustJudge judge) {
        Map<String, Part> parts = new LinkedHashMap<>();
        for (ExtismModule module : modules) {
            TrustedBundle trusted = judge.judge(module.bundle());
            ModuleOutline outline =
                    ModuleReader.read(module.bundle().name(), module.bundle().module());
            parts.put(module.name(), new Part(trusted, outline));
        }
        return new Linking(parts);
    }

    /** The options without the grants that any of the modules may not have. */
    LoadOptions allowed(LoadOptions options, EngineListener listener) {
        LoadOptions allowed = options;
        for (Part part : parts.values()) {
            allowed = Loading.allowed(part.trusted(), allowed, listener);
        }
        return allowed;
    }

    /** What all of them leave of grants. */
    Grants narrowed(Grants grants) {
        Grants left = grants;
        for (Part part : parts.values()) {
            left = part.trusted().narrowed(left);
        }
        return left;
    }

    /** How they fit together. */
    Linkage links(String plugin) {
        if (parts.isEmpty()) {
            return Linkage.none();
        }
        Map<String, ModuleOutline> outlines = new LinkedHashMap<>();
        parts.forEach((name, part) -> outlines.put(name, part.outline()));
        return Linkage.of(plugin, outlines);
    }

    /** Takes them the rest of the way, in the order of their linkage. */
    List<LinkedModule> ready(
            Linkage links,
            Manifest manifest,
            LoadOptions options,
            ApplicationFunctions functions,
            Compilation compilation) {
        List<LinkedModule> ready = new ArrayList<>();
        for (String name : links.names()) {
            Part part = Objects.requireNonNull(parts.get(name));
            HostImports imports =
                    HostApi.resolve(
                            part.outline(), manifest.id(), functions, options.extism(), links);
            Scanning.requiredOfPart(part.trusted().bundle(), options, functions);
            CompiledModule code = compilation.compiled(part.trusted(), part.outline());
            ready.add(new LinkedModule(name, code, imports));
        }
        return ready;
    }

    /** Why the plugin may not run any more, if one of them is not trusted any more. */
    Optional<CordonException> objection() {
        for (Part part : parts.values()) {
            Optional<CordonException> objection =
                    part.trusted().objection(part.trusted().bundle().digest().hex());
            if (objection.isPresent()) {
                return objection;
            }
        }
        return Optional.empty();
    }

    /** Remembers each as the newest release of its signers. */
    void accept(TrustJudge judge) {
        parts.values().forEach(part -> judge.accept(part.trusted()));
    }
}
