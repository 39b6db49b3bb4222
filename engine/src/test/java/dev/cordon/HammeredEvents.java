package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bridge.Event;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Numbered events, to the sample {@code event-logger} and to the application. */
final class HammeredEvents {
    private static final int MOST_WAITING = 200;
    private static final int FAILS_ONE_OF = 20;
    private static final Pattern FIELDS = Pattern.compile("\"type\":\"([^\"]+)\".*\"data\":(\\d+)");

    private final Map<String, List<Integer>> logged = new ConcurrentHashMap<>();
    private final Map<String, List<Integer>> received = new ConcurrentHashMap<>();
    private final Map<String, AtomicInteger> published = new ConcurrentHashMap<>();

    /** What a thread does again and again. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Publishes the next number, unless too many events wait; by a sample if there is one. */
    Work publisher(PluginEngine engine, String topic, @Nullable Plugin relay) {
        AtomicInteger next = published.computeIfAbsent(topic, it -> new AtomicInteger());
        return () -> {
            boolean full =
                    engine.events().durableSubscriptions().stream()
                            .anyMatch(each -> each.waiting() > MOST_WAITING);
            if (!full && publish(engine, topic, next.get(), relay)) {
                next.incrementAndGet();
            }
            Thread.sleep(1);
        };
    }

    private static boolean publish(
            PluginEngine engine, String topic, int number, @Nullable Plugin relay) {
        if (relay == null) {
            engine.events().publish(topic, bytes(String.valueOf(number)));
            return true;
        }
        try {
            byte[] call = bytes((char) topic.length() + topic + number);
            assertThat(relay.call("publish", call).bytes()).isEqualTo(new byte[4]);
            return true;
        } catch (CordonException busy) {
            assertThat(busy.code()).isEqualTo(ErrorCode.BUSY);
            return false;
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Takes what a plugin logged, an event's document or something else. */
    void logged(String text) {
        Matcher fields = FIELDS.matcher(text);
        if (fields.find()) {
            add(logged, fields.group(1), fields.group(2));
        }
    }

    /** Takes an event, or fails now and then. */
    void receive(Event event) {
        if (ThreadLocalRandom.current().nextInt(FAILS_ONE_OF) == 0) {
            throw new IllegalStateException("now and then");
        }
        add(received, event.topic(), new String(event.payload(), StandardCharsets.UTF_8));
    }

    private static void add(Map<String, List<Integer>> to, String topic, String number) {
        to.computeIfAbsent(topic, it -> new ArrayList<>()).add(Integer.valueOf(number));
    }

    /** Everything came once and in order: to the sample, and if it is of an audit, to both. */
    void requireAll() {
        published.forEach(
                (topic, count) -> {
                    List<Integer> all = IntStream.range(0, count.get()).boxed().toList();
                    assertThat(logged.get(topic)).as(topic).isEqualTo(all);
                    if (topic.startsWith("audit")) {
                        assertThat(received.get(topic)).as(topic).isEqualTo(all);
                    }
                });
    }
}
