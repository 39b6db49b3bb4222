package dev.cordon.cli;

import dev.cordon.error.UsageException;
import dev.cordon.monitor.CallReport;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Where the report of a call goes. */
final class ReportFile {
    private static final String STDERR = "-";

    private final Console console;
    private final Optional<Path> file;
    private final boolean wanted;

    private ReportFile(Console console, Optional<Path> file, boolean wanted) {
        this.console = console;
        this.file = file;
        this.wanted = wanted;
    }

    /**
     * Reads {@code --report}, and looks whether the file can be written before the call costs
     * anything.
     *
     * @throws UsageException if it cannot
     */
    static ReportFile of(ParseResult options, Console console) {
        String text = options.matchedOptionValue("--report", "");
        if (!options.hasMatchedOption("--report") || text.equals(STDERR)) {
            boolean wanted = options.hasMatchedOption("--report");
            return new ReportFile(console, Optional.empty(), wanted);
        }
        Path path = path(text);
        Path directory = path.toAbsolutePath().getParent();
        if (Files.isDirectory(path)) {
            throw unusable(text, "it is a directory");
        }
        if (directory == null || !Files.isDirectory(directory)) {
            throw unusable(text, "its directory does not exist");
        }
        if (!Files.isWritable(Files.exists(path) ? path : directory)) {
            throw unusable(text, "it may not be written by this process");
        }
        return new ReportFile(console, Optional.of(path), true);
    }

    /** Whether anybody asked for a report. */
    boolean wanted() {
        return wanted;
    }

    /**
     * Writes a report as one JSON object on one line.
     *
     * @throws UsageException if it cannot be written
     */
    void write(CallReport report) {
        if (!wanted) {
            return;
        }
        if (file.isEmpty()) {
            console.error(ReportJson.text(report));
            return;
        }
        try (OutputStream out = Files.newOutputStream(file.get())) {
            out.write((ReportJson.text(report) + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException broken) {
            throw unusable(file.get().toString(), String.valueOf(broken.getMessage()));
        }
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException unusable) {
            throw unusable(text, "it is not a path");
        }
    }

    private static UsageException unusable(String text, String why) {
        return UsageProblem.of(
                "cannot write the report to " + UsageProblem.quoted(text) + ": " + why,
                "name a file in a directory that exists, or `-` for stderr");
    }
}
