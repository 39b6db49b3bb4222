package dev.cordon.wasi;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Import;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Chooses among functions of one name by the type that a module imports. */
final class HostFunctions {
    private HostFunctions() {}

    static List<HostFunction> of(
            WasmModule module, List<HostFunction> usual, List<HostFunction> all) {
        Map<String, HostFunction> chosen = new LinkedHashMap<>();
        usual.forEach(function -> chosen.put(function.name(), function));
        for (int i = 0; i < module.importSection().importCount(); i++) {
            Import each = module.importSection().getImport(i);
            if (each instanceof FunctionImport function
                    && each.module().equals(WasiPreview1.MODULE)) {
                FunctionType type = module.typeSection().getType(function.typeIndex());
                all.stream()
                        .filter(one -> one.name().equals(each.name()))
                        .filter(one -> one.functionType().equals(type))
                        .findFirst()
                        .ifPresent(one -> chosen.put(one.name(), one));
            }
        }
        return List.copyOf(chosen.values());
    }
}
