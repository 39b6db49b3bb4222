package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.CrashGuard.Permit;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.monitor.PluginState;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
}
