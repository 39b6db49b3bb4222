package dev.cordon.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Chooses among functions of one name by the type that a module imports; both when it imports both.
 */
final class HostFunctions {
    private HostFunctions() {}

    static List<HostFunction> of(
            WasmModule module, List<HostFunction> usual, List<HostFunction> all) {
        Map<String, Set<FunctionType>> imported = imported(module);
        Set<String> matched =
                all.stream()
                        .filter(function -> isImported(function, imported))
                        .map(HostFunction::name)
                        .collect(Collectors.toSet());
        return all.stream()
                .filter(
                        function ->
                                matched.contains(function.name())
                                        ? isImported(function, imported)
                                        : usual.contains(function))
                .toList();
    }

    private static boolean isImported(
            HostFunction function, Map<String, Set<FunctionType>> imported) {
        return imported.getOrDefault(function.name(), Set.of()).contains(function.functionType());
    }

    private static Map<String, Set<FunctionType>> imported(WasmModule module) {
        Map<String, Set<FunctionType>> imported = new HashMap<>();
        for (int i = 0; i < module.importSection().importCount(); i++) {
            if (module.importSection().getImport(i) instanceof FunctionImport function
                    && function.module().equals(WasiPreview1.MODULE)) {
                imported.computeIfAbsent(function.name(), name -> new HashSet<>())
                        .add(module.typeSection().getType(function.typeIndex()));
            }
        }
        return imported;
    }
}
