package dev.cordon.wasm;

import dev.cordon.error.GuestText;

/**
 * One thing that a module imports.
 *
 * @param module the first name, as in the file
 * @param name the second name, as in the file
 * @param kind what it is
 * @param type its type as text, for example {@code (i32, i64) -> (f32)}
 */
public record ImportedItem(String module, String name, ExternKind kind, String type) {
    private static final int MAX_SHOWN = 100;

    /**
     * Both names, safe to print.
     *
     * @return {@code module.name}
     */
    public String label() {
        return GuestText.printable(module, MAX_SHOWN) + "." + GuestText.printable(name, MAX_SHOWN);
    }
}
