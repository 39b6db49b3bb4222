package dev.cordon.benchmarks;

import dev.cordon.PluginEngine;
import dev.cordon.trust.TrustPolicy;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What does an event cost until all of its subscribers have received it, beside the JDK's own
 * publisher, which knows no topics, rules, reports or dead letters?
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class EventBenchmark {
    private static final int EVENTS = 200;
    private static final byte[] PAYLOAD = new byte[256];

    /** How many subscribers receive each event. */
    @Param({"1", "10", "100"})
    public int subscribers;

    private final PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();
    private final SubmissionPublisher<byte[]> peer =
            new SubmissionPublisher<>(ForkJoinPool.commonPool(), 1_024);
    private volatile CountDownLatch missing = new CountDownLatch(0);

    /** Subscribes everybody. */
    @Setup
    @SuppressWarnings("FutureReturnValueIgnored") // it ends when the publisher closes
    public void prepare() {
        for (int i = 0; i < subscribers; i++) {
            engine.events().subscribe("order.placed", event -> missing.countDown());
            peer.consume(payload -> missing.countDown());
        }
    }

    /** Ends both. */
    @TearDown
    public void close() {
        peer.close();
        engine.close();
    }

    /** Cordon. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void events() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(EVENTS * subscribers);
        missing = all;
        for (int i = 0; i < EVENTS; i++) {
            engine.events().publish("order.placed", PAYLOAD);
        }
        all.await();
    }

    /** The JDK's publisher. */
    @Benchmark
    @OperationsPerInvocation(EVENTS)
    public void submissionPublisher() throws InterruptedException {
        CountDownLatch all = new CountDownLatch(EVENTS * subscribers);
        missing = all;
        for (int i = 0; i < EVENTS; i++) {
            peer.submit(PAYLOAD);
        }
        all.await();
    }
}
