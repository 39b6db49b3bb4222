package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.Overflow;
import dev.cordon.bridge.Subscription;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.trust.TrustPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.jspecify.annotations.Nullable;

/** A durable queue against a model that is written as the documentation says it. */
class DurableModelTest {
    private static final int CAPACITY = 3;
    private static final int ATTEMPTS = 3;
    private static final Duration LONG = Duration.ofSeconds(30);

    enum Step {
        PUBLISH,
        ATTACH,
        DETACH,
        /** The next attempt throws. */
        FAIL,
        /** The next attempt throws, and its subscriber is gone. */
        CRASH,
        REDELIVER,
        DELETE
    }

    /** What should happen. */
    private static final class Model {
        private final Overflow overflow;
        private final Deque<String> waiting = new ArrayDeque<>();
        private final Deque<Step> faults = new ArrayDeque<>();
        private final List<String> offered = new ArrayList<>();
        private final List<String> dead = new ArrayList<>();
        private @Nullable String inHand;
        private boolean exists;
        private boolean attached;
        private int failures;

        Model(Overflow overflow) {
            this.overflow = overflow;
        }

        void publish(String event) {
            if (!exists) {
                return;
            }
            if (waiting.size() == CAPACITY && overflow == Overflow.DROP_NEWEST) {
                dead.add(event);
                return;
            }
            if (waiting.size() == CAPACITY) {
                dead.add(waiting.remove());
            }
            waiting.add(event);
            deliver();
        }

        void attach() {
            exists = true;
            attached = true;
            deliver();
        }

        void delete() {
            if (inHand != null) {
                dead.add(inHand);
            }
            dead.addAll(waiting);
            waiting.clear();
            inHand = null;
            exists = false;
            attached = false;
        }

        private void deliver() {
            while (attached) {
                if (inHand == null) {
                    inHand = waiting.poll();
                    failures = 0;
                }
                if (inHand == null) {
                    return;
                }
                offered.add(inHand);
                Step fault = faults.poll();
                attached = fault != Step.CRASH;
                failures += fault == null ? 0 : 1;
                if (failures == ATTEMPTS) {
                    dead.add(inHand);
                }
                if (fault == null || failures == ATTEMPTS) {
                    inHand = null;
                }
            }
        }
    }

    /** What does happen. */
    private static final class Real implements AutoCloseable {
        private final PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();
        private final Deque<Step> faults = new ArrayDeque<>();
        private final List<String> offered = new ArrayList<>();
        private final SubscriptionOptions options;
        private @Nullable Subscription subscription;

        Real(Overflow overflow) {
            this.options =
                    SubscriptionOptions.durable("model")
                            .withCapacity(CAPACITY)
                            .withOverflow(overflow)
                            .withAttempts(ATTEMPTS)
                            .withBackoff(Duration.ZERO);
        }

        private synchronized void receive(Event event) {
            offered.add(text(event));
            Step fault = faults.poll();
            if (fault == Step.CRASH) {
                detach();
            }
            if (fault != null) {
                throw new IllegalStateException(fault.name());
            }
        }

        private synchronized void attach() {
            subscription = engine.events().subscribe("t", this::receive, options);
        }

        private synchronized void detach() {
            if (subscription != null) {
                subscription.close();
            }
        }

        private synchronized void fault(Step step) {
            faults.add(step);
        }

        private synchronized List<String> offered() {
            return List.copyOf(offered);
        }

        @Override
        public void close() {
            engine.close();
        }
    }

    private static String text(Event event) {
        return new String(event.payload(), StandardCharsets.UTF_8);
    }

    @Provide
    Arbitrary<List<Step>> steps() {
        return Arbitraries.frequency(
                        Tuple.of(8, Step.PUBLISH),
                        Tuple.of(3, Step.ATTACH),
                        Tuple.of(3, Step.DETACH),
                        Tuple.of(2, Step.FAIL),
                        Tuple.of(2, Step.CRASH),
                        Tuple.of(1, Step.REDELIVER),
                        Tuple.of(1, Step.DELETE))
                .list()
                .ofMinSize(10)
                .ofMaxSize(60);
    }

    @Property(tries = 150)
    void aDurableQueueDoesWhatIsSaidOfIt(
            @ForAll("steps") List<Step> steps, @ForAll Overflow overflow) {
        Model model = new Model(overflow);
        try (Real real = new Real(overflow)) {
            int number = 0;
            for (Step step : steps) {
                number++;
                step(step, String.valueOf(number), model, real);
                assertThat(real.engine.events().awaitDelivery(LONG)).isTrue();
                assertThat(real.offered()).isEqualTo(model.offered);
                assertThat(real.engine.events().deadLetters())
                        .extracting(letter -> text(letter.event()))
                        .isEqualTo(model.dead);
                int waiting = model.waiting.size() + (model.inHand == null ? 0 : 1);
                assertThat(real.engine.events().durableSubscriptions())
                        .extracting(it -> it.attached() + " " + it.waiting())
                        .isEqualTo(
                                model.exists ? List.of(model.attached + " " + waiting) : List.of());
            }
        }
    }

    private static void step(Step step, String event, Model model, Real real) {
        switch (step) {
            case PUBLISH:
                model.publish(event);
                real.engine.events().publish("t", event.getBytes(StandardCharsets.UTF_8));
                break;
            case ATTACH:
                if (!model.attached) {
                    model.attach();
                    real.attach();
                }
                break;
            case DETACH:
                model.attached = false;
                real.detach();
                break;
            case FAIL:
            case CRASH:
                model.faults.add(step);
                real.fault(step);
                break;
            case REDELIVER:
                redeliver(model, real);
                break;
            default:
                model.delete();
                real.engine.events().deleteDurable("model");
        }
    }

    /** Only where there is room; a letter of a queue that was deleted stays what it is. */
    private static void redeliver(Model model, Real real) {
        List<DeadLetter> letters = real.engine.events().deadLetters();
        if (letters.isEmpty() || model.waiting.size() == CAPACITY) {
            return;
        }
        DeadLetter last = letters.get(letters.size() - 1);
        if (real.engine.events().redeliver(last)) {
            String event = model.dead.remove(model.dead.size() - 1);
            model.publish(event);
        }
    }
}
