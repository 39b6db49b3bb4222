package dev.cordon.guest;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A function that the host offers to guests.
 *
 * @param module first name of the import
 * @param name second name of the import
 * @param type what it takes and gives
 * @param body what it does
 */
record HostOffer(String module, String name, FunctionType type, HostBody body) {
    /** Both names, as errors and reports show them. */
    String label() {
        return module + "." + name;
    }

    /** The type as a module's outline writes it, for example {@code (i32, i32) -> (i64)}. */
    String typeText() {
        return list(type.params()) + " -> " + list(type.returns());
    }

    private static String list(List<ValType> types) {
        return types.stream()
                .map(type -> type.toString().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", ", "(", ")"));
    }
}
