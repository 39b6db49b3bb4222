package dev.cordon.benchmarks;

import dev.cordon.runtime.CompiledModule;
import dev.cordon.runtime.GuestInstance;
import java.util.Arrays;
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
import org.openjdk.jmh.annotations.Warmup;

/** What does a clean instance cost: a new one, and one that is reset after it was written to? */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class InstanceBenchmark {
    /** Bytes that a call wrote, of the kernels' 1.5 MiB of memory. */
    @Param({"0", "65536", "1048576"})
    public int dirtyBytes;

    private CompiledModule module = Modules.compile(Modules.kernels(), true);
    private GuestInstance guest = Modules.start(module);
    private byte[] dirt = new byte[0];

    /** Takes the snapshot to come back to. */
    @Setup
    public void prepare() {
        guest.snapshot();
        dirt = new byte[dirtyBytes];
        Arrays.fill(dirt, (byte) 1);
    }

    /**
     * Writes as a call would, then goes back to the snapshot.
     *
     * @return the instance
     */
    @Benchmark
    public Object reset() {
        guest.memory().write(0, dirt, 0, dirt.length);
        guest.reset();
        return guest;
    }

    /**
     * Makes and initialises an instance.
     *
     * @return the instance
     */
    @Benchmark
    public Object create() {
        return Modules.start(module);
    }
}
