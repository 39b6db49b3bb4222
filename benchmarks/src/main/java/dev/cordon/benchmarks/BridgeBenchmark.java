package dev.cordon.benchmarks;

import dev.cordon.LoadOptions;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.CommandResult;
import dev.cordon.capability.Grants;
import dev.cordon.manifest.ManifestReader;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
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
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does it cost to bring a payload to a plugin and back, on each way that there is?
 *
 * <p>All threads share the plugins. The peers are not thread-safe, so each thread has its own.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class BridgeBenchmark {
    private static final int MOST_THREADS = 8;
    private static final LoadOptions OPTIONS =
            LoadOptions.defaults()
                    .withGrants(Grants.of("command:send=target"))
                    .withQuota(Quota.widest().withInstances(MOST_THREADS));
    private static final byte[] KEPT =
            """
            {"id": "kept", "version": "1.0.0", "abi": 1, "state": "kept",
             "commands": [{"name": "echo", "export": "echo"}]}
            """
                    .getBytes(StandardCharsets.UTF_8);

    /** The payload's size. */
    @Param({"0", "1024", "65536"})
    public int bytes;

    private byte[] payload = new byte[0];
    private PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();
    private PluginEngine pair = PluginEngine.builder().trust(TrustPolicy.off()).build();
    private Plugin echo = load(engine, "echo", Modules.messenger());
    private Plugin toHost = load(engine, "to-host", Modules.messenger());
    private Plugin kept =
            load(
                    engine,
                    "kept",
                    Modules.messenger(),
                    OPTIONS.withManifest(ManifestReader.read(KEPT, "kept")));
    private Plugin extism = load(engine, "extism", Modules.extismMessenger());

    private static Plugin load(PluginEngine into, String name, byte[] module) {
        return load(into, name, module, OPTIONS);
    }

    private static Plugin load(PluginEngine into, String name, byte[] module, LoadOptions options) {
        return into.load(name, module, options);
    }

    /** Each thread's own peers. */
    @State(Scope.Thread)
    public static class Peers {
        private final BareMessenger chicory = new BareMessenger();
        private final ExtismPeer extism = new ExtismPeer(Modules.extismMessenger());
    }

    /** Registers who handles what. */
    @Setup
    public void prepare() {
        payload = new byte[bytes];
        engine.commands().register("target", command -> new CommandResult(command.payload()));
        engine.commands().register("echo", echo, "echo");
        engine.commands().register("relay", toHost, "relay");
        Plugin first = load(pair, "first", Modules.messenger());
        Plugin second = load(pair, "second", Modules.messenger());
        pair.commands().register("relay", first, "relay");
        pair.commands().register("target", second, "echo");
    }

    /** Closes the engines. */
    @TearDown
    public void close() {
        pair.close();
        engine.close();
    }

    /** Chicory's export call, the payload copied in and out, without limits. */
    @Benchmark
    public byte[] chicoryExport(Peers peers) {
        return peers.chicory.echo(payload);
    }

    /** The same module, called by its handle. */
    @Benchmark
    public Object pluginCall() {
        return echo.call("echo", payload);
    }

    /** The same, with state that is kept; so its calls take turns. */
    @Benchmark
    public Object pluginCallKept() {
        return kept.call("echo", payload);
    }

    /** The same module, through the bridge: host to plugin. */
    @Benchmark
    public Object hostToPlugin() {
        return engine.commands().send("echo", payload);
    }

    /** Host to plugin to host. */
    @Benchmark
    public Object hostToPluginToHost() {
        return engine.commands().send("relay", payload);
    }

    /** Host to plugin to plugin. */
    @Benchmark
    public Object hostToPluginToPlugin() {
        return pair.commands().send("relay", payload);
    }

    /** An Extism plug-in in Extism's SDK for Chicory, without limits. */
    @Benchmark
    public byte[] extismSdk(Peers peers) {
        return peers.extism.call("echo", payload);
    }

    /** The same plug-in in Cordon. */
    @Benchmark
    public Object extismInCordon() {
        return extism.call("echo", payload);
    }
}
