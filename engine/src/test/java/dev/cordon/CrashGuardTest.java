package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.CrashGuard.Permit;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
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
import org.junit.jupiter.api.Test;

class CrashGuardTest {
    private static final Duration BASE = Duration.ofMillis(100);
    private static final Duration CAP = Duration.ofMillis(500);
    private static final Duration WINDOW = Duration.ofMillis(1_000);

    private final List<PluginState> told = new ArrayList<>();
    private long millis;

    private CrashGuard guard(CrashPolicy policy) {
        return new CrashGuard(
                "p", policy, health -> told.add(health.state()), () -> millis * 1_000_000, () -> 0);
    }

    private static ErrorCode refusal(CrashGuard guard) {
        try {
            guard.enter();
        } catch (CordonException refused) {
            return refused.code();
        }
        throw new AssertionError("it was let through");
    }

    private static void crash(CrashGuard guard) {
        guard.crashed(guard.enter(), ErrorCode.TRAP);
    }

    @Test
    void withoutAPolicyCrashesAreOnlyCounted() {
        CrashGuard guard = guard(CrashPolicy.none());
        for (int i = 0; i < 100; i++) {
            crash(guard);
        }
        assertThat(guard.health().state()).isEqualTo(PluginState.SERVING);
        assertThat(guard.health().crashes()).isEqualTo(100);
        assertThat(told).isEmpty();
    }

    @Test
    void afterTheBackoffOneCallTriesIt() {
        CrashGuard guard = guard(CrashPolicy.reload().withBackoff(BASE, CAP));
        crash(guard);
        assertThat(refusal(guard)).isEqualTo(ErrorCode.PLUGIN_BACKING_OFF);
        assertThatThrownBy(guard::check).hasMessageContaining("may be called again in 100 ms");
        assertThat(guard.health().nextAttempt()).isPresent();
        millis = 100;
        guard.check();
        Permit trial = guard.enter();
        assertThat(refusal(guard)).isEqualTo(ErrorCode.PLUGIN_BACKING_OFF);
        assertThatThrownBy(guard::check).isInstanceOf(CordonException.class);
        guard.answered(trial);
        guard.answered(guard.enter());
        assertThat(told)
                .containsExactly(PluginState.BACKING_OFF, PluginState.TRYING, PluginState.SERVING);
    }

    @Test
    void theBackoffDoublesUpToItsCap() {
        CrashGuard guard = guard(CrashPolicy.reload().withBackoff(BASE, CAP));
        List<Long> waits = new ArrayList<>();
        crash(guard);
        for (int i = 0; i < 5; i++) {
            long start = millis;
            while (guard.health().state() == PluginState.BACKING_OFF) {
                millis++;
                try {
                    crash(guard);
                    waits.add(millis - start);
                    break;
                } catch (CordonException notYet) {
                    continue;
                }
            }
        }
        assertThat(waits).containsExactly(100L, 200L, 400L, 500L, 500L);
    }

    @Test
    void aRandomPartOfUpToAHalfIsLeftOut() {
        CrashGuard guard =
                new CrashGuard(
                        "p",
                        CrashPolicy.reload().withBackoff(BASE, CAP),
                        health -> {},
                        () -> millis * 1_000_000,
                        () -> 0.5);
        crash(guard);
        millis = 74;
        assertThat(refusal(guard)).isEqualTo(ErrorCode.PLUGIN_BACKING_OFF);
        millis = 75;
        guard.enter();
    }

    @Test
    void aTrialThatTellsNothingLeavesItToTheNextCall() {
        CrashGuard guard = guard(CrashPolicy.reload().withBackoff(BASE, CAP));
        crash(guard);
        millis = 100;
        guard.undecided(guard.enter());
        guard.answered(guard.enter());
        assertThat(guard.health().state()).isEqualTo(PluginState.SERVING);
    }

    @Test
    void quarantineEndsWithReleaseOrANewVersion() {
        CrashGuard guard = guard(CrashPolicy.closed());
        crash(guard);
        assertThat(refusal(guard)).isEqualTo(ErrorCode.PLUGIN_QUARANTINED);
        assertThat(guard.release()).isTrue();
        assertThat(guard.release()).isFalse();
        crash(guard);
        assertThat(guard.renew(CrashPolicy.none())).isTrue();
        crash(guard);
        assertThat(guard.health().state()).isEqualTo(PluginState.SERVING);
    }

    @Test
    void crashesWithinTheWindowCountWhateverIsBetweenThem() {
        CrashGuard guard = guard(CrashPolicy.none().withQuarantineAfter(3, WINDOW));
        for (int at : List.of(0, 500, 1_000)) {
            millis = at;
            crash(guard);
            guard.answered(guard.enter());
        }
        assertThat(guard.health().state()).isEqualTo(PluginState.SERVING);
        millis = 1_001;
        crash(guard);
        assertThat(guard.health().state()).isEqualTo(PluginState.QUARANTINED);
    }

    @Test
    void policiesThatCannotBeMeantAreRefused() {
        CrashPolicy policy = CrashPolicy.reload();
        assertThatThrownBy(() -> policy.withBackoff(Duration.ZERO, CAP))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> policy.withBackoff(CAP, BASE)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> policy.withBackoff(BASE, Duration.ofDays(2)))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> policy.withQuarantineAfter(0)).isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> policy.withQuarantineAfter(1_001, WINDOW))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> policy.withQuarantineAfter(1, Duration.ZERO))
                .isInstanceOf(UsageException.class);
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
