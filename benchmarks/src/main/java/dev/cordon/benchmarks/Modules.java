package dev.cordon.benchmarks;

import dev.cordon.meter.FuelPlanner;
import dev.cordon.meter.MeteredModule;
import dev.cordon.runtime.CallBudget;
import dev.cordon.runtime.CompiledModule;
import dev.cordon.runtime.EngineKind;
import dev.cordon.runtime.GuestInstance;
import dev.cordon.runtime.GuestLimits;
import dev.cordon.runtime.ModuleCompiler;
import dev.cordon.wasm.ModuleReader;
import dev.cordon.wasm.ModuleValidator;
import dev.cordon.wasm.ValidModule;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Takes modules the way that the engine takes them, step by step. */
final class Modules {
    private Modules() {}

    static byte[] kernels() {
        return resource("kernels.wasm");
    }

    /** Answers with its payload, or relays it. */
    static byte[] messenger() {
        return resource("messenger.wasm");
    }

    /** Answers with its payload, by Extism's ABI. */
    static byte[] extismMessenger() {
        return resource("extism-messenger.wasm");
    }

    private static byte[] resource(String name) {
        try (InputStream in = Modules.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is missing");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static ValidModule valid(byte[] bytes) {
        return ModuleValidator.validate("benchmark", bytes, ModuleReader.read("benchmark", bytes));
    }

    static CompiledModule compile(byte[] bytes, boolean metered) {
        ValidModule valid = valid(bytes);
        MeteredModule plan = metered ? FuelPlanner.meter(valid) : FuelPlanner.unmetered(valid);
        return new ModuleCompiler(EngineKind.COMPILED, null).compile(plan);
    }

    static GuestInstance start(CompiledModule module) {
        GuestInstance guest = module.instantiate(List.of(), GuestLimits.GENEROUS);
        guest.begin(CallBudget.ofFuel(CallBudget.UNLIMITED));
        guest.initialize();
        return guest;
    }
}
