package dev.cordon.runtime;

import com.dylibso.chicory.runtime.HostFunction;
import dev.cordon.error.CordonException;
import dev.cordon.meter.FuelPlanner;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.wasm.ValidModule;
import java.util.Arrays;
import java.util.List;

/** Instances for tests, and what becomes of their calls as texts that can be compared. */
final class Guests {
    private Guests() {}

    static CompiledModule compile(ValidModule module, EngineKind engine) {
        return new ModuleCompiler(engine, null).compile(FuelPlanner.meter(module));
    }

    static GuestInstance start(ModuleBuilder module, EngineKind engine, HostFunction... hosts) {
        return start(module, engine, GuestLimits.GENEROUS, hosts);
    }

    static GuestInstance start(
            ModuleBuilder module, EngineKind engine, GuestLimits limits, HostFunction... hosts) {
        return start(compile(module.valid(), engine), limits, hosts);
    }

    static GuestInstance start(CompiledModule module, GuestLimits limits, HostFunction... hosts) {
        GuestInstance guest = module.instantiate(List.of(hosts), limits);
        guest.begin(CallBudget.ofFuel(CallBudget.UNLIMITED));
        guest.initialize();
        return guest;
    }

    /** Results or the error's code and text, and the fuel. */
    static String call(GuestInstance guest, long fuel, String export, long... args) {
        guest.begin(CallBudget.ofFuel(fuel));
        return invoke(guest, export, args) + " fuel " + guest.fuelUsed();
    }

    /** The same without starting a call first and without the fuel. */
    static String invoke(GuestInstance guest, String export, long... args) {
        try {
            return Arrays.toString(guest.invoke(export, args));
        } catch (CordonException e) {
            return e.code() + " " + e.what();
        }
    }

    /** Results or error of {@code run}, with plenty of fuel. */
    static String run(ModuleBuilder module, EngineKind engine, long... args) {
        return call(start(module, engine), CallBudget.UNLIMITED, "run", args);
    }

    static byte[] memory(GuestInstance guest) {
        return guest.memory().readBytes(0, guest.memory().sizeBytes());
    }
}
