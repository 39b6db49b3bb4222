package dev.cordon.cli;

import dev.cordon.scan.Finding;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** What a scan found, for people. */
final class ScanText {
    private final StringBuilder out = new StringBuilder();

    private ScanText() {}

    /** Several lines. */
    static String text(ScanReport report, ScanPolicy policy) {
        ScanText text = new ScanText();
        text.write(report, policy);
        return text.out.toString();
    }

    private void write(ScanReport report, ScanPolicy policy) {
        out.append(report.name()).append('\n');
        line("digest", report.digest());
        line("size", report.sizeBytes() + " bytes");
        if (report.components() > 0 || report.advisories() > 0) {
            line("components", report.components() + ", " + report.advisories() + " advisories");
        }
        for (Finding finding : report.findings()) {
            write(finding);
        }
        for (Level level : Level.values()) {
            if (report.omitted().containsKey(level)) {
                line("left out", report.omitted().get(level) + " more findings, " + level.text());
            }
        }
        if (report.omittedSuppressed() > 0) {
            line("left out", report.omittedSuppressed() + " more findings, suppressed");
        }
        line("findings", summary(report));
        boolean fails = report.reaches(policy.failOn());
        line("result", (fails ? "fails" : "passes") + " at the level " + policy.failOn().text());
    }

    private void write(Finding finding) {
        String level = finding.suppressed() ? "suppressed" : finding.level().text();
        line(level, finding.rule().id() + " " + finding.rule().title());
        out.append("    ").append(finding.message()).append('\n');
        String place = finding.evidence().text();
        if (!place.isEmpty()) {
            out.append(place.startsWith("at") ? "    " : "    in ").append(place).append('\n');
        }
        finding.justification()
                .ifPresent(
                        why ->
                                out.append("    because ")
                                        .append(FactsText.shown(why))
                                        .append('\n'));
        if (!finding.suppressed()) {
            out.append("    help: ").append(finding.rule().help()).append('\n');
        }
    }

    private static String summary(ScanReport report) {
        List<Level> levels = new ArrayList<>(List.of(Level.values()));
        Collections.reverse(levels);
        List<String> parts = new ArrayList<>();
        for (Level level : levels) {
            long kept = report.active().stream().filter(it -> it.level() == level).count();
            long count = kept + report.omitted().getOrDefault(level, 0);
            if (count > 0) {
                parts.add(count + " " + level.text());
            }
        }
        long suppressed =
                report.findings().stream().filter(Finding::suppressed).count()
                        + report.omittedSuppressed();
        if (suppressed > 0) {
            parts.add(suppressed + " suppressed");
        }
        return parts.isEmpty() ? "none" : String.join(", ", parts);
    }

    private void line(String name, String value) {
        out.append(String.format(Locale.ROOT, "  %-12s%s", name, value)).append('\n');
    }
}
