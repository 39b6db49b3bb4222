package dev.cordon.scan.rule;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.samples.SamplePlugins;
import dev.cordon.scan.Advisories;
import dev.cordon.scan.Component;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import dev.cordon.scan.ScanRule;
import dev.cordon.scan.Vulnerability;
import java.util.List;
import org.junit.jupiter.api.Test;

class SbomRulesTest {
    /** Knows one thing about one component. */
    private record One(Component about, Vulnerability known) implements Advisories {
        @Override
        public List<Vulnerability> affecting(Component component) {
            return component.equals(about) ? List.of(known) : List.of();
        }

        @Override
        public int size() {
            return 1;
        }
    }

    @Test
    void componentsAreComparedWithAdvisories() {
        Vulnerability known =
                new Vulnerability(
                        "RUSTSEC-2020-0001",
                        List.of(),
                        "it leaks\u001b[2J",
                        Level.CRITICAL,
                        List.of("0.3.2"),
                        true);
        Advisories advisories = new One(new Component("crates.io", "leaky-buffer", "0.3.1"), known);
        ScanReport report =
                Scans.scan(
                        SamplePlugins.bytes("vulnerable-parts"),
                        ScanPolicy.defaults().withAdvisories(advisories));
        assertThat(report.components()).isEqualTo(4);
        assertThat(report.advisories()).isEqualTo(1);
        assertThat(Scans.of(report, ScanRule.VULNERABLE_COMPONENT))
                .containsExactly(
                        "critical: `leaky-buffer 0.3.1` is affected by RUSTSEC-2020-0001: it"
                                + " leaks\\u{1b}[2J; fixed in 0.3.2");
        assertThat(report.findings().get(0).advisory()).isEqualTo("RUSTSEC-2020-0001");
    }

    @Test
    void aListIsRequiredOnlyIfThePolicySaysSo() {
        byte[] module = new TestModule().build();
        ScanPolicy strict = ScanPolicy.defaults().withRequiredSbom(true);
        assertThat(Scans.of(Scans.scan(module), ScanRule.NO_SBOM)).isEmpty();
        assertThat(Scans.of(Scans.scan(module, strict), ScanRule.NO_SBOM)).hasSize(1);
        byte[] with = SamplePlugins.bytes("vulnerable-parts");
        assertThat(Scans.of(Scans.scan(with, strict), ScanRule.NO_SBOM)).isEmpty();
    }

    @Test
    void aListThatCannotBeReadIsFound() {
        TestModule module = new TestModule().custom("sbom", "{\"bomFormat\":\"Cyc".getBytes());
        assertThat(Scans.of(module, ScanRule.MALFORMED_SBOM))
                .singleElement()
                .asString()
                .startsWith("high: the list of parts `sbom` cannot be read: it is no JSON");
    }
}
