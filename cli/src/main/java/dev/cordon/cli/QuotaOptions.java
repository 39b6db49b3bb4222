package dev.cordon.cli;

import dev.cordon.error.UsageException;
import dev.cordon.quota.Quota;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** Reads {@code --fuel}, {@code --memory}, {@code --deadline} and {@code --quota}. */
final class QuotaOptions {
    private QuotaOptions() {}

    /**
     * Applies the options to what holds without them.
     *
     * @throws UsageException if one of them cannot be used
     */
    static Quota of(ParseResult options, Quota defaults) {
        Quota quota = defaults;
        if (options.hasMatchedOption("--fuel")) {
            quota = QuotaNames.fuel(quota, "--fuel", text(options, "--fuel"));
        }
        if (options.hasMatchedOption("--memory")) {
            quota = QuotaNames.memory(quota, "--memory", text(options, "--memory"));
        }
        if (options.hasMatchedOption("--deadline")) {
            quota = QuotaNames.deadline(quota, "--deadline", text(options, "--deadline"));
        }
        List<String> others = options.matchedOptionValue("--quota", List.of());
        for (String other : others) {
            quota = other(quota, other);
        }
        return quota;
    }

    private static String text(ParseResult options, String name) {
        return options.matchedOptionValue(name, "");
    }

    private static Quota other(Quota quota, String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || equals == text.length() - 1) {
            throw UsageProblem.ofOption(
                    "--quota",
                    text,
                    "it is not of the form NAME=VALUE",
                    "write it like `call-depth=1000`");
        }
        String name = text.substring(0, equals);
        return QuotaNames.other(quota, name, "--quota " + name, text.substring(equals + 1));
    }
}
