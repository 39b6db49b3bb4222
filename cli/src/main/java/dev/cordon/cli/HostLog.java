package dev.cordon.cli;

import dev.cordon.Plugin;
import dev.cordon.error.CordonException;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.CallReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.GuestLogLevel;
import dev.cordon.monitor.PluginHealth;
import java.time.Duration;
import java.time.Instant;

/** Tells on stderr what becomes of the plugins that are hosted. Thread-safe. */
final class HostLog implements EngineListener {
    private static final int SHOWN_DIGITS = 12;

    private final Console console;
    private final Verbosity verbosity;
    private final ErrorPrinter errors;
    private final EventPrinter events;

    HostLog(Console console, Verbosity verbosity) {
        this.console = console;
        this.verbosity = verbosity;
        this.errors = new ErrorPrinter(console, verbosity == Verbosity.VERBOSE);
        this.events = new EventPrinter(console, verbosity);
    }

    /** Something that nobody but the operator needs to know. */
    void note(String line) {
        if (verbosity != Verbosity.QUIET) {
            console.error(line);
        }
    }

    /** Something that the operator has to know. */
    void error(String line) {
        console.error(line);
    }

    void loaded(Plugin plugin, String file, int commands) {
        note(
                who(plugin.id())
                        + "loaded "
                        + plugin.version()
                        + " from "
                        + UsageProblem.quoted(file)
                        + ", sha256 "
                        + shortened(plugin.digest())
                        + ", commands: "
                        + commands);
        notes(plugin);
    }

    void reloaded(Plugin plugin, String oldVersion, String oldDigest) {
        note(
                who(plugin.id())
                        + "reloaded "
                        + oldVersion
                        + " -> "
                        + plugin.version()
                        + ", sha256 "
                        + shortened(oldDigest)
                        + " -> "
                        + shortened(plugin.digest()));
        notes(plugin);
    }

    private void notes(Plugin plugin) {
        if (verbosity != Verbosity.QUIET) {
            LoadNotes.of(plugin, verbosity).forEach(console::error);
        }
    }

    void closed(String plugin, String why) {
        note(who(plugin) + "closed: " + why);
    }

    /** A plugin that is not hosted, or a new version that does not replace the old one. */
    void refused(CordonException why, String consequence) {
        errors.print(why);
        console.error("  " + consequence);
    }

    void defect(Throwable defect) {
        errors.print(defect);
    }

    @Override
    public void pluginStateChanged(String plugin, PluginHealth health) {
        String crashes = health.crashesInARow() + " in a row";
        String last = health.lastCrash().map(code -> code.id() + ", ").orElse("");
        switch (health.state()) {
            case BACKING_OFF:
                long wait =
                        health.nextAttempt()
                                .map(next -> Duration.between(Instant.now(), next).toMillis())
                                .orElse(0L);
                String again = "; tried again in " + Math.max(0, wait) + " ms";
                note(who(plugin) + "crashed: " + last + crashes + again);
                break;
            case QUARANTINED:
                console.error(
                        who(plugin)
                                + "quarantined: "
                                + last
                                + crashes
                                + "; a new version or a release ends it");
                break;
            case SERVING:
                note(who(plugin) + "serves again");
                break;
            default:
                break; // TRYING ends with another state, CLOSED is told with its reason
        }
    }

    @Override
    public void callEnded(CallReport report) {
        if (verbosity == Verbosity.VERBOSE) {
            console.error(Summary.of(report));
        }
    }

    @Override
    public void guestLog(String plugin, GuestLogLevel level, String text) {
        events.guestLog(plugin, level, text);
    }

    @Override
    public void audited(AuditRecord entry) {
        events.audited(entry);
    }

    private static String who(String plugin) {
        return "[" + plugin + "] ";
    }

    private static String shortened(String digest) {
        return digest.substring(0, Math.min(SHOWN_DIGITS, digest.length()));
    }
}
