package dev.cordon;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.error.GuestText;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.guest.ApplicationFunctions;
import dev.cordon.guest.HostApi;
import dev.cordon.guest.PluginShape;
import dev.cordon.manifest.Manifest;
import dev.cordon.meter.FuelPlanner;
import dev.cordon.runtime.ModuleCompiler;
import dev.cordon.trust.judge.ClaimedSigners;
import dev.cordon.wasm.DeclaredSize;
import dev.cordon.wasm.ExportedItem;
import dev.cordon.wasm.ExternKind;
import dev.cordon.wasm.FunctionNames;
import dev.cordon.wasm.ImportedItem;
import dev.cordon.wasm.ModuleOutline;
import dev.cordon.wasm.ModuleReader;
import dev.cordon.wasm.ModuleValidator;
import dev.cordon.wasm.Proposal;
import dev.cordon.wasm.ValidModule;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;

/** Reads a plugin's file to tell what is in it. */
final class Inspection {
    private static final int MAX_SHOWN = 200;

    private Inspection() {}

    static ModuleFacts of(PluginBundle bundle, ApplicationFunctions own) {
        ModuleOutline outline = ModuleReader.read(bundle.name(), bundle.module());
        Manifest manifest =
                PluginShape.manifest(outline, bundle.module(), bundle.sidecar(), bundle.name());
        return new ModuleFacts(
                bundle.name(),
                bundle.digest().hex(),
                bundle.module().length,
                PluginShape.kind(manifest, outline),
                manifest,
                outline.imports().stream().map(Inspection::imported).toList(),
                outline.exports().stream().map(item -> exported(item, outline)).toList(),
                outline.memory()
                        .map(Inspection::size)
                        .orElse(new ModuleFacts.Size(0, OptionalLong.of(0))),
                outline.tables().stream().map(table -> size(table.size())).toList(),
                outline.proposals().stream().map(Proposal::displayName).sorted().toList(),
                capabilities(manifest, outline, own),
                outline.hasStart(),
                interpreted(bundle, outline),
                HostApi.unknownImports(outline, own),
                ClaimedSigners.of(bundle));
    }

    /** Functions that the JVM cannot hold; a module with small ones only needs no look. */
    private static List<String> interpreted(PluginBundle bundle, ModuleOutline outline) {
        if (!ModuleCompiler.mayHoldTooLarge(outline)) {
            return List.of();
        }
        FunctionNames names = FunctionNames.of(bundle.module(), outline);
        try {
            ValidModule valid = ModuleValidator.validate(bundle.name(), bundle.module(), outline);
            return ModuleCompiler.tooLarge(FuelPlanner.meter(valid)).stream()
                    .map(f -> names.name(f).isEmpty() ? "func[" + f + "]" : shown(names.name(f)))
                    .toList();
        } catch (InvalidModuleException e) {
            return List.of(); // none of its functions will run; loading it says why
        }
    }

    private static List<String> capabilities(
            Manifest manifest, ModuleOutline outline, ApplicationFunctions own) {
        Set<String> all = new TreeSet<>(manifest.requests());
        all.addAll(HostApi.capabilities(outline, own));
        return List.copyOf(all);
    }

    private static ModuleFacts.Import imported(ImportedItem item) {
        return new ModuleFacts.Import(
                shown(item.module()), shown(item.name()), item.kind().displayName(), item.type());
    }

    private static ModuleFacts.Export exported(ExportedItem item, ModuleOutline outline) {
        String type = item.kind() == ExternKind.FUNCTION ? outline.functionType(item.index()) : "";
        return new ModuleFacts.Export(shown(item.name()), item.kind().displayName(), type);
    }

    private static ModuleFacts.Size size(DeclaredSize size) {
        return new ModuleFacts.Size(size.minimum(), size.maximum());
    }

    private static String shown(String text) {
        return GuestText.printable(text, MAX_SHOWN);
    }
}
