package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.Subscription;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Everything at once, with far too many senders: chains and circles of plugins, crashes, new
 * versions, grants that come and go, durable events.
 */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class OverloadHammerTest {
    private static final int SENDERS = 64;
    private static final int PUBLISHERS = 3;
    private static final long LEAST_NANOS = 2_000_000_000L;
    private static final int LEAST_ANSWERS = 3;
    private static final Duration LONG = Duration.ofSeconds(100);
    private static final Set<ErrorCode> OVERLOAD =
            EnumSet.of(ErrorCode.BUSY, ErrorCode.PLUGIN_BACKING_OFF, ErrorCode.TRAP);

    /** Ways of a command to the one handler that counts, the last of which leads nowhere. */
    private static final List<RelayWay> WAYS =
            List.of(
                    RelayWay.by("count"),
                    RelayWay.by("relay.a", "count"),
                    RelayWay.by("relay.a", "relay.b", "count"),
                    RelayWay.by("relay.b", "relay.a", "count"),
                    RelayWay.by("relay.b", "elsewhere", "count"),
                    RelayWay.by("relay.a", "relay.b", "relay.a", "count"));

    private static final int CIRCLE = WAYS.size() - 1;

    @TempDir Path folder;

    private final Map<Long, AtomicInteger> handled = new ConcurrentHashMap<>();
    private final AtomicIntegerArray answers = new AtomicIntegerArray(WAYS.size());
    private final AtomicInteger crashes = new AtomicInteger();
    private final AtomicInteger reloads = new AtomicInteger();
    private final AtomicLong ids = new AtomicLong();
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final Set<Thread> before = new HashSet<>(Thread.getAllStackTraces().keySet());
    private final HammeredEvents events = new HammeredEvents();
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .maxCallsInParallel(3)
                    .quota(
                            Quota.defaults()
                                    .withInstances(1)
                                    .withWaitingCalls(2)
                                    .withDeadline(LONG)
                                    .withFuelPerCall(100_000_000))
                    .listener(
                            new EngineListener() {
                                @Override
                                public void guestLog(
                                        String plugin, GuestLogLevel level, String text) {
                                    events.logged(text);
                                }
                            })
                    .build();

    private Thread repeating(HammeredEvents.Work work) {
        Thread thread =
                new Thread(
                        () -> {
                            try {
                                while (!stop.get()) {
                                    work.run();
                                }
                            } catch (Throwable failed) {
                                failure.compareAndSet(null, failed);
                                stop.set(true);
                            }
                        });
        thread.start();
        return thread;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private void send(int number) {
        RelayWay way = WAYS.get(number);
        long id = ids.incrementAndGet();
        boolean ok;
        try {
            byte[] payload = way.payload(String.valueOf(id));
            ok = way.succeeded(engine.commands().send(way.first(), payload).payload());
        } catch (CordonException refused) {
            assertThat(OVERLOAD).contains(refused.code());
            ok = false;
        }
        AtomicInteger count = handled.get(id);
        int times = count == null ? 0 : count.get();
        assertThat(times).as("%s by %s", id, way).isEqualTo(ok ? 1 : 0);
        answers.addAndGet(number, ok ? 1 : 0);
    }

    private void crash() {
        try {
            engine.commands().send("release.crash", bytes(""));
            throw new AssertionError("it did not crash");
        } catch (CordonException crashed) {
            assertThat(OVERLOAD).contains(crashed.code());
            crashes.addAndGet(crashed.code() == ErrorCode.TRAP ? 1 : 0);
        }
    }

    private CommandResult count(byte[] id) {
        long key = Long.parseLong(new String(id, StandardCharsets.UTF_8));
        handled.computeIfAbsent(key, it -> new AtomicInteger()).incrementAndGet();
        return CommandResult.of("counted");
    }

    /** Goes on with a command on another thread, where it is a new chain. */
    private CommandResult elsewhere(byte[] payload) {
        byte[] id = RelayWay.afterName(payload);
        return CompletableFuture.supplyAsync(() -> engine.commands().send("count", id)).join();
    }

    private Plugin load(String name, String sample, LoadOptions options) {
        return engine.load(name + ".wasm", SamplePlugins.bytes(sample), options);
    }

    private static LoadOptions granted(String... grants) {
        return LoadOptions.defaults().withGrants(Grants.of(grants));
    }

    private void reload(Plugin plugin, Path file) throws InterruptedException {
        plugin.reload(file);
        reloads.incrementAndGet();
        Thread.sleep(2);
    }

    @Tag("slow")
    @Test
    void nothingIsLostOrDoubledWhenEverythingHappensAtOnce() throws Exception {
        Grant toCount = Grant.parse("command:send=count");
        LoadOptions relaying = granted("command:send=relay.*", "command:send=count");
        Plugin a = load("relay-a", "command-relay", relaying);
        Plugin b = load("relay-b", "command-relay", granted("command:send=**"));
        Plugin publisher = load("publisher", "event-relay", granted("event:publish=audit.*"));
        Path one = SamplePlugins.copyTo("release-one", folder);
        Path two = SamplePlugins.copyTo("release-two", folder);
        Path logger = SamplePlugins.copyTo("event-logger", folder);
        CrashPolicy quick =
                CrashPolicy.reload().withBackoff(Duration.ofMillis(1), Duration.ofMillis(4));
        LoadOptions orders = granted("event:subscribe=order.*").withDurableEvents();
        LoadOptions all = granted("event:subscribe=**").withDurableEvents();
        Plugin release = engine.load(one, orders.withCrashPolicy(quick));
        Plugin log = engine.load(logger, all);
        engine.commands().register("relay.a", a, "relay");
        engine.commands().register("relay.b", b, "relay");
        engine.commands().register("release.crash", release, "crash");
        engine.commands().register("count", command -> count(command.payload()));
        engine.commands().register("elsewhere", command -> elsewhere(command.payload()));
        SubscriptionOptions kept =
                SubscriptionOptions.durable("kept")
                        .withAttempts(SubscriptionOptions.MAX_ATTEMPTS)
                        .withBackoff(Duration.ofNanos(1_000));
        engine.events().subscribe("audit.**", events::receive, kept).close();
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < PUBLISHERS; t++) {
            threads.add(repeating(events.publisher(engine, "audit.t" + t, null)));
        }
        threads.add(repeating(events.publisher(engine, "audit.plugin", publisher)));
        threads.add(repeating(events.publisher(engine, "order.t", null)));
        threads.add(repeating(() -> reload(release, reloads.get() % 2 == 0 ? two : one)));
        threads.add(repeating(() -> reload(log, logger)));
        threads.add(repeating(() -> revoked(a, toCount)));
        threads.add(repeating(() -> subscribed(kept)));
        for (int t = 0; t < SENDERS; t++) {
            threads.add(repeating(this::anything));
        }
        long start = System.nanoTime();
        while (!stop.get() && (System.nanoTime() - start < LEAST_NANOS || !enough())) {
            Thread.sleep(10);
        }
        stop.set(true);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
        assertThat(answers.get(CIRCLE)).isZero();
        engine.events().subscribe("audit.**", events::receive, kept);
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(engine.events().deadLetters()).isEmpty();
        events.requireAll();
        engine.close();
        requireNoThreads();
    }

    private void anything() {
        int choice = ThreadLocalRandom.current().nextInt(WAYS.size() + 1);
        if (choice == WAYS.size()) {
            crash();
        } else {
            send(choice);
        }
    }

    private static void revoked(Plugin plugin, Grant grant) throws InterruptedException {
        plugin.revoke(grant);
        Thread.sleep(1);
        plugin.grant(grant);
        Thread.sleep(20);
    }

    private void subscribed(SubscriptionOptions kept) throws InterruptedException {
        try (Subscription held = engine.events().subscribe("audit.**", events::receive, kept)) {
            Thread.sleep(held.waiting() % 2); // now and then it goes at once
        }
    }

    private boolean enough() {
        boolean all = crashes.get() >= LEAST_ANSWERS && reloads.get() >= LEAST_ANSWERS;
        for (int way = 0; way < CIRCLE; way++) {
            all &= answers.get(way) >= LEAST_ANSWERS;
        }
        return all;
    }

    private void requireNoThreads() throws InterruptedException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().startsWith("cordon-") && !before.contains(thread)) {
                thread.join(LONG.toMillis());
                assertThat(thread.isAlive()).as(thread.getName()).isFalse();
            }
        }
    }
}
