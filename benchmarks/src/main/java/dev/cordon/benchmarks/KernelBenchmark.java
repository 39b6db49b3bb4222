package dev.cordon.benchmarks;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import dev.cordon.runtime.CallBudget;
import dev.cordon.runtime.GuestInstance;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.IntUnaryOperator;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does fuel cost? The same kernels in stock Chicory's compiled code (not metered), in Cordon's
 * metered, in Cordon's not metered, and in plain Java.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class KernelBenchmark {
    /** How much each kernel does in one run, for some milliseconds of it. */
    static final Map<String, Integer> SIZES =
            Map.ofEntries(
                    Map.entry("calls", 26),
                    Map.entry("branches", 30_000),
                    Map.entry("stores", 500_000),
                    Map.entry("tables", 1_000_000),
                    Map.entry("arithmetic", 300_000),
                    Map.entry("doubles", 100),
                    Map.entry("scanning", 400_000),
                    Map.entry("indirect", 500_000),
                    Map.entry("machine", 200_000),
                    Map.entry("hashing", 250_000),
                    Map.entry("sorting", 40_000),
                    Map.entry("encoding", 250_000),
                    Map.entry("lookups", 200_000),
                    Map.entry("searching", 250_000),
                    Map.entry("multiplying", 800),
                    Map.entry("simulating", 20_000),
                    Map.entry("unpacking", 250_000));

    /** Which kernel. */
    @Param({
        "calls",
        "branches",
        "stores",
        "tables",
        "arithmetic",
        "doubles",
        "scanning",
        "indirect",
        "machine",
        "hashing",
        "sorting",
        "encoding",
        "lookups",
        "searching",
        "multiplying",
        "simulating",
        "unpacking"
    })
    public String kernel = "calls";

    /** Which engine. */
    @Param({"chicory", "metered", "unmetered", "java"})
    public String engine = "java";

    private IntUnaryOperator code = n -> n;
    private int size;

    /** Makes the kernel ready and runs nothing. */
    @Setup
    public void prepare() {
        size = SIZES.getOrDefault(kernel, 0);
        code = code(engine, kernel);
    }

    static IntUnaryOperator code(String engine, String kernel) {
        switch (engine) {
            case "chicory":
                return chicory(kernel);
            case "metered":
                return cordon(kernel, true);
            case "unmetered":
                return cordon(kernel, false);
            default:
                Kernels java = new Kernels();
                return size -> java.run(kernel, size);
        }
    }

    private static IntUnaryOperator chicory(String kernel) {
        WasmModule module = Parser.parse(Modules.kernels());
        ExportFunction export =
                Instance.builder(module)
                        .withMemoryFactory(ByteArrayMemory::new)
                        .withMachineFactory(MachineFactoryCompiler.compile(module))
                        .build()
                        .export(kernel);
        return size -> (int) export.apply(size)[0];
    }

    private static IntUnaryOperator cordon(String kernel, boolean metered) {
        GuestInstance guest = Modules.start(Modules.compile(Modules.kernels(), metered));
        CallBudget budget = CallBudget.ofFuel(CallBudget.UNLIMITED);
        return size -> {
            guest.begin(budget);
            return (int) guest.invoke(kernel, size)[0];
        };
    }

    /**
     * One run of the kernel.
     *
     * @return its checksum
     */
    @Benchmark
    public int run() {
        return code.applyAsInt(size);
    }
}
