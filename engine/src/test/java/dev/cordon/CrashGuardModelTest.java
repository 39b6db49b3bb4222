package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.CrashGuard.Permit;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.monitor.PluginHealth;
import dev.cordon.monitor.PluginState;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** Whatever happens in whatever order, the guard does what a simple model does. */
class CrashGuardModelTest {
    private static final Duration BASE = Duration.ofMillis(100);
    private static final Duration CAP = Duration.ofMillis(500);
    private static final Duration WINDOW = Duration.ofMillis(1_000);

    private long millis;

    private CrashGuard guard(CrashPolicy policy) {
        return new CrashGuard("p", policy, health -> {}, () -> millis * 1_000_000, () -> 0);
    }

    /** What may happen, in the order of {@link #steps()}. */
    private enum Act {
        CALL,
        ANSWER,
        CRASH,
        NOTHING,
        TIME,
        RELEASE
    }

    /**
     * One step.
     *
     * @param act what happens
     * @param number which of the calls under way it happens to, or how many milliseconds pass
     */
    record Step(Act act, int number) {}

    @Provide
    Arbitrary<List<Step>> steps() {
        Arbitrary<Act> acts =
                Arbitraries.frequency(
                        tuple(6, Act.CALL),
                        tuple(3, Act.ANSWER),
                        tuple(4, Act.CRASH),
                        tuple(1, Act.NOTHING),
                        tuple(4, Act.TIME),
                        tuple(1, Act.RELEASE));
        return Combinators.combine(acts, Arbitraries.integers().between(0, 300))
                .as(Step::new)
                .list()
                .ofMaxSize(60);
    }

    private static Tuple.Tuple2<Integer, Act> tuple(int weight, Act act) {
        return Tuple.of(weight, act);
    }

    /** The rules as a reader of the document would write them down, with nothing but a list. */
    private static final class Model {
        private PluginState state = PluginState.SERVING;
        private int era;
        private int row;
        private int total;
        private long until;
        private final ArrayDeque<Long> times = new ArrayDeque<>();

        /** The era that the call belongs to, or -1 if it is refused. */
        int call(long now) {
            if (state == PluginState.BACKING_OFF && now >= until) {
                go(PluginState.TRYING);
                return era;
            }
            return state == PluginState.SERVING ? era : -1;
        }

        void go(PluginState next) {
            state = next;
            era++;
        }

        void end(int callEra, Act how, long now) {
            if (callEra != era) {
                return;
            }
            if (how == Act.NOTHING) {
                if (state == PluginState.TRYING) {
                    go(PluginState.BACKING_OFF);
                }
                return;
            }
            if (how == Act.ANSWER) {
                row = 0;
                if (state == PluginState.TRYING) {
                    go(PluginState.SERVING);
                }
                return;
            }
            row++;
            total++;
            times.add(now);
            times.removeIf(time -> now - time >= WINDOW.toMillis());
            if (row >= 4 || times.size() >= 6) {
                go(PluginState.QUARANTINED);
            } else {
                until = now + Math.min(CAP.toMillis(), BASE.toMillis() << (row - 1));
                go(PluginState.BACKING_OFF);
            }
        }

        void release() {
            row = 0;
            total = 0;
            times.clear();
            go(PluginState.SERVING);
        }
    }

    /** A call under way, as both see it. */
    private record Call(Permit permit, int era) {}

    @Property
    void doesWhatTheModelDoes(@ForAll("steps") List<Step> steps) {
        CrashGuard guard =
                guard(
                        CrashPolicy.reload()
                                .withBackoff(BASE, CAP)
                                .withQuarantineAfter(4)
                                .withQuarantineAfter(6, WINDOW));
        Model model = new Model();
        List<Call> calls = new ArrayList<>();
        for (Step step : steps) {
            apply(step, guard, model, calls);
            PluginHealth health = guard.health();
            assertThat(health.state()).isEqualTo(model.state);
            assertThat(health.crashesInARow()).isEqualTo(model.row);
            assertThat(health.crashes()).isEqualTo(model.total);
        }
    }

    private void apply(Step step, CrashGuard guard, Model model, List<Call> calls) {
        switch (step.act()) {
            case CALL -> call(guard, model, calls);
            case TIME -> millis += step.number();
            case RELEASE -> {
                guard.release();
                model.release();
            }
            default -> {
                if (!calls.isEmpty()) {
                    Call call = calls.remove(step.number() % calls.size());
                    end(guard, call.permit(), step.act());
                    model.end(call.era(), step.act(), millis);
                }
            }
        }
    }

    private void call(CrashGuard guard, Model model, List<Call> calls) {
        Permit permit;
        try {
            permit = guard.enter();
        } catch (CordonException refused) {
            assertThat(model.call(millis)).isEqualTo(-1);
            return;
        }
        int era = model.call(millis);
        assertThat(era).isNotNegative();
        calls.add(new Call(permit, era));
    }

    private static void end(CrashGuard guard, Permit permit, Act act) {
        switch (act) {
            case ANSWER -> guard.answered(permit);
            case CRASH -> guard.crashed(permit, ErrorCode.TRAP);
            default -> guard.undecided(permit);
        }
    }
}
