package dev.cordon.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.error.UsageException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class QuotaTest {
    private static final Quota DEFAULTS = Quota.defaults();

    @Test
    void defaultsAreThoseThatAreDocumented() {
        assertThat(DEFAULTS.fuelPerCall()).isEqualTo(1_000_000_000L);
        assertThat(DEFAULTS.memoryBytes()).isEqualTo(256L << 20);
        assertThat(DEFAULTS.deadline()).contains(Duration.ofSeconds(30));
        assertThat(DEFAULTS.tableElements()).isEqualTo(100_000);
        assertThat(DEFAULTS.callDepth()).isEqualTo(16_384);
        assertThat(DEFAULTS.outputBytes()).isEqualTo(64 << 20);
        assertThat(DEFAULTS.logLines()).isEqualTo(1_000);
        assertThat(DEFAULTS.logBytes()).isEqualTo(1 << 20);
        assertThat(DEFAULTS.instances()).isEqualTo(Runtime.getRuntime().availableProcessors());
        assertThat(DEFAULTS.waitingCalls()).isEqualTo(1_000);
        assertThat(DEFAULTS.resources()).isEqualTo(ResourceQuota.defaults());
    }

    @Test
    void theTighterLimitWinsWhicheverSideItIsOn() {
        Quota one = DEFAULTS.withFuelPerCall(5).withMemoryBytes(1 << 20);
        Quota other = DEFAULTS.withDeadline(Duration.ofMillis(1)).withOutputBytes(7);
        Quota both = one.tighter(other);
        assertThat(both).isEqualTo(other.tighter(one));
        assertThat(both.fuelPerCall()).isEqualTo(5);
        assertThat(both.memoryBytes()).isEqualTo(1 << 20);
        assertThat(both.deadline()).contains(Duration.ofMillis(1));
        assertThat(both.outputBytes()).isEqualTo(7);
        assertThat(both.logLines()).isEqualTo(1_000);
    }

    @Test
    void theWidestQuotaLowersNothing() {
        assertThat(DEFAULTS.tighter(Quota.widest())).isEqualTo(DEFAULTS);
        assertThat(Quota.widest().tighter(DEFAULTS)).isEqualTo(DEFAULTS);
        assertThat(Quota.widest().deadline()).isEmpty();
    }

    @Test
    void copiesLeaveTheOriginalAlone() {
        Quota changed =
                DEFAULTS.withoutDeadline()
                        .withTableElements(1)
                        .withCallDepth(2)
                        .withLogLines(3)
                        .withLogBytes(4)
                        .withInstances(5)
                        .withWaitingCalls(6);
        assertThat(changed)
                .hasToString(
                        "Quota[deadlineNanos=9223372036854775807, fuelPerCall=1000000000,"
                                + " memoryBytes=268435456, tableElements=1, callDepth=2,"
                                + " outputBytes=67108864, logLines=3, logBytes=4, instances=5,"
                                + " waitingCalls=6, resources="
                                + ResourceQuota.defaults()
                                + "]");
        assertThat(DEFAULTS).isEqualTo(Quota.defaults()).hasSameHashCodeAs(Quota.defaults());
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> DEFAULTS.withMemoryBytes(Quota.MAX_MEMORY_BYTES + 1))
                .isInstanceOf(UsageException.class)
                .hasMessage(
                        "CRD-702 [quota] `memoryBytes` cannot be `2147418113`: it is more than"
                                + " 2147418112\n"
                                + "  help: choose a value in the range that the documentation of"
                                + " `memoryBytes` gives");
        assertThatThrownBy(() -> DEFAULTS.withInstances(0))
                .hasMessageContaining("`instances` cannot be `0`: it is less than 1");
        assertThatThrownBy(() -> DEFAULTS.withFuelPerCall(-1))
                .hasMessageContaining("`fuelPerCall` cannot be `-1`: it is less than 0");
        assertThatThrownBy(() -> DEFAULTS.withDeadline(Duration.ZERO))
                .hasMessageContaining("`deadline` cannot be `PT0S`: it is not more than zero");
        assertThatThrownBy(() -> DEFAULTS.withDeadline(Duration.ofDays(200_000)))
                .hasMessageContaining("it is longer than 292 years");
    }
}
