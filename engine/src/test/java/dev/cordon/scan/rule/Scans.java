package dev.cordon.scan.rule;

import dev.cordon.bundle.BundleReader;
import dev.cordon.guest.ApplicationFunctions;
import dev.cordon.guest.HostApi;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.ManifestReader;
import dev.cordon.scan.Finding;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import dev.cordon.scan.ScanRule;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/** Scans of a test, against the host functions that there are. */
final class Scans {
    static final LocalDate TODAY = LocalDate.of(2026, 1, 15);

    private Scans() {}

    static ScanReport scan(byte[] module) {
        return scan(module, ScanPolicy.defaults());
    }

    static ScanReport scan(byte[] module, ScanPolicy policy) {
        return ModuleScanner.scan(
                BundleReader.of("test", module),
                outline -> Optional.empty(),
                HostApi.surface(ApplicationFunctions.none()),
                policy,
                TODAY);
    }

    /** With a manifest of one command that requests this. */
    static ScanReport requesting(byte[] module, String... requests) {
        String json =
                "{\"id\":\"test\",\"version\":\"1.0.0\",\"abi\":1,\"commands\":[{\"name\":\"run\"}],"
                        + "\"requests\":["
                        + String.join(
                                ",", List.of(requests).stream().map(it -> '"' + it + '"').toList())
                        + "]}";
        Manifest manifest = ManifestReader.read(json.getBytes(StandardCharsets.UTF_8), "test");
        return ModuleScanner.scan(
                BundleReader.of("test", module),
                outline -> Optional.of(manifest),
                HostApi.surface(ApplicationFunctions.none()),
                ScanPolicy.defaults(),
                TODAY);
    }

    /** What a rule found, as level and message. */
    static List<String> of(ScanReport report, ScanRule rule) {
        return report.findings().stream()
                .filter(finding -> finding.rule() == rule)
                .map(Scans::text)
                .toList();
    }

    static List<String> of(TestModule module, ScanRule rule) {
        return of(scan(module.build()), rule);
    }

    static String text(Finding finding) {
        return finding.level().text() + ": " + finding.message();
    }
}
