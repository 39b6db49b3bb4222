package dev.cordon.benchmarks;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.manifest.ManifestReader;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What does a call cost, with checks, metering and report, beside Chicory's bare export call? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class CallBenchmark {
    private static final byte[] NOTHING = new byte[0];
    private static final byte[] KILOBYTE = new byte[1024];

    private PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();
    private Plugin empty = load("empty");
    private Plugin echo = load("echo");
    private Plugin counterFresh = load("state-counter");
    private Plugin counterKept = load("state-counter-kept");
    private ExtismPeer extism = new ExtismPeer(SamplePlugins.bytes("empty"));
    private ExportFunction bare = args -> args;

    private Plugin load(String name) {
        LoadOptions options = LoadOptions.defaults();
        return SamplePlugins.manifest(name)
                .map(
                        json ->
                                engine.load(
                                        name,
                                        SamplePlugins.bytes(name),
                                        options.withManifest(ManifestReader.read(json, name))))
                .orElseGet(() -> engine.load(name, SamplePlugins.bytes(name), options));
    }

    /** Links Chicory's own instance of the empty plugin. */
    @Setup
    public void prepare() {
        WasmModule module = Parser.parse(SamplePlugins.bytes("empty"));
        ImportValues.Builder imports = ImportValues.builder();
        module.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .map(FunctionImport.class::cast)
                .forEach(
                        f -> {
                            FunctionType type = module.typeSection().getType(f.typeIndex());
                            imports.addFunction(
                                    new HostFunction(
                                            f.module(),
                                            f.name(),
                                            type,
                                            (i, a) -> new long[type.returns().size()]));
                        });
        bare =
                Instance.builder(module)
                        .withImportValues(imports.build())
                        .withMachineFactory(MachineFactoryCompiler.compile(module))
                        .build()
                        .export("run");
    }

    /** Closes the engine. */
    @TearDown
    public void close() {
        engine.close();
    }

    /** Chicory alone. */
    @Benchmark
    public Object bareExport() {
        return bare.apply();
    }

    /** An empty command. */
    @Benchmark
    public Object emptyCommand() {
        return empty.call("run", NOTHING);
    }

    /** The same module, called through Extism's SDK for the same runtime. */
    @Benchmark
    public Object extismEmptyCommand() {
        return extism.call("run", NOTHING);
    }

    /** The same with state that no earlier call left behind, which there takes a new plugin. */
    @Benchmark
    public Object extismFreshState() {
        return extism.again().call("run", NOTHING);
    }

    /** A command that answers with its kilobyte of input. */
    @Benchmark
    public Object echoKilobyte() {
        return echo.call("echo", KILOBYTE);
    }

    /** A command that changes its memory, which is reset afterwards. */
    @Benchmark
    public Object freshState() {
        return counterFresh.call("next", NOTHING);
    }

    /** The same with state that is kept. */
    @Benchmark
    public Object keptState() {
        return counterKept.call("next", NOTHING);
    }
}
