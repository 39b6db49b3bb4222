package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.Overflow;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.Subscription;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.EventReport;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Events as the application publishes and receives them. */
@Timeout(value = 60, unit = TimeUnit.SECONDS)
class EventBridgeTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final List<String> moves = new CopyOnWriteArrayList<>();
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .listener(
                            new EngineListener() {
                                @Override
                                public void eventMoved(EventReport report) {
                                    moves.add(report.topic() + " " + report.stage());
                                }
                            })
                    .build();
    private final EventBridge events = engine.events();
    private final List<String> seen = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        engine.close();
    }

    private String publish(String topic, String text) {
        return events.publish(topic, text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(Event event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }

    private void settle() {
        assertThat(events.awaitDelivery(LONG)).isTrue();
    }

    @Test
    void everySubscriberWhosePatternFitsReceives() {
        events.subscribe("order.placed", event -> seen.add("exact " + text(event)));
        events.subscribe("order.*", event -> seen.add("star " + text(event)));
        events.subscribe("**", event -> seen.add("all " + text(event)));
        events.subscribe("other.*", event -> seen.add("other " + text(event)));
        publish("order.placed", "1");
        settle();
        assertThat(seen).containsExactlyInAnyOrder("exact 1", "star 1", "all 1");
        assertThat(moves).contains("order.placed accepted", "order.placed received");
    }

    @Test
    void aValueIsPublishedAsJson() {
        events.subscribe("a", event -> seen.add(text(event) + event.publisher()));
        events.publish("a", List.of(1, 2));
        settle();
        assertThat(seen).containsExactly("[1,2]cordon:/host");
    }

    @Test
    void aSubscriberThatThrowsGetsTheNextEventAndHurtsNobody() {
        events.subscribe(
                "a",
                event -> {
                    if (text(event).equals("bad")) {
                        throw new IllegalStateException("no");
                    }
                    seen.add(text(event));
                });
        events.subscribe("a", event -> seen.add("other " + text(event)));
        String id = publish("a", "bad");
        publish("a", "good");
        settle();
        assertThat(seen).containsExactlyInAnyOrder("good", "other bad", "other good");
        assertThat(events.deadLetters()).hasSize(1);
        DeadLetter letter = events.deadLetters().get(0);
        assertThat(letter.event().id()).isEqualTo(id);
        assertThat(letter.reason()).isEqualTo(DeadLetter.Reason.FAILED);
        assertThat(letter.detail()).isEqualTo("java.lang.IllegalStateException: no");
        assertThat(letter.subscriber()).isEqualTo(Party.host());
    }

    @Test
    void anEventIsOfferedAsOftenAsTheSubscriberWants() {
        AtomicInteger attempts = new AtomicInteger();
        Subscription subscription =
                events.subscribe(
                        "a",
                        event -> {
                            if (attempts.incrementAndGet() < 3) {
                                throw new IllegalStateException("not yet");
                            }
                        },
                        SubscriptionOptions.defaults().withAttempts(3));
        publish("a", "");
        settle();
        assertThat(attempts).hasValue(3);
        assertThat(subscription.received()).isEqualTo(1);
        assertThat(events.deadLetters()).isEmpty();
    }

    /** Subscribes somebody who waits for the latch, and has an event in hand when this returns. */
    private CountDownLatch stuck(SubscriptionOptions options) throws InterruptedException {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        events.subscribe(
                "a",
                event -> {
                    started.countDown();
                    await(release);
                    seen.add(text(event));
                },
                options);
        publish("a", "0");
        started.await();
        return release;
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void aFullQueueDropsWhatItsPolicySays() throws Exception {
        SubscriptionOptions two = SubscriptionOptions.defaults().withCapacity(2);
        CountDownLatch newest = stuck(two);
        CountDownLatch oldest = stuck(two.withOverflow(Overflow.DROP_OLDEST));
        for (int i = 1; i <= 4; i++) {
            publish("a", String.valueOf(i));
        }
        newest.countDown();
        oldest.countDown();
        settle();
        // The first one has had both events "0" by then, one of them from its queue.
        assertThat(seen).containsExactlyInAnyOrder("0", "0", "1", "0", "3", "4");
        assertThat(events.deadLetters())
                .extracting(DeadLetter::reason)
                .containsOnly(DeadLetter.Reason.OVERFLOW);
        assertThat(events.deadLetters())
                .extracting(letter -> text(letter.event()))
                .containsExactlyInAnyOrder("2", "3", "4", "1", "2");
    }

    @Test
    void aSlowSubscriberKeepsNobodyWaiting() throws Exception {
        CountDownLatch release = stuck(SubscriptionOptions.defaults());
        CountDownLatch other = new CountDownLatch(100);
        events.subscribe("b", event -> other.countDown());
        for (int i = 0; i < 100; i++) {
            publish("b", "");
        }
        assertThat(other.await(30, TimeUnit.SECONDS)).isTrue();
        release.countDown();
    }

    @Test
    void whatWaitsWhenASubscriptionEndsIsADeadLetter() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        Subscription subscription =
                events.subscribe(
                        "a",
                        event -> {
                            started.countDown();
                            await(release);
                        });
        publish("a", "in hand");
        started.await();
        publish("a", "waits");
        assertThat(subscription.waiting()).isEqualTo(1);
        subscription.close();
        release.countDown();
        publish("a", "too late");
        settle();
        assertThat(subscription.received()).isEqualTo(1);
        assertThat(events.deadLetters())
                .extracting(letter -> text(letter.event()) + " " + letter.reason())
                .containsExactly("waits CLOSED");
    }

    @Test
    void aRuleOfTheApplicationHoldsBesideTheGrants() {
        events.subscribe("**", event -> seen.add(event.topic()));
        events.restrict((publisher, topic, subscriber) -> !topic.startsWith("secret"));
        events.restrict(
                (publisher, topic, subscriber) -> {
                    if (topic.equals("broken")) {
                        throw new IllegalStateException("a rule that fails");
                    }
                    return true;
                });
        publish("secret.a", "");
        publish("broken", "");
        publish("open", "");
        settle();
        assertThat(seen).containsExactly("open");
    }

    @Test
    void eventsThatLeadToEachOtherComeToAnEnd() {
        events.subscribe(
                "a",
                event -> {
                    seen.add(text(event));
                    publish("a", text(event) + "x");
                });
        publish("a", "");
        settle();
        assertThat(seen).hasSize(16);
        assertThat(events.deadLetters().get(0).detail()).startsWith("CRD-514");
    }

    @Test
    void whatCannotBePublishedIsRefused() {
        assertThatThrownBy(() -> publish("a.*", "")).isInstanceOf(CordonException.class);
        assertThatThrownBy(() -> events.publish("a", new byte[Event.MAX_PAYLOAD_BYTES + 1]))
                .hasMessageStartingWith("CRD-515");
        engine.close();
        assertThatThrownBy(() -> publish("a", ""))
                .isInstanceOfSatisfying(
                        CordonException.class,
                        closed -> assertThat(closed.code()).isEqualTo(ErrorCode.CLOSED));
    }

    @Test
    void bytesThatWaitAreBoundedToo() throws Exception {
        CountDownLatch release = stuck(SubscriptionOptions.defaults());
        byte[] large = new byte[Event.MAX_PAYLOAD_BYTES];
        for (int i = 0; i < 20; i++) {
            events.publish("a", large);
        }
        assertThat(events.deadLetters()).hasSize(4);
        release.countDown();
        settle();
    }
}
