package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bridge.Event;
import dev.cordon.bridge.Subscription;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.capability.Grants;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Durable subscribers that come, fail and go while others publish. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class DurableHammerTest {
    private static final int PUBLISHERS = 4;
    private static final int EVENTS = 400;
    private static final int PLUGIN_EVENTS = 200;
    private static final int FAILS_ONE_OF = 20;
    private static final Duration LONG = Duration.ofSeconds(120);
    private static final Pattern FIELDS = Pattern.compile("\"type\":\"([^\"]+)\".*\"data\":(\\d+)");

    @TempDir Path folder;

    private final List<String> log = Collections.synchronizedList(new ArrayList<>());
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .listener(
                            new EngineListener() {
                                @Override
                                public void guestLog(
                                        String plugin, GuestLogLevel level, String text) {
                                    log.add(text);
                                }
                            })
                    .build();

    @AfterEach
    void close() {
        engine.close();
    }

    private List<Thread> publishers(String topic, int events) {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < PUBLISHERS; t++) {
            String own = topic + t;
            Thread thread =
                    new Thread(
                            () -> {
                                for (int i = 0; i < events; i++) {
                                    byte[] number =
                                            String.valueOf(i).getBytes(StandardCharsets.UTF_8);
                                    engine.events().publish(own, number);
                                    if (i % 10 == 0) {
                                        Thread.yield();
                                    }
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        return threads;
    }

    private static boolean alive(List<Thread> threads) {
        return threads.stream().anyMatch(Thread::isAlive);
    }

    /** One for all subscribers, as if they wrote to one log. */
    private static final class Journal {
        private final AtomicBoolean busy = new AtomicBoolean();
        private final AtomicInteger failures = new AtomicInteger();
        private final AtomicInteger offers = new AtomicInteger();
        private final Map<String, List<Integer>> received = new HashMap<>();

        void receive(Event event) {
            assertThat(busy.compareAndSet(false, true)).as("one at a time").isTrue();
            try {
                offers.incrementAndGet();
                if (ThreadLocalRandom.current().nextInt(FAILS_ONE_OF) == 0) {
                    failures.incrementAndGet();
                    throw new IllegalStateException("now and then");
                }
                received.computeIfAbsent(event.topic(), topic -> new ArrayList<>())
                        .add(Integer.valueOf(new String(event.payload(), StandardCharsets.UTF_8)));
            } finally {
                busy.set(false);
            }
        }
    }

    private static List<Integer> all(int events) {
        List<Integer> all = new ArrayList<>();
        for (int i = 0; i < events; i++) {
            all.add(i);
        }
        return all;
    }

    @Test
    void nothingIsLostAndTheOrderIsKeptWhileSubscribersComeAndGo() throws Exception {
        SubscriptionOptions options =
                SubscriptionOptions.durable("hammered")
                        .withCapacity(100_000)
                        .withAttempts(SubscriptionOptions.MAX_ATTEMPTS)
                        .withBackoff(Duration.ofNanos(1_000));
        Journal journal = new Journal();
        engine.events().subscribe("t.**", journal::receive, options).close();
        List<Thread> publishers = publishers("t.", EVENTS);
        do {
            Subscription held = engine.events().subscribe("t.**", journal::receive, options);
            Thread.sleep(0, ThreadLocalRandom.current().nextInt(500_000));
            held.close();
        } while (alive(publishers));
        engine.events().subscribe("t.**", journal::receive, options);
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(engine.events().deadLetters()).isEmpty();
        assertThat(journal.received.values()).hasSize(PUBLISHERS).allMatch(all(EVENTS)::equals);
        // A failure is the only reason to be offered an event twice.
        assertThat(journal.offers.get() - journal.failures.get()).isEqualTo(PUBLISHERS * EVENTS);
    }

    @Test
    void aPluginThatIsLoadedAgainAndAgainMissesNothing() throws Exception {
        LoadOptions options =
                LoadOptions.defaults()
                        .withGrants(Grants.of("event:subscribe=audit.**"))
                        .withDurableEvents();
        Path file = SamplePlugins.copyTo("event-logger", folder);
        engine.load(file, options).close();
        List<Thread> publishers = publishers("audit.t", PLUGIN_EVENTS);
        do {
            Plugin plugin = engine.load(file, options);
            Thread.sleep(2);
            plugin.close();
        } while (alive(publishers));
        engine.load(file, options);
        assertThat(engine.events().awaitDelivery(LONG)).isTrue();
        assertThat(engine.events().deadLetters()).isEmpty();
        assertThat(loggedOnce().values()).hasSize(PUBLISHERS).allMatch(all(PLUGIN_EVENTS)::equals);
    }

    /** By topic; one that was stopped after it had logged is offered the same event once more. */
    private Map<String, List<Integer>> loggedOnce() {
        Map<String, List<Integer>> logged = new HashMap<>();
        for (String line : List.copyOf(log)) {
            Matcher fields = FIELDS.matcher(line);
            assertThat(fields.find()).as(line).isTrue();
            List<Integer> own = logged.computeIfAbsent(fields.group(1), it -> new ArrayList<>());
            Integer number = Integer.valueOf(fields.group(2));
            if (own.isEmpty() || !own.get(own.size() - 1).equals(number)) {
                own.add(number);
            }
        }
        return logged;
    }
}
