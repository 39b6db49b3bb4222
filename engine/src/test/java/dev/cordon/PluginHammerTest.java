package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.ManifestCommand;
import dev.cordon.manifest.StatePolicy;
import dev.cordon.meter.ModuleBuilder;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads, one plugin: no call ever sees anything of another. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PluginHammerTest {
    private static final int THREADS = 8;
    private static final int CALLS = 1_000;

    /**
     * A guest that checks itself. It answers with the payload's four bytes, and before it traps
     * unless memory, a global, the response and the result are as they are in a fresh instance.
     * Then it marks them all, works for a while, and traps if somebody else changed its marks. A
     * payload whose lowest bit is set makes it trap after that.
     */
    private static byte[] selfChecking() {
        ModuleBuilder module = new ModuleBuilder();
        int read = module.imported("cordon", "input_read", "iii", "i");
        int write = module.imported("cordon", "output_write", "ii", "i");
        int config = module.imported("cordon", "config_get", "ii", "i");
        int response = module.imported("cordon", "response_length", "", "i");
        int mark = module.global('i', "i32.const 0");
        String clean =
                "i32.const 100 i32.load 0 if - unreachable end"
                        + " global.get "
                        + mark
                        + " if - unreachable end"
                        + " call "
                        + response
                        + " if - unreachable end"
                        + " memory.size i32.const 1 i32.ne if - unreachable end";
        String marked =
                " i32.const 0 i32.const 0 i32.const 4 call "
                        + read
                        + " drop"
                        + " i32.const 100 i32.const 0 i32.load 0 i32.const 1 i32.or i32.store 0"
                        + " i32.const 100 i32.load 0 global.set "
                        + mark
                        + " i32.const 200 i32.const 1 call "
                        + config
                        + " drop"
                        + " i32.const 0 i32.const 4 call "
                        + write
                        + " drop";
        String work =
                " loop - local.get 0 i32.const 1 i32.add local.tee 0 i32.const 2000 i32.lt_u br_if"
                        + " 0 end";
        String undisturbed =
                " i32.const 100 i32.load 0 global.get "
                        + mark
                        + " i32.ne if - unreachable end"
                        + " i32.const 100 i32.load 0 i32.const 0 i32.load 0 i32.const 1 i32.or"
                        + " i32.ne if - unreachable end";
        String trap = " i32.const 0 i32.load 0 i32.const 1 i32.and if - unreachable end";
        int run = module.function("", "", "i", clean + marked + work + undisturbed + trap);
        return module.memory(1).data(200, (byte) 'k').export("run", run).build();
    }

    private static byte[] payload(int number) {
        return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt(number).array();
    }

    private static void strike(IntWork work) throws InterruptedException {
        CountDownLatch go = new CountDownLatch(1);
        AtomicReference<Throwable> failure = new AtomicReference<>();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int first = t * CALLS;
            Thread thread =
                    new Thread(
                            () -> {
                                try {
                                    go.await();
                                    for (int i = 0; i < CALLS; i++) {
                                        work.run(first + i);
                                    }
                                } catch (Throwable thrown) {
                                    failure.compareAndSet(null, thrown);
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
    }

    @FunctionalInterface
    private interface IntWork {
        void run(int number) throws Exception;
    }

    private static LoadOptions configured() {
        return LoadOptions.defaults().withConfiguration(Map.of("k", "value"));
    }

    @Test
    void hammerOnFreshState() throws Exception {
        AtomicInteger reports = new AtomicInteger();
        EngineListener counting =
                new EngineListener() {
                    @Override
                    public void callEnded(CallReport report) {
                        reports.incrementAndGet();
                    }
                };
        try (PluginEngine engine =
                        PluginEngine.builder()
                                .trust(TrustPolicy.off())
                                .quota(Quota.defaults().withInstances(3))
                                .listener(counting)
                                .build();
                Plugin plugin = engine.load("self-checking", selfChecking(), configured())) {
            strike(
                    number -> {
                        byte[] payload = payload(number * 2);
                        assertThat(plugin.call("run", payload).bytes()).isEqualTo(payload);
                    });
            assertThat(reports).hasValue(THREADS * CALLS);
        }
    }

    @Test
    void hammerWithTrapsInBetween() throws Exception {
        AtomicInteger traps = new AtomicInteger();
        try (PluginEngine engine =
                        PluginEngine.builder()
                                .trust(TrustPolicy.off())
                                .quota(Quota.defaults().withInstances(3))
                                .build();
                Plugin plugin = engine.load("self-checking", selfChecking(), configured())) {
            strike(
                    number -> {
                        boolean trapping = number % 5 == 0;
                        byte[] payload = payload(number * 2 + (trapping ? 1 : 0));
                        try {
                            assertThat(plugin.call("run", payload).bytes()).isEqualTo(payload);
                            assertThat(trapping).isFalse();
                        } catch (CordonException trapped) {
                            assertThat(trapped.code()).isEqualTo(ErrorCode.TRAP);
                            assertThat(trapping).as(trapped.getMessage()).isTrue();
                            traps.incrementAndGet();
                        }
                    });
            assertThat(traps).hasValue(THREADS * CALLS / 5);
        }
    }

    @Test
    void hammerOnKeptStateLosesNoCall() throws Exception {
        ModuleBuilder module = new ModuleBuilder();
        int write = module.imported("cordon", "output_write", "ii", "i");
        int run =
                module.function(
                        "",
                        "",
                        "",
                        "i32.const 0 i32.const 0 i32.load 0 i32.const 1 i32.add i32.store 0"
                                + " i32.const 0 i32.const 4 call "
                                + write
                                + " drop");
        byte[] counter = module.memory(1).export("run", run).build();
        Manifest fresh =
                Manifest.ofModule("counter", List.of(new ManifestCommand("run", "run", "")));
        Manifest kept =
                new Manifest(
                        fresh.id(),
                        fresh.version(),
                        "",
                        fresh.commands(),
                        List.of(),
                        List.of(),
                        StatePolicy.KEPT,
                        Quota.widest());
        AtomicInteger highest = new AtomicInteger();
        try (PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();
                Plugin plugin =
                        engine.load(
                                "counter", counter, LoadOptions.defaults().withManifest(kept))) {
            strike(
                    number -> {
                        byte[] count = plugin.call("run", new byte[0]).bytes();
                        int value = ByteBuffer.wrap(count).order(ByteOrder.LITTLE_ENDIAN).getInt();
                        highest.accumulateAndGet(value, Math::max);
                    });
        }
        assertThat(highest).hasValue(THREADS * CALLS);
    }
}
