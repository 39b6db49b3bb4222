package dev.cordon.cli;

import dev.cordon.PluginEngine;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.scan.Level;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import dev.cordon.scan.SuppressionReader;
import dev.cordon.scan.Suppressions;
import dev.cordon.scan.advisory.AdvisoryDatabase;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import picocli.CommandLine.ParseResult;

/** {@code cordon scan}. */
final class ScanCommand {
    private static final String FORMAT = "--format";
    private static final String FAIL_ON = "--fail-on";
    private static final String SUPPRESS = "--suppress";
    private static final String ADVISORIES = "--advisories";

    private final Console console;

    ScanCommand(Console console) {
        this.console = console;
    }

    int run(ParseResult options) throws IOException {
        ScanFormat format = format(options);
        ScanPolicy policy = policy(options);
        Path plugin = CallTarget.of(options).file();
        ScanReport report = scan(plugin, policy);
        console.print(format.text(report, policy, plugin));
        if (report.reaches(policy.failOn())) {
            throw failed(report, policy.failOn());
        }
        return ExitStatus.SUCCESS;
    }

    private static InvalidModuleException failed(ScanReport report, Level threshold) {
        int count = report.count(threshold);
        return new InvalidModuleException(
                ErrorCode.SCAN_FAILED,
                report.name(),
                "the scan has "
                        + count
                        + (count == 1 ? " finding" : " findings")
                        + " of the level `"
                        + threshold.text()
                        + "` or above",
                "mend what was found, or explain it with `--suppress`");
    }

    private static ScanReport scan(Path plugin, ScanPolicy policy) {
        try (PluginEngine engine = PluginEngine.builder().build()) {
            return engine.scan(plugin, policy);
        }
    }

    private static ScanFormat format(ParseResult options) {
        String text = options.matchedOptionValue(FORMAT, "text");
        return ScanFormat.of(text)
                .orElseThrow(
                        () ->
                                UsageProblem.ofOption(
                                        FORMAT,
                                        text,
                                        "there is no such format",
                                        "the formats are `text`, `json` and `sarif`"));
    }

    private static ScanPolicy policy(ParseResult options) throws IOException {
        String level = options.matchedOptionValue(FAIL_ON, Level.HIGH.text());
        ScanPolicy policy =
                ScanPolicy.defaults()
                        .withFailOn(Level.of(level).orElseThrow(() -> noLevel(level)))
                        .withRequiredSbom(options.hasMatchedOption("--require-sbom"));
        if (options.hasMatchedOption(ADVISORIES)) {
            policy = policy.withAdvisories(AdvisoryDatabase.open(path(options, ADVISORIES)));
        }
        if (options.hasMatchedOption(SUPPRESS)) {
            policy = policy.withSuppressions(suppressions(path(options, SUPPRESS)));
        }
        return policy;
    }

    private static RuntimeException noLevel(String text) {
        String levels =
                Arrays.stream(Level.values())
                        .map(level -> "`" + level.text() + "`")
                        .collect(Collectors.joining(", "));
        return UsageProblem.ofOption(
                FAIL_ON, text, "there is no such level", "the levels are " + levels);
    }

    private static Path path(ParseResult options, String option) {
        String text = options.matchedOptionValue(option, "");
        try {
            return Path.of(text);
        } catch (InvalidPathException unusable) {
            throw UsageProblem.ofOption(option, text, "it is not a path", "name a file or folder");
        }
    }

    private static Suppressions suppressions(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Suppressions.parse(in.readNBytes(SuppressionReader.MAX_BYTES + 1));
        } catch (NoSuchFileException missing) {
            throw unreadable(file, "it does not exist");
        } catch (IOException broken) {
            throw unreadable(file, "it cannot be read: " + broken.getMessage());
        }
    }

    private static RuntimeException unreadable(Path file, String why) {
        return UsageProblem.ofOption(
                SUPPRESS, file.toString(), why, "name a file that this process may read");
    }
}
