package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.monitor.CallReport;
import dev.cordon.quota.Quota;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.trust.TrustPolicy;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CpuQuotaTest {
    @ParameterizedTest
    @EnumSource
    void aGuestThatNeverRestsGetsItsShareAndNoMore(EngineKind kind) {
        Quota quota =
                Quota.widest()
                        .withDeadline(Duration.ofMillis(1_500))
                        .withResources(ResourceQuota.widest().withCpuPercent(10));
        try (PluginEngine engine =
                        PluginEngine.builder()
                                .trust(TrustPolicy.off())
                                .engine(kind)
                                .quota(quota)
                                .build();
                Plugin hog = engine.load("fuel-hog", SamplePlugins.bytes("fuel-hog"))) {
            CallOptions measured = CallOptions.defaults().withMeasureCpu(true);
            QuotaExceededException late =
                    catchThrowableOfType(
                            QuotaExceededException.class,
                            () -> hog.call("run", new byte[0], measured));
            assertThat(late.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
            CallReport report = (CallReport) late.report().orElseThrow();
            assertThat(report.cpuNanos()).isLessThan(report.wallNanos() / 2);
        }
    }
}
