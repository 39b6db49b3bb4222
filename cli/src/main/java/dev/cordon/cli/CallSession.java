package dev.cordon.cli;

import dev.cordon.CallOptions;
import dev.cordon.Cancellation;
import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.PluginEngineBuilder;
import dev.cordon.data.DataQuota;
import dev.cordon.data.SharedData;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.monitor.CallReport;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import picocli.CommandLine.ParseResult;

/** What {@code run} and {@code call} do alike: load, call once, report whatever the outcome. */
final class CallSession {
    private final Console console;
    private final ErrorPrinter errors;
    private final Optional<Path> cache;
    private final ParseResult options;
    private final String command;
    private final long start = System.nanoTime();

    CallSession(
            Console console,
            ErrorPrinter errors,
            Optional<Path> cache,
            ParseResult options,
            String command) {
        this.console = console;
        this.errors = errors;
        this.cache = cache;
        this.options = options;
        this.command = command;
    }

    /** The one call of a session. */
    interface Action extends AutoCloseable {
        Ended call(Plugin plugin, CallOptions call);

        /** What the user should know before it begins. */
        default List<String> notes() {
            return List.of();
        }

        /** Lets go of what was prepared. */
        @Override
        default void close() {}
    }

    /** How it ended by itself: the exit status, what it used, and what goes to stdout. */
    record Ended(int status, CallReport report, byte[] result) {}

    /**
     * Runs the session.
     *
     * @param defaults the quota without options
     * @param preparation reads what the call needs, before anything is loaded
     * @return the exit status
     * @throws IOException if stdout does not take the result
     */
    int run(Quota defaults, Supplier<Action> preparation) throws IOException {
        Verbosity verbosity = Verbosity.of(options);
        ReportFile report = ReportFile.of(options, console);
        try {
            CallSettings settings = CallSettings.of(options, defaults);
            Ended ended;
            try (Action action = preparation.get()) {
                ended = call(settings, verbosity, report.wanted(), action);
            }
            int status = conclude(report, ended.report(), ended.status());
            console.out().write(ended.result());
            console.out().flush();
            return status;
        } catch (CordonException stopped) {
            return stopped(stopped, report);
        } catch (RuntimeException | Error defect) {
            errors.print(defect);
            CallReport refused = RefusalReport.of(options, command, ErrorCode.INTERNAL, start);
            return conclude(report, refused, ExitStatus.of(ErrorCode.INTERNAL));
        }
    }

    private Ended call(
            CallSettings settings, Verbosity verbosity, boolean measureCpu, Action action) {
        Cancellation cancellation = new Cancellation();
        console.whenBroken(cancellation::cancel);
        CallOptions call =
                CallOptions.defaults()
                        .withCancellation(cancellation)
                        .withMeasureCpu(measureCpu || verbosity == Verbosity.VERBOSE);
        // The folder is closed last; a process that is killed loses nothing that was answered.
        try (SharedData data = data();
                PluginEngine engine = engine(settings, verbosity, data);
                Plugin plugin = settings.read().load(engine, settings.load())) {
            if (verbosity != Verbosity.QUIET) {
                noteUnchecked(settings);
                LoadNotes.of(plugin, verbosity).forEach(console::error);
                action.notes().forEach(note -> console.error("[" + plugin.id() + "] " + note));
            }
            return action.call(plugin, call);
        }
    }

    /** Not where stderr is the report, which programs read. */
    private void noteUnchecked(CallSettings settings) {
        boolean reportOnStderr = options.matchedOptionValue("--report", "").equals("-");
        if (settings.config().trust().mode() == TrustMode.OFF
                && !reportOnStderr
                && UncheckedNotice.isDue(cache)) {
            console.error(UncheckedNotice.TEXT);
        }
    }

    private SharedData data() {
        Optional<Path> named = InputFile.path(options, "--data");
        if (named.isPresent() && named.get().toString().isEmpty()) { // it would mean this folder
            throw UsageProblem.ofOption("--data", "", "it is empty", "name a folder");
        }
        return named.map(folder -> SharedData.onDisk(folder, DataQuota.defaults()))
                .orElseGet(SharedData::inMemory);
    }

    private PluginEngine engine(CallSettings settings, Verbosity verbosity, SharedData data) {
        PluginEngineBuilder builder =
                PluginEngine.builder()
                        .engine(settings.engine())
                        .quota(settings.quota())
                        .data(data)
                        .trust(settings.config().trust())
                        .allowUnrequested(settings.config().allowUnrequested())
                        .listener(new EventPrinter(console, verbosity));
        cache.ifPresent(builder::cache);
        return builder.build();
    }

    private int stopped(CordonException stopped, ReportFile report) {
        // A guest that is stopped once its reader left, or that trips over that, did its work.
        boolean readerLeft = console.broken() && stopped.code() != ErrorCode.INTERNAL;
        if (!readerLeft) {
            errors.print(stopped);
        }
        CallReport used =
                stopped.report().orElse(null) instanceof CallReport complete
                        ? complete
                        : RefusalReport.of(options, command, stopped, start);
        int status = readerLeft ? ExitStatus.SUCCESS : ExitStatus.of(stopped.code());
        return conclude(report, used, status);
    }

    /**
     * A report that cannot be written fails a call that went well and leaves others as they are.
     */
    private int conclude(ReportFile file, CallReport report, int status) {
        if (options.hasMatchedOption("--verbose")) {
            console.error(Summary.of(report));
        }
        try {
            file.write(report);
            return status;
        } catch (UsageException unwritable) {
            errors.print(unwritable);
            return status == ExitStatus.SUCCESS ? ExitStatus.of(unwritable.code()) : status;
        }
    }
}
