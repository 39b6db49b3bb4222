package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.Registration;
import dev.cordon.bridge.Subscription;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.quota.Quota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Many threads on the bridge: nothing is lost, nothing comes twice, the order is kept. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class BridgeHammerTest {
    private static final int THREADS = 8;
    private static final int ROUNDS = 500;
    private static final int CROSSWISE_ROUNDS = 2;
    private static final Duration LONG = Duration.ofSeconds(120);

    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .quota(Quota.defaults().withInstances(THREADS))
                    .build();

    @AfterEach
    void close() {
        engine.close();
    }

    @FunctionalInterface
    private interface Work {
        void run(int thread, int round) throws Exception;
    }

    private static void hammer(Work work) throws Exception {
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        CountDownLatch start = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < THREADS; t++) {
            int thread = t;
            threads.add(
                    new Thread(
                            () -> {
                                try {
                                    start.await();
                                    for (int round = 0; round < ROUNDS; round++) {
                                        work.run(thread, round);
                                    }
                                } catch (Throwable failed) {
                                    failure.compareAndSet(null, failed);
                                }
                            }));
        }
        threads.forEach(Thread::start);
        start.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(failure.get()).isNull();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private Plugin load(String id, String sample, String... grants) {
        return engine.load(
                id + ".wasm",
                SamplePlugins.bytes(sample),
                LoadOptions.defaults().withGrants(Grants.of(grants)));
    }

    private Plugin single(String id, String sample, String... grants) {
        return engine.load(
                id + ".wasm",
                SamplePlugins.bytes(sample),
                LoadOptions.defaults()
                        .withGrants(Grants.of(grants))
                        .withQuota(Quota.widest().withInstances(1)));
    }

    private static byte[] addressed(String name, String payload) {
        return ByteBuffer.allocate(1 + name.length() + payload.length())
                .put((byte) name.length())
                .put(bytes(name))
                .put(bytes(payload))
                .array();
    }

    private static int result(CallResult result) {
        return ByteBuffer.wrap(result.bytes()).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    /** All events that a subscriber has had, by publisher and topic, in order. */
    private static Map<String, List<Integer>> byWay(List<Event> seen) {
        Map<String, List<Integer>> ways = new HashMap<>();
        for (Event event : seen) {
            String way = event.publisher() + " " + event.topic();
            String payload = new String(event.payload(), StandardCharsets.UTF_8);
            ways.computeIfAbsent(way, key -> new ArrayList<>()).add(Integer.valueOf(payload));
        }
        return ways;
    }

    @Test
    void eventsOfPluginsAndTheApplicationComeOnceAndInOrder() throws Exception {
        SubscriptionOptions roomy = SubscriptionOptions.defaults().withCapacity(100_000);
        List<List<Event>> seen = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            List<Event> own = Collections.synchronizedList(new ArrayList<>());
            seen.add(own);
            engine.events().subscribe("t.*", own::add, roomy);
        }
        List<Plugin> plugins = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            plugins.add(load("p" + i, "event-relay", "event:publish=t.*"));
        }
        hammer(
                (thread, round) -> {
                    String number = String.valueOf(round);
                    engine.events().publish("t.host" + thread, bytes(number));
                    byte[] payload = addressed("t.plugin", number);
                    assertThat(result(plugins.get(thread).call("publish", payload))).isZero();
                });
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        List<Integer> all = new ArrayList<>();
        for (int round = 0; round < ROUNDS; round++) {
            all.add(round);
        }
        for (List<Event> own : seen) {
            assertThat(own).extracting(Event::id).doesNotHaveDuplicates();
            assertThat(byWay(own).values()).hasSize(2 * THREADS).allMatch(all::equals);
        }
        assertThat(engine.events().deadLetters()).isEmpty();
    }

    @Test
    void everyEventIsReceivedOrADeadLetterWhileSubscribersComeAndGo() throws Exception {
        AtomicInteger received = new AtomicInteger();
        Subscription steady =
                engine.events()
                        .subscribe(
                                "t",
                                event -> {
                                    if (received.incrementAndGet() % 7 == 0) {
                                        throw new IllegalStateException("now and then");
                                    }
                                },
                                SubscriptionOptions.defaults().withCapacity(100_000));
        hammer(
                (thread, round) -> {
                    if (thread == 0) {
                        engine.events().subscribe("t", event -> {}).close();
                    } else {
                        engine.events().publish("t", bytes("x"));
                    }
                });
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        int published = (THREADS - 1) * ROUNDS;
        assertThat(received).hasValue(published);
        assertThat(steady.received()).isEqualTo(published - published / 7);
    }

    @Test
    void everyCommandIsAnsweredOnceWhileHandlersComeAndGo() throws Exception {
        AtomicInteger handled = new AtomicInteger();
        AtomicInteger answered = new AtomicInteger();
        AtomicInteger unanswered = new AtomicInteger();
        Plugin relay = load("relay", "command-relay", "command:send=job");
        hammer(
                (thread, round) -> {
                    if (thread == 0) {
                        Registration own =
                                engine.commands()
                                        .register(
                                                "job",
                                                command -> {
                                                    handled.incrementAndGet();
                                                    return new CommandResult(command.payload());
                                                });
                        Thread.yield();
                        own.close();
                        return;
                    }
                    int result = result(relay.call("relay", addressed("job", "abc")));
                    assertThat(result).isIn(3, -2);
                    (result == 3 ? answered : unanswered).incrementAndGet();
                });
        assertThat(answered.get()).isEqualTo(handled.get());
        assertThat(answered.get() + unanswered.get()).isEqualTo((THREADS - 1) * ROUNDS);
    }

    /** One instance and one place to wait, for eight senders. */
    @Test
    void underOverloadEveryCommandIsRefusedOrHandledExactlyOnce() throws Exception {
        Plugin counter =
                engine.load(
                        "counter.wasm",
                        SamplePlugins.bytes("shared-counter"),
                        LoadOptions.defaults()
                                .withGrants(Grants.of("data:read=n", "data:write=n"))
                                .withQuota(Quota.widest().withInstances(1).withWaitingCalls(1)));
        engine.commands().register("job", counter, "add");
        Plugin relay = load("relay", "command-relay", "command:send=job");
        List<Integer> answers = Collections.synchronizedList(new ArrayList<>());
        AtomicInteger refused = new AtomicInteger();
        hammer(
                (thread, round) -> {
                    if (thread % 2 == 0) {
                        try {
                            CommandResult answer = engine.commands().send("job", bytes("n"));
                            answers.add(Integer.valueOf(answer.text()));
                        } catch (CordonException busy) {
                            assertThat(busy.code()).isEqualTo(ErrorCode.BUSY);
                            refused.incrementAndGet();
                        }
                        return;
                    }
                    CallResult answer = relay.call("relay", addressed("job", "n"));
                    if (result(answer) == -5) {
                        refused.incrementAndGet();
                    } else {
                        answers.add(Integer.valueOf(answer.text().substring(4)));
                    }
                });
        assertThat(answers.size() + refused.get()).isEqualTo(THREADS * ROUNDS);
        assertThat(refused).hasPositiveValue();
        // Each answer is a count that nobody else got, up to the last.
        assertThat(answers).doesNotHaveDuplicates();
        assertThat(Collections.max(answers)).isEqualTo(answers.size());
    }

    /** Each has one instance only, so that two senders hold what the other one waits for. */
    @Test
    void pluginsThatCallEachOtherCrosswiseAllComeToAnEnd() throws Exception {
        Plugin[] plugins = {
            single("a", "command-relay", "command:send=to.*"),
            single("b", "command-relay", "command:send=to.*")
        };
        engine.commands().register("to.a", plugins[0], "relay");
        engine.commands().register("to.b", plugins[1], "relay");
        engine.commands().register("to.host", command -> CommandResult.of("end"));
        String[] other = {"to.b", "to.a"};
        AtomicInteger answers = new AtomicInteger();
        hammer(
                (thread, round) -> {
                    if (round >= CROSSWISE_ROUNDS) {
                        return;
                    }
                    String end = new String(addressed("to.host", ""), StandardCharsets.UTF_8);
                    int side = thread % 2;
                    try {
                        int result =
                                result(plugins[side].call("relay", addressed(other[side], end)));
                        assertThat(result).isIn(7, -5);
                        answers.incrementAndGet();
                    } catch (CordonException busy) {
                        assertThat(busy.code()).isEqualTo(ErrorCode.BUSY);
                    }
                });
        assertThat(answers).hasPositiveValue();
    }
}
