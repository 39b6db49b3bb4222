package dev.cordon.guest;

import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import dev.cordon.runtime.GuestInstance;
import java.util.List;

/** What modules have to be started with, before their first call, beside their start functions. */
final class Starters {
    /** What such functions of Extism plug-ins take and give; with another type they are none. */
    private static final FunctionType PLAIN = FunctionType.of(List.of(), List.of());

    private static final FunctionType HASKELL =
            FunctionType.of(List.of(ValType.I32, ValType.I32), List.of());

    private Starters() {}

    /** Starts the main module of a plugin. */
    static void start(GuestInstance guest, boolean extism) {
        if (extism) {
            startExtism(guest);
        } else if (guest.hasExport(PluginShape.INITIALIZE)) {
            guest.invoke(PluginShape.INITIALIZE);
        } else if (guest.hasExport(PluginShape.CALL_CONSTRUCTORS)) {
            guest.invoke(PluginShape.CALL_CONSTRUCTORS);
        }
    }

    /**
     * In the order of Extism's own hosts; Haskell's runtime is started by a function of its own.
     */
    private static void startExtism(GuestInstance guest) {
        boolean initializes = guest.hasExport(PluginShape.INITIALIZE, PLAIN);
        if (guest.hasExport(PluginShape.HASKELL_INITIALIZE, HASKELL)) {
            if (initializes) {
                guest.invoke(PluginShape.INITIALIZE);
            }
            guest.invoke(PluginShape.HASKELL_INITIALIZE, 0, 0);
        } else if (guest.hasExport(PluginShape.CALL_CONSTRUCTORS, PLAIN)) {
            guest.invoke(PluginShape.CALL_CONSTRUCTORS);
        } else if (initializes) {
            guest.invoke(PluginShape.INITIALIZE);
        }
    }

    /** Starts a module that others are linked with, if it has a function for it without values. */
    static void startLinked(GuestInstance instance) {
        if (instance.hasExport(PluginShape.INITIALIZE, PLAIN)) {
            instance.invoke(PluginShape.INITIALIZE);
        } else if (instance.hasExport(PluginShape.CALL_CONSTRUCTORS, PLAIN)) {
            instance.invoke(PluginShape.CALL_CONSTRUCTORS);
        }
    }
}
