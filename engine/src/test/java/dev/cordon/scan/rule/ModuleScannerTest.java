package dev.cordon.scan.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bundle.BundleReader;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.MalformedBundleException;
import dev.cordon.guest.ApplicationFunctions;
import dev.cordon.guest.HostApi;
import dev.cordon.samples.SamplePlugins;
import dev.cordon.scan.Finding;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import dev.cordon.scan.ScanRule;
import dev.cordon.scan.Suppression;
import dev.cordon.scan.Suppressions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a scan makes of a whole plugin. */
class ModuleScannerTest {
    @ParameterizedTest
    @CsvSource({
        "not-wasm, MALFORMED",
        "truncated, MALFORMED",
        "component-preamble, MALFORMED",
        "invalid-module, MALFORMED",
        "types-bomb, DIFFERENTIAL",
        "nesting-bomb, SIZE",
        "simd, UNSUPPORTED_PROPOSAL"
    })
    void whatCannotBeReadIsCritical(String sample, ScanRule rule) {
        ScanReport report = Scans.scan(SamplePlugins.bytes(sample));
        assertThat(report.findings()).singleElement().extracting(Finding::rule).isEqualTo(rule);
        assertThat(report.highest()).contains(Level.CRITICAL);
    }

    @Test
    void theEvidenceOfARefusalIsItsPlace() {
        Finding finding = Scans.scan(SamplePlugins.bytes("simd")).findings().get(0);
        assertThat(finding.evidence().text()).isEqualTo("at byte 0x21");
        assertThat(finding.message()).contains("the SIMD proposal").contains("-msimd128");
    }

    @Test
    void aPlainModuleHasNoFindings() {
        for (String sample : List.of("echo", "empty", "state-counter", "exceptions")) {
            assertThat(Scans.scan(SamplePlugins.bytes(sample)).findings()).as(sample).isEmpty();
        }
    }

    @Test
    void programsInCHaveNoFindingAboveLow() {
        for (String sample : List.of("hello", "word-count", "word-count-reactor", "clock-random")) {
            ScanReport report = Scans.scan(SamplePlugins.bytes(sample));
            assertThat(report.reaches(Level.MEDIUM)).as(sample).isFalse();
        }
    }

    @Test
    void aBrokenManifestIsAFindingAndTheRestIsScanned() {
        ScanReport report =
                ModuleScanner.scan(
                        BundleReader.of("test", SamplePlugins.bytes("secret-inside")),
                        outline -> {
                            throw new MalformedBundleException(
                                    ErrorCode.MALFORMED_MANIFEST,
                                    "test",
                                    "it is broken",
                                    "mend it");
                        },
                        HostApi.surface(ApplicationFunctions.none()),
                        ScanPolicy.defaults(),
                        Scans.TODAY);
        assertThat(Scans.of(report, ScanRule.MALFORMED)).containsExactly("critical: it is broken");
        assertThat(Scans.of(report, ScanRule.SECRET)).hasSize(2);
    }

    @Test
    void thousandsOfFindingsHideNothing() {
        ScanReport report = Scans.scan(SamplePlugins.bytes("finding-flood"));
        assertThat(report.findings()).hasSizeLessThan(2 * Findings.MAX_KEPT);
        assertThat(Scans.of(report, ScanRule.MISLEADING_NAME)).hasSize(1);
        int left = report.omitted().getOrDefault(Level.LOW, 0);
        assertThat(report.count(Level.LOW)).isEqualTo(2_001 + 1);
        assertThat(left).isEqualTo(2_001 - Findings.MAX_KEPT);
    }

    @Test
    void suppressedFindingsStayAndDoNotCount() {
        ScanReport report =
                Scans.scan(
                        SamplePlugins.bytes("secret-inside"),
                        suppressing(Suppression.of(ScanRule.SECRET, "the keys open nothing")));
        assertThat(report.reaches(Level.LOW)).isFalse();
        assertThat(report.findings())
                .hasSize(2)
                .allSatisfy(it -> assertThat(it.justification()).contains("the keys open nothing"));
    }

    @Test
    void aFloodOfSuppressedFindingsHidesNoOther() {
        TestModule module = new TestModule().memory(10, 10);
        module.data("AKIAIOSFODNN7EXAMPLE ".repeat(100));
        ScanReport first = Scans.scan(module.build());
        Suppression one =
                new Suppression(
                        ScanRule.SECRET,
                        "known",
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(first.findings().get(0).fingerprint()),
                        Optional.empty());
        module.data("AKIAIOSFODNN7EXAMPLF");
        ScanReport second = Scans.scan(module.build(), suppressing(one));
        assertThat(second.active()).hasSize(1);
        assertThat(second.omittedSuppressed()).isPositive();
    }

    @Test
    void aFingerprintDoesNotChangeWithOtherThings() {
        int[] endless = {0x03, 0x40, 0x0c, 0, 0x0b, 0x00};
        byte[] one = new TestModule().function("spin", endless).build();
        byte[] other = new TestModule().memory(1, 1).function("spin", endless).build();
        assertThat(Scans.scan(one).findings().get(0).fingerprint())
                .isEqualTo(Scans.scan(other).findings().get(0).fingerprint())
                .hasSize(64);
    }

    private static ScanPolicy suppressing(Suppression suppression) {
        return ScanPolicy.defaults().withSuppressions(Suppressions.of(List.of(suppression)));
    }
}
