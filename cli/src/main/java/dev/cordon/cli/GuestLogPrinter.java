package dev.cordon.cli;

import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import java.util.Locale;

/** Shows on stderr what guests log. */
final class GuestLogPrinter implements EngineListener {
    private final Console console;
    private final Verbosity verbosity;

    GuestLogPrinter(Console console, Verbosity verbosity) {
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
}
