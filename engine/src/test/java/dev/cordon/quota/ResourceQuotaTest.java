package dev.cordon.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.quota.ResourceQuota.Excess;
import org.junit.jupiter.api.Test;

class ResourceQuotaTest {
    private static final ResourceQuota DEFAULTS = ResourceQuota.defaults();

    @Test
    void defaultsAreThoseThatAreDocumented() {
        assertThat(DEFAULTS)
                .isEqualTo(
                        new ResourceQuota(
                                256L << 20,
                                10_000,
                                256,
                                64,
                                Quota.UNLIMITED,
                                Quota.UNLIMITED,
                                Excess.WAIT,
                                ResourceQuota.ALL_CORES,
                                4));
    }

    @Test
    void theTighterLimitWinsWhicheverSideItIsOn() {
        ResourceQuota one =
                DEFAULTS.withDiskBytes(1)
                        .withOpenFiles(2)
                        .withNetRate(3)
                        .withCpuPercent(50)
                        .withProcesses(2);
        ResourceQuota other =
                DEFAULTS.withFiles(4).withConnections(5).withDiskRate(6).withExcess(Excess.REFUSE);
        ResourceQuota both = new ResourceQuota(1, 4, 2, 5, 6, 3, Excess.REFUSE, 50, 2);
        assertThat(one.tighter(other)).isEqualTo(both);
        assertThat(other.tighter(one)).isEqualTo(both);
        assertThat(DEFAULTS.tighter(ResourceQuota.widest())).isEqualTo(DEFAULTS);
    }

    @Test
    void aQuotaCarriesThem() {
        Quota one = Quota.defaults().withResources(DEFAULTS.withFiles(3));
        assertThat(Quota.widest().tighter(one).resources().files()).isEqualTo(3);
        assertThat(one).isNotEqualTo(Quota.defaults());
    }

    @Test
    void valuesOutOfRangeAreRefusedByName() {
        assertThatThrownBy(() -> DEFAULTS.withDiskRate(0))
                .hasMessage(
                        "CRD-702 [quota] `diskRate` cannot be `0`: it is out of range\n"
                                + "  help: choose 1 to 9223372036854775807");
        assertThatThrownBy(() -> DEFAULTS.withOpenFiles(ResourceQuota.MAX_OPEN_FILES + 1))
                .hasMessageContaining("`openFiles` cannot be `65537`");
        assertThatThrownBy(() -> DEFAULTS.withDiskBytes(-1)).hasMessageContaining("`diskBytes`");
    }
}
