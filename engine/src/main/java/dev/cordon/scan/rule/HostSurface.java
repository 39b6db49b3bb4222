package dev.cordon.scan.rule;

import dev.cordon.capability.GrantKind;
import dev.cordon.wasm.ImportedItem;
import java.util.List;

/** What a host offers to guests, as far as a scan has to know. Thread-safe. */
public interface HostSurface {
    /**
     * Whether an import can be had.
     *
     * @param item what a module imports
     * @return true if the host offers it under both names and with its type
     */
    boolean offers(ImportedItem item);

    /**
     * What an import is good for.
     *
     * @param item what a module imports
     * @return the kinds of grant that it needs to do anything, empty if it needs none
     */
    List<GrantKind> needs(ImportedItem item);

    /**
     * Whether a name belongs to a host function.
     *
     * @param label {@code module.name}
     * @return true if the host offers a function of that name
     */
    boolean isHostFunction(String label);
}
