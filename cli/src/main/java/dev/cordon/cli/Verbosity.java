package dev.cordon.cli;

import dev.cordon.monitor.GuestLogLevel;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** How much goes to stderr. */
enum Verbosity {
    /** Errors only. */
    QUIET(Optional.empty()),
    /** Also what guests log from level info on. */
    NORMAL(Optional.of(GuestLogLevel.INFO)),
    /**
     * Also all log lines, decisions about accesses, what each call used, and stack traces of Java.
     */
    VERBOSE(Optional.of(GuestLogLevel.TRACE));

    private final Optional<GuestLogLevel> least;

    Verbosity(Optional<GuestLogLevel> least) {
        this.least = least;
    }

    /** Reads {@code --quiet} and {@code --verbose}. */
    static Verbosity of(ParseResult options) {
        boolean quiet = options.hasMatchedOption("--quiet");
        boolean verbose = options.hasMatchedOption("--verbose");
        if (quiet && verbose) {
            throw UsageProblem.of(
                    "`--quiet` and `--verbose` exclude each other", "give one of them");
        }
        return quiet ? QUIET : verbose ? VERBOSE : NORMAL;
    }

    /** Whether a guest's log line of this level is shown. */
    boolean shows(GuestLogLevel level) {
        return least.isPresent() && level.compareTo(least.get()) >= 0;
    }
}
