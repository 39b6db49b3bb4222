package dev.cordon.cli;

import dev.cordon.monitor.CallReport;
import dev.cordon.quota.Quota;
import java.util.Locale;

/** One line about what a call used. */
final class Summary {
    private static final double NANOS_PER_MILLI = 1e6;

    private Summary() {}

    /** The line, such as {@code [echo] ok: fuel 120 of 1000, memory 64 KiB, 1.5 ms}. */
    static String of(CallReport report) {
        String most = report.fuelLimit() == Quota.UNLIMITED ? "unlimited" : "" + report.fuelLimit();
        return String.format(
                Locale.ROOT,
                "[%s] %s: fuel %d of %s, memory %d KiB, %.1f ms, compiled in %.1f ms%s",
                report.plugin(),
                report.outcome(),
                report.fuelUsed(),
                most,
                report.memoryPeakBytes() >> 10,
                report.wallNanos() / NANOS_PER_MILLI,
                report.compileNanos() / NANOS_PER_MILLI,
                report.compileCached() ? " (cached)" : "");
    }
}
