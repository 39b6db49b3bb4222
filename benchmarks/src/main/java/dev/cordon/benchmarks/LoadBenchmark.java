package dev.cordon.benchmarks;

import dev.cordon.PluginEngine;
import dev.cordon.trust.TrustPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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

/** How long does loading take, by size, in a JVM that just started, without and with the cache? */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 1)
@Fork(5)
public class LoadBenchmark {
    /** Size of the module's code, in KiB. */
    @Param({"64", "256", "1024"})
    public int kilobytes;

    private byte[] module = new byte[0];
    private Path cache = Path.of("");
    private PluginEngine fresh = PluginEngine.builder().trust(TrustPolicy.off()).build();
    private PluginEngine caching = fresh;

    /** Makes the module; the cached load finds what an engine in another JVM would have left. */
    @Setup
    public void prepare() throws IOException {
        module = GeneratedModule.ofCode(kilobytes << 10);
        cache = Path.of(System.getProperty("java.io.tmpdir"), "cordon-load-benchmark");
        caching = PluginEngine.builder().trust(TrustPolicy.off()).cache(cache).build();
        if (!Files.exists(cache.resolve("filled-" + kilobytes))) {
            caching.load("generated", module).close();
            Files.createFile(cache.resolve("filled-" + kilobytes));
        }
    }

    /** Closes the engines. */
    @TearDown
    public void close() {
        fresh.close();
        caching.close();
    }

    /**
     * Reads, validates, meters and compiles.
     *
     * @return the plugin
     */
    @Benchmark
    public Object withoutCache() {
        return fresh.load("generated", module);
    }

    /**
     * Reads, and takes the code from the cache. The first fork fills the cache and is to be
     * disregarded.
     *
     * @return the plugin
     */
    @Benchmark
    public Object withCache() {
        return caching.load("generated", module);
    }
}
