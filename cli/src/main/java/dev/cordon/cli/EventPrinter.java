package dev.cordon.cli;

import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import java.util.Locale;

/** Shows on stderr what guests log and, if asked for, what was decided about their accesses. */
final class EventPrinter implements EngineListener {
    private final Console console;
    private final Verbosity verbosity;

    EventPrinter(Console console, Verbosity verbosity) {
        this.console = console;
        this.verbosity = verbosity;
    }

    @Override
    public void guestLog(String plugin, GuestLogLevel level, String text) {
        if (verbosity.shows(level)) {
            String name = level.name().toLowerCase(Locale.ROOT);
            console.error("[" + plugin + "] " + name + ": " + text);
        }
    }

    @Override
    public void audited(AuditRecord entry) {
        if (verbosity == Verbosity.VERBOSE) {
            console.error(line(entry));
        }
    }

    /**
     * The line, such as {@code [p] audit: denied path_open /data/x for fs:write=/data: read-only}.
     */
    private static String line(AuditRecord entry) {
        StringBuilder line =
                new StringBuilder("[")
                        .append(entry.plugin())
                        .append("] audit: ")
                        .append(entry.allowed() ? "allowed " : "denied ")
                        .append(entry.operation())
                        .append(' ')
                        .append(entry.subject())
                        .append(" for ")
                        .append(entry.capability());
        if (!entry.reason().isEmpty()) {
            line.append(": ").append(entry.reason());
        }
        if (entry.count() > 1) {
            line.append(" (").append(entry.count()).append(" times)");
        }
        return line.toString();
    }
}
