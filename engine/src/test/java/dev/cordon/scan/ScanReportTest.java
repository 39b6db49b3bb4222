package dev.cordon.scan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ScanReportTest {
    private static ScanReport report(Map<Level, Integer> omitted, Finding... findings) {
        return new ScanReport("p", "0".repeat(64), 1, List.of(findings), omitted, 0, 0, 0);
    }

    private static Finding finding(Level level, boolean suppressed) {
        return new Finding(
                ScanRule.SECRET,
                level,
                "m",
                Evidence.MODULE,
                "f",
                "",
                suppressed ? Optional.of("because") : Optional.empty());
    }

    @Test
    void onlyWhatCountsReachesAThreshold() {
        ScanReport report =
                report(Map.of(), finding(Level.CRITICAL, true), finding(Level.MEDIUM, false));
        assertThat(report.highest()).contains(Level.MEDIUM);
        assertThat(report.reaches(Level.MEDIUM)).isTrue();
        assertThat(report.reaches(Level.HIGH)).isFalse();
        assertThat(report.count(Level.LOW)).isEqualTo(1);
    }

    @Test
    void whatWasLeftOutCounts() {
        ScanReport report = report(Map.of(Level.HIGH, 3), finding(Level.LOW, false));
        assertThat(report.highest()).contains(Level.HIGH);
        assertThat(report.count(Level.HIGH)).isEqualTo(3);
        assertThat(report.count(Level.LOW)).isEqualTo(4);
        assertThat(report(Map.of()).highest()).isEmpty();
    }
}
