package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.DurableSubscription;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.Overflow;
import dev.cordon.bridge.Party;
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
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Queues that outlive their subscribers. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class DurableSubscriptionTest {
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final String LOGGER = "cordon:/plugins/dev.cordon.samples.event-logger";
    private static final SubscriptionOptions BILLING =
            SubscriptionOptions.durable("billing").withBackoff(Duration.ofMillis(1));

    @TempDir Path folder;

    private final List<String> log = new CopyOnWriteArrayList<>();
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
    private final EventBridge events = engine.events();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        engine.close();
    }

    private void publish(String topic, String... texts) {
        for (String text : texts) {
            events.publish(topic, text.getBytes(StandardCharsets.UTF_8));
        }
    }

    private static String text(Event event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }

    private void settle() {
        assertThat(events.awaitDelivery(LONG)).isTrue();
    }

    private Subscription attach(SubscriptionOptions options) {
        return events.subscribe("order.*", event -> seen.add(text(event)), options);
    }

    private DurableSubscription only() {
        assertThat(events.durableSubscriptions()).hasSize(1);
        return events.durableSubscriptions().get(0);
    }

    private List<String> letters() {
        return events.deadLetters().stream()
                .map(letter -> text(letter.event()) + " " + letter.reason())
                .toList();
    }

    @Test
    void whatIsPublishedWhileNobodyIsAttachedComesInOrderAfterwards() {
        Subscription first = attach(BILLING);
        publish("order.a", "1");
        settle();
        first.close();
        first.close();
        publish("order.a", "2", "3");
        publish("other", "x");
        settle();
        assertThat(seen).containsExactly("1");
        assertThat(only())
                .isEqualTo(new DurableSubscription("billing", Party.host(), false, 2, 2, 1));
        attach(BILLING);
        publish("order.a", "4");
        settle();
        assertThat(seen).containsExactly("1", "2", "3", "4");
        assertThat(only().attached()).isTrue();
        assertThat(events.deadLetters()).isEmpty();
    }

    @Test
    void anOldHoldDoesNotDetachTheNext() {
        Subscription first = attach(BILLING);
        first.close();
        attach(BILLING);
        first.close();
        assertThat(only().attached()).isTrue();
    }

    @Test
    void oneAtATimeMayBeAttached() {
        attach(BILLING);
        assertThatThrownBy(() -> attach(BILLING)).hasMessageContaining("CRD-702");
        assertThatThrownBy(() -> attach(SubscriptionOptions.durable("a b")))
                .hasMessageContaining("CRD-702");
        assertThatThrownBy(() -> attach(SubscriptionOptions.durable(LOGGER)))
                .hasMessageContaining("CRD-702");
        assertThatThrownBy(() -> SubscriptionOptions.durable("")).hasMessageContaining("CRD-702");
    }

    @Test
    void anEventIsOfferedAgainAndTheLaterOnesWait() {
        AtomicBoolean failed = new AtomicBoolean();
        events.subscribe(
                "order.*",
                event -> {
                    seen.add(text(event));
                    if (failed.compareAndSet(false, true)) {
                        throw new IllegalStateException("once");
                    }
                },
                BILLING);
        publish("order.a", "1", "2", "3");
        settle();
        assertThat(seen).containsExactly("1", "1", "2", "3");
        assertThat(events.deadLetters()).isEmpty();
    }

    @Test
    void whoFailsTooOftenMakesADeadLetterThatCanBeRedelivered() {
        AtomicBoolean broken = new AtomicBoolean(true);
        events.subscribe(
                "order.*",
                event -> {
                    seen.add(text(event));
                    if (text(event).equals("bad") && broken.get()) {
                        throw new IllegalStateException("no");
                    }
                },
                BILLING.withAttempts(3));
        publish("order.a", "bad", "good");
        settle();
        assertThat(seen).containsExactly("bad", "bad", "bad", "good");
        assertThat(letters()).containsExactly("bad FAILED");
        broken.set(false);
        DeadLetter letter = events.deadLetters().get(0);
        assertThat(events.redeliver(letter)).isTrue();
        assertThat(events.redeliver(letter)).isFalse();
        settle();
        assertThat(seen).endsWith("good", "bad");
        assertThat(events.deadLetters()).isEmpty();
    }

    @Test
    void aDeadLetterOfASubscriptionThatEndedStaysOne() {
        Subscription plain =
                events.subscribe(
                        "order.*",
                        event -> {
                            throw new IllegalStateException("no");
                        });
        publish("order.a", "1");
        settle();
        plain.close();
        assertThat(events.redeliver(events.deadLetters().get(0))).isFalse();
        assertThat(letters()).containsExactly("1 FAILED");
    }

    @Test
    void aRuleHoldsForWhatIsRedelivered() {
        SubscriptionOptions small = BILLING.withCapacity(1);
        attach(small).close();
        publish("order.a", "1", "2");
        events.restrict((publisher, topic, subscriber) -> false);
        assertThat(events.redeliver(events.deadLetters().get(0))).isFalse();
        assertThat(letters()).containsExactly("2 OVERFLOW");
    }

    @Test
    void whoLeavesWhileReceivingHasReceivedOnlyIfItReturns() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Subscription first =
                events.subscribe(
                        "order.*",
                        event -> {
                            started.countDown();
                            await(release);
                            throw new IllegalStateException("killed in the middle");
                        },
                        BILLING);
        publish("order.a", "1", "2");
        started.await();
        first.close();
        attach(BILLING);
        publish("order.a", "3");
        assertThat(seen).isEmpty(); // never two at a time
        release.countDown();
        settle();
        assertThat(seen).containsExactly("1", "2", "3");
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Often, since it may come before, in or after the moment in which the pause begins. */
    @RepeatedTest(100)
    void whoComesInAPauseIsOfferedTheEventAtOnce() {
        Subscription first =
                events.subscribe(
                        "order.*",
                        event -> {
                            seen.add("failed");
                            throw new IllegalStateException("no");
                        },
                        BILLING.withBackoff(SubscriptionOptions.MAX_BACKOFF));
        publish("order.a", "1");
        while (seen.isEmpty()) {
            Thread.onSpinWait();
        }
        first.close();
        attach(BILLING);
        settle();
        assertThat(seen).containsExactly("failed", "1");
    }

    @Test
    void aFullQueueDropsWhatItsPolicySays() {
        SubscriptionOptions two = BILLING.withCapacity(2);
        attach(two).close();
        publish("order.a", "1", "2", "3");
        assertThat(letters()).containsExactly("3 OVERFLOW");
        events.deleteDurable("billing");
        attach(two.withOverflow(Overflow.DROP_OLDEST)).close();
        publish("order.a", "4", "5", "6");
        assertThat(letters()).containsExactly("3 OVERFLOW", "1 CLOSED", "2 CLOSED", "4 OVERFLOW");
    }

    @Test
    void allQueuesTogetherAreBounded() {
        byte[] large = new byte[Event.MAX_PAYLOAD_BYTES];
        for (int i = 0; i < 5; i++) {
            attach(SubscriptionOptions.durable("q" + i)).close();
        }
        for (int i = 0; i < 16; i++) {
            events.publish("order.a", large);
        }
        long kept = events.durableSubscriptions().stream().mapToLong(it -> it.bytes()).sum();
        assertThat(kept).isLessThanOrEqualTo(64L << 20).isGreaterThan(60L << 20);
        assertThat(events.deadLetters()).isNotEmpty();
        assertThat(events.deleteDurable("q0")).isTrue();
        publish("order.a", "there is room again");
        assertThat(events.deadLetters()).noneMatch(it -> text(it.event()).startsWith("there"));
    }

    @Test
    void tooManyNamesAreRefused() {
        for (int i = 0; i < 1_000; i++) {
            attach(SubscriptionOptions.durable("q" + i)).close();
        }
        assertThatThrownBy(() -> attach(BILLING)).hasMessageContaining("CRD-508");
        assertThat(events.deleteDurable("q7")).isTrue();
        attach(BILLING);
    }

    @Test
    void deletingEndsItAndItsSubscriber() {
        attach(BILLING).close();
        publish("order.a", "1");
        assertThat(events.deleteDurable("billing")).isTrue();
        assertThat(events.deleteDurable("billing")).isFalse();
        assertThat(letters()).containsExactly("1 CLOSED");
        attach(BILLING);
        events.deleteDurable("billing");
        publish("order.a", "2");
        settle();
        assertThat(seen).isEmpty();
        assertThat(events.durableSubscriptions()).isEmpty();
    }

    @Test
    void whatTheNextOneDoesNotAskForIsADeadLetter() {
        attach(BILLING).close();
        publish("order.a", "1");
        publish("order.b", "2");
        events.subscribe("order.b", event -> seen.add(text(event)), BILLING);
        settle();
        assertThat(seen).containsExactly("2");
        assertThat(letters()).containsExactly("1 UNWANTED");
    }

    private Plugin logger(String... grants) {
        LoadOptions options =
                LoadOptions.defaults().withGrants(Grants.of(grants)).withDurableEvents();
        return engine.load(SamplePlugins.copyTo("event-logger", folder), options);
    }

    @Test
    void aPluginThatIsLoadedAgainGoesOn() {
        Plugin first = logger("event:subscribe=order.*");
        publish("order.placed", "1");
        settle();
        first.close();
        publish("order.placed", "2", "3");
        publish("audit.a", "it was not granted");
        assertThat(only())
                .isEqualTo(
                        new DurableSubscription(LOGGER, Party.plugin(first.id()), false, 2, 2, 1));
        Plugin second = logger("event:subscribe=order.*");
        settle();
        assertThat(log).hasSize(3);
        assertThat(log.get(0)).contains("\"data\":1");
        assertThat(log.get(1)).contains("\"data\":2");
        assertThat(log.get(2)).contains("\"data\":3");
        second.close();
        assertThat(events.deleteDurable(LOGGER)).isTrue();
    }

    @Test
    void aNewVersionTakesOverWhileTheOldIsThere() {
        Plugin old = logger("event:subscribe=order.*");
        Plugin next = logger("event:subscribe=order.*");
        old.close();
        publish("order.placed", "1");
        settle();
        assertThat(log).hasSize(1);
        assertThat(only().attached()).isTrue();
        next.close();
        assertThat(only().attached()).isFalse();
    }

    @Test
    void whatAPluginMayNotHaveAnyMoreIsADeadLetter() {
        logger("event:subscribe=order.*").close();
        publish("order.placed", "1");
        logger("event:subscribe=audit.*");
        settle();
        assertThat(log).isEmpty();
        assertThat(letters()).containsExactly("1 DENIED");
    }

    @Test
    void anEventThatCrashesAPluginIsADeadLetterInTheEnd() {
        logger("event:subscribe=order.*").close();
        publish("order.placed", "trap", "after");
        logger("event:subscribe=order.*");
        settle();
        assertThat(log).hasSize(1);
        assertThat(letters()).containsExactly("trap FAILED");
    }

    @Test
    void withoutTheOptionAPluginsEventsEndWithIt() {
        LoadOptions granted =
                LoadOptions.defaults().withGrants(Grants.of("event:subscribe=order.*"));
        engine.load(SamplePlugins.copyTo("event-logger", folder), granted).close();
        publish("order.placed", "1");
        assertThat(events.durableSubscriptions()).isEmpty();
    }
}
