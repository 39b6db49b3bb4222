package dev.cordon.scan.rule;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.manifest.Manifest;
import dev.cordon.scan.Evidence;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.wasm.FunctionNames;
import dev.cordon.wasm.ModuleOutline;
import java.util.Optional;

/**
 * What the rules look at.
 *
 * @param bundle the plugin's bytes
 * @param outline what is in them
 * @param manifest what the plugin says about itself, empty if it has no manifest
 * @param names what its functions are called
 * @param data what was seen in its data
 * @param host what is offered to it
 * @param policy what the host asks
 */
record Subject(
        PluginBundle bundle,
        ModuleOutline outline,
        Optional<Manifest> manifest,
        FunctionNames names,
        DataFacts data,
        HostSurface host,
        ScanPolicy policy) {
    private static final int MAX_NAME_SHOWN = 120;

    byte[] module() {
        return bundle.module();
    }

    /** A place in a function, or the whole function if the offset is -1. */
    Evidence inFunction(int function, int offset, int length) {
        String name = Shown.text(names.name(function), MAX_NAME_SHOWN);
        int body = function - outline.importedFunctions();
        boolean whole = offset < 0 && body >= 0;
        return new Evidence(
                function,
                name,
                whole ? outline.bodies().offset(body) : offset,
                whole ? outline.bodies().size(body) : length);
    }
}
