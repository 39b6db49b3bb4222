package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bundle.Digest;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Versions change while many threads call: nothing is lost, doubled, or refused because of it. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class ReloadHammerTest {
    private static final byte[] NOTHING = {};
    private static final String NAME = "release.wasm";
    private static final int CALLERS = 6;
    private static final int RELOADS = 450;

    @TempDir Path folder;

    private Path one = Path.of("");
    private Path two = Path.of("");
    private final ThreadLocal<String> served = new ThreadLocal<>();
    private final AtomicInteger reports = new AtomicInteger();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();

    @BeforeEach
    void files() {
        one = SamplePlugins.copyTo("release-one", folder);
        two = SamplePlugins.copyTo("release-two", folder);
    }

    private PluginEngine engine(int instances) {
        return PluginEngine.builder()
                .trust(TrustPolicy.off())
                .quota(
                        Quota.defaults()
                                .withInstances(instances)
                                .withWaitingCalls(1_000)
                                .withDeadline(Duration.ofSeconds(100)))
                .maxCallsInParallel(3)
                .listener(
                        new EngineListener() {
                            @Override
                            public void callEnded(CallReport report) {
                                reports.incrementAndGet();
                                served.set(report.digest()); // on the thread of the call
                            }
                        })
                .build();
    }

    @FunctionalInterface
    private interface Work {
        void run() throws Exception;
    }

    private Thread start(Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                work.run();
                            } catch (Throwable failed) {
                                failure.compareAndSet(null, failed);
                            }
                        });
        thread.start();
        return thread;
    }

    private void join(List<Thread> threads) throws Exception {
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
    }

    /** A release with bytes of its own; odd numbers answer 1, even numbers 2. */
    private static byte[] release(int number) {
        byte[] module = SamplePlugins.bytes(number % 2 == 1 ? "release-one" : "release-two");
        ByteBuffer numbered = ByteBuffer.allocate(module.length + 8);
        numbered.put(module).put(new byte[] {0, 6, 1, 'n'}).putInt(number); // a custom section
        return numbered.array();
    }

    private void reload(Plugin plugin, Releases releases) {
        for (int i = 0; i < RELOADS; i++) {
            if (i % 3 == 2) {
                try {
                    plugin.reload(NAME, new byte[] {0, 'a', 's', 'm', 1});
                    throw new AssertionError("a corrupt file was loaded");
                } catch (CordonException refused) {
                    assertThat(refused.code()).isEqualTo(ErrorCode.MALFORMED_MODULE);
                }
            } else {
                int next = releases.returned.get() + 1;
                byte[] module = release(next);
                releases.number.put(Digest.of(module).hex(), next);
                plugin.reload(NAME, module);
                releases.returned.set(next);
            }
        }
    }

    /** Which release has which digest, and which was the last whose reload has returned. */
    private static final class Releases {
        private final Map<String, Integer> number = new ConcurrentHashMap<>();
        private final AtomicInteger returned = new AtomicInteger(1);
    }

    @Tag("slow")
    @Test
    void everyCallIsAnsweredOnceAndNoThreadSeesAnOlderVersionAgain() throws Exception {
        for (int instances : new int[] {1, 4}) {
            reports.set(0);
            try (PluginEngine engine = engine(instances)) {
                Plugin plugin = engine.load(NAME, release(1));
                engine.commands().register("which", plugin, "which");
                Releases releases = new Releases();
                releases.number.put(plugin.digest(), 1);
                AtomicInteger answers = new AtomicInteger();
                Thread reloading = start(() -> reload(plugin, releases));
                List<Thread> threads = new ArrayList<>();
                for (int t = 0; t < CALLERS; t++) {
                    boolean direct = t % 2 == 0;
                    threads.add(
                            start(
                                    () -> {
                                        int seen = 1;
                                        while (reloading.isAlive()) {
                                            int least = Math.max(seen, releases.returned.get());
                                            String answer = answer(engine, plugin, direct);
                                            seen = releases.number.get(served.get());
                                            answers.incrementAndGet();
                                            assertThat(seen).isGreaterThanOrEqualTo(least);
                                            assertThat(answer).isEqualTo(seen % 2 == 1 ? "1" : "2");
                                        }
                                    }));
                }
                threads.add(reloading);
                join(threads);
                assertThat(releases.returned).hasValue(1 + RELOADS / 3 * 2);
                assertThat(reports).hasValue(answers.get());
            }
        }
    }

    private static String answer(PluginEngine engine, Plugin plugin, boolean direct) {
        return direct
                ? plugin.call("which", NOTHING).text()
                : engine.commands().send("which", NOTHING).text();
    }

    @Test
    void whoReloadedGetsTheNewVersionAtOnce() throws Exception {
        try (PluginEngine engine = engine(4)) {
            Plugin plugin = engine.load(one);
            Thread calling =
                    start(
                            () -> {
                                while (!Thread.currentThread().isInterrupted()) {
                                    engine.events().publish("order.placed", NOTHING);
                                    Thread.sleep(1);
                                }
                            });
            for (int i = 0; i < 50; i++) {
                plugin.reload(i % 2 == 0 ? two : one);
                assertThat(plugin.call("which", NOTHING).text()).isEqualTo(i % 2 == 0 ? "2" : "1");
            }
            calling.interrupt();
            calling.join();
        }
    }

    @Test
    void reloadingRevokingReleasingAndClosingAtOnceEndsClosed() throws Exception {
        Grant events = Grant.parse("event:subscribe=**");
        LoadOptions options =
                LoadOptions.defaults()
                        .withGrants(Grants.of("command:send=gate", "event:subscribe=**"))
                        .withCrashPolicy(CrashPolicy.closed());
        for (int round = 0; round < 20; round++) {
            try (PluginEngine engine = engine(2)) {
                Plugin plugin = engine.load(one, options);
                AtomicInteger refused = new AtomicInteger();
                List<Thread> threads = new ArrayList<>();
                for (int t = 0; t < 2; t++) {
                    threads.add(start(() -> untilClosed(refused, () -> plugin.reload(two))));
                    threads.add(
                            start(
                                    () ->
                                            untilClosed(
                                                    refused,
                                                    () -> {
                                                        plugin.release();
                                                        plugin.call("crash", NOTHING);
                                                    })));
                }
                AtomicBoolean revoked = new AtomicBoolean();
                threads.add(start(() -> revoked.set(plugin.revoke(events))));
                threads.add(start(engine::refreshTrust));
                Thread.sleep(5);
                threads.add(start(plugin::close));
                join(threads);
                assertThat(refused).hasValue(4);
                assertThat(plugin.grants().granted().contains(events))
                        .as("what was taken back stays so")
                        .isEqualTo(!revoked.get());
            }
        }
    }

    private static void untilClosed(AtomicInteger refused, Runnable work) {
        while (true) {
            try {
                work.run();
            } catch (CordonException failure) {
                if (failure.code() == ErrorCode.CLOSED) {
                    refused.incrementAndGet();
                    return;
                }
                assertThat(failure.code())
                        .isIn(ErrorCode.TRAP, ErrorCode.PLUGIN_QUARANTINED, ErrorCode.CANCELLED);
            }
        }
    }
}
