package dev.cordon.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
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
 * What do files cost a guest, beside plain {@code java.nio} and Chicory's WASI on the same
 * directory?
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class WasiBenchmark {
    private static final int BLOCKS = 128;
    private static final int SINGLE_BYTES = 1000;
    private static final int ENTRIES = 10_000;

    /** Who implements the calls; {@code memory} is Cordon's file system in memory. */
    @Param({"nio", "chicory", "cordon", "memory"})
    public String implementation = "nio";

    private Path directory = Path.of("");
    private FileCalls calls = FileCalls.NONE;

    /** Makes a directory with a large file, a file some levels down, and many files. */
    @Setup(Level.Trial)
    public void prepare() throws IOException {
        directory = Files.createTempDirectory("cordon-wasi-benchmark");
        Files.write(directory.resolve("large"), new byte[BLOCKS * FileCalls.BLOCK]);
        Files.createDirectories(directory.resolve("one/two/three"));
        Files.write(directory.resolve("one/two/three/small"), new byte[100]);
        Files.createDirectory(directory.resolve("many"));
        Files.createDirectory(directory.resolve("few"));
        for (int i = 0; i < ENTRIES; i++) {
            Files.createFile(directory.resolve("many/entry-" + i));
            if (i < ENTRIES / 100) {
                Files.createFile(directory.resolve("few/entry-" + i));
            }
        }
        calls =
                implementation.equals("nio")
                        ? new PlainFiles(directory)
                        : WasiGuest.of(implementation, directory);
        calls.openLarge("large");
    }

    /** Removes the directory. */
    @TearDown(Level.Trial)
    public void remove() throws IOException {
        calls.close();
        try (Stream<Path> all = Files.walk(directory)) {
            for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(each);
            }
        }
    }

    /**
     * Reads 8 MiB in blocks of 64 KiB.
     *
     * @return bytes read
     */
    @Benchmark
    public long sequentialRead() throws IOException {
        return calls.readLarge(BLOCKS);
    }

    /**
     * Writes 8 MiB in blocks of 64 KiB over what was there.
     *
     * @return bytes written
     */
    @Benchmark
    public long sequentialWrite() throws IOException {
        return calls.writeLarge(BLOCKS, FileCalls.BLOCK);
    }

    /**
     * Writes a thousand bytes, one at a time.
     *
     * @return bytes written
     */
    @Benchmark
    public long singleBytes() throws IOException {
        return calls.writeLarge(SINGLE_BYTES, 1);
    }

    /** Opens and closes a file three directories down. */
    @Benchmark
    public void open() throws IOException {
        calls.openAndClose("one/two/three/small");
    }

    /**
     * Lists a hundred entries.
     *
     * @return how much was listed
     */
    @Benchmark
    public long listHundred() throws IOException {
        return calls.list("few");
    }

    /**
     * Lists ten thousand entries.
     *
     * @return how much was listed
     */
    @Benchmark
    public long listTenThousand() throws IOException {
        return calls.list("many");
    }
}
