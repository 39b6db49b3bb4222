package dev.cordon.cli;

import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The forms in which a scan is shown. */
enum ScanFormat {
    /** For people. */
    TEXT {
        @Override
        String text(ScanReport report, ScanPolicy policy, Path file) {
            return ScanText.text(report, policy);
        }
    },
    /** For programs. */
    JSON {
        @Override
        String text(ScanReport report, ScanPolicy policy, Path file) {
            return ScanJson.text(report, policy);
        }
    },
    /** For tools that collect the findings of many scanners. */
    SARIF {
        @Override
        String text(ScanReport report, ScanPolicy policy, Path file) {
            return ScanSarif.text(report, file);
        }
    };

    static Optional<ScanFormat> of(String text) {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst();
    }

    /** The report in this form, with a line end. */
    abstract String text(ScanReport report, ScanPolicy policy, Path file);
}
