package dev.cordon.guest;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.wasm.ExportedItem;
import dev.cordon.wasm.ExternKind;
import dev.cordon.wasm.ImportedItem;
import dev.cordon.wasm.ModuleOutline;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which modules of one plugin import functions of which, and an order in which they can be made.
 * Immutable.
 *
 * <p>Modules share functions only, of numbers only: memories, tables and references belong to one
 * instance. A cycle is refused, so that no instance runs before it is initialised.
 */
public final class Linkage {
    /** What the module with the commands is called; nothing can import from it. */
    public static final String MAIN = "main";

    private static final int MAX_SHOWN = 400;

    private final String plugin;
    private final Map<String, ModuleOutline> modules;

    /** What each module exports, by name: there may be many imports and many exports. */
    private final Map<String, Map<String, ExportedItem>> exports = new HashMap<>();

    private Linkage(String plugin, Map<String, ModuleOutline> ordered) {
        this.plugin = plugin;
        this.modules = ordered;
        ordered.forEach((name, outline) -> exports.put(name, byName(outline)));
    }

    private static Map<String, ExportedItem> byName(ModuleOutline outline) {
        Map<String, ExportedItem> items = new HashMap<>();
        outline.exports().forEach(item -> items.put(item.name(), item));
        return items;
    }

    /**
     * The linkage of a plugin of one module.
     *
     * @return no other modules
     */
    public static Linkage none() {
        return new Linkage("", Map.of());
    }

    /**
     * Orders modules.
     *
     * @param plugin the plugin's id for messages
     * @param modules all but the main one, by the names that imports call them
     * @return each after those that it imports from
     * @throws InvalidModuleException if some import from each other in a circle, or from the main
     *     module
     */
    public static Linkage of(String plugin, Map<String, ModuleOutline> modules) {
        Map<String, ModuleOutline> ordered = new LinkedHashMap<>();
        for (String name : modules.keySet()) {
            add(plugin, name, modules, ordered, new LinkedHashSet<>());
        }
        return new Linkage(plugin, ordered);
    }

    private static void add(
            String plugin,
            String name,
            Map<String, ModuleOutline> modules,
            Map<String, ModuleOutline> ordered,
            Set<String> waiting) {
        ModuleOutline outline = modules.get(name);
        if (ordered.containsKey(name) || outline == null) {
            return;
        }
        if (!waiting.add(name)) {
            throw failed(
                    plugin,
                    "links modules in a circle: `" + String.join("`, `", waiting) + "`",
                    "have modules import only from those that do not import from them");
        }
        for (ImportedItem wanted : outline.imports()) {
            if (wanted.module().equals(MAIN)) {
                throw failed(
                        plugin,
                        "links the module `" + name + "`, which imports from the main module",
                        "move what both need to a module of its own");
            }
            add(plugin, wanted.module(), modules, ordered, waiting);
        }
        waiting.remove(name);
        ordered.put(name, outline);
    }

    /**
     * The modules in the order in which they can be made.
     *
     * @return immutable names
     */
    public List<String> names() {
        return List.copyOf(modules.keySet());
    }

    /** Whether there is such a module. */
    boolean has(String module) {
        return modules.containsKey(module);
    }

    /**
     * Whether another module gives what one imports; if not, the host may.
     *
     * @throws InvalidModuleException if it exports something else by this name
     */
    boolean offers(ImportedItem wanted) {
        ModuleOutline outline = modules.get(wanted.module());
        ExportedItem found = exports.getOrDefault(wanted.module(), Map.of()).get(wanted.name());
        if (outline == null || found == null) {
            return false;
        }
        if (wanted.kind() != ExternKind.FUNCTION || found.kind() != ExternKind.FUNCTION) {
            throw failed(
                    plugin,
                    "imports `" + wanted.label() + "`, but linked modules share functions only",
                    "have it call a function of that module instead");
        }
        requireType(wanted, outline.functionType(found.index()));
        return true;
    }

    private void requireType(ImportedItem wanted, String type) {
        if (!type.equals(wanted.type())) {
            throw failed(
                    plugin,
                    "imports `"
                            + wanted.label()
                            + "` as `"
                            + wanted.type()
                            + "`, but the linked module exports it as `"
                            + type
                            + "`",
                    "build both modules against the same declarations");
        }
        if (type.contains("ref")) {
            throw failed(
                    plugin,
                    "imports `" + wanted.label() + "`, which takes or gives a reference: " + type,
                    "references belong to one instance; pass numbers or blocks");
        }
    }

    private static InvalidModuleException failed(String plugin, String what, String help) {
        return new InvalidModuleException(
                ErrorCode.LINK_FAILED, plugin, GuestText.printable(what, MAX_SHOWN), help);
    }
}
