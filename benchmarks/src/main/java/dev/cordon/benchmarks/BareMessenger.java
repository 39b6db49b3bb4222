package dev.cordon.benchmarks;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.Arrays;
import java.util.List;

/**
 * The messenger in Chicory's compiler with the least that a host can do for it: bytes are copied,
 * nothing is checked, counted or limited. For one thread.
 */
final class BareMessenger {
    private static final ValType I32 = ValType.I32;

    private final ExportFunction echo;
    private byte[] input = new byte[0];
    private byte[] output = new byte[0];

    BareMessenger() {
        WasmModule module = Parser.parse(Modules.messenger());
        ImportValues imports =
                ImportValues.builder()
                        .addFunction(
                                function("input_length", (guest, args) -> input.length),
                                function("input_read", this::read, I32, I32, I32),
                                function("output_write", this::write, I32, I32),
                                function("command_send", (guest, args) -> -8, I32, I32, I32, I32),
                                function("response_read", (guest, args) -> 0, I32, I32, I32))
                        .build();
        this.echo =
                Instance.builder(module)
                        .withImportValues(imports)
                        .withMemoryFactory(ByteArrayMemory::new)
                        .withMachineFactory(MachineFactoryCompiler.compile(module))
                        .build()
                        .export("echo");
    }

    @FunctionalInterface
    private interface Body {
        int call(Instance guest, long[] args);
    }

    private static HostFunction function(String name, Body body, ValType... parameters) {
        return new HostFunction(
                "cordon",
                name,
                FunctionType.of(List.of(parameters), List.of(I32)),
                (guest, args) -> new long[] {body.call(guest, args)});
    }

    private int read(Instance guest, long[] args) {
        int offset = (int) args[1];
        int count = Math.min((int) args[2], input.length - offset);
        guest.memory().write((int) args[0], input, offset, count);
        return count;
    }

    private int write(Instance guest, long[] args) {
        output = guest.memory().readBytes((int) args[0], (int) args[1]);
        return 0;
    }

    byte[] echo(byte[] payload) {
        input = Arrays.copyOf(payload, payload.length);
        echo.apply();
        return output;
    }
}
