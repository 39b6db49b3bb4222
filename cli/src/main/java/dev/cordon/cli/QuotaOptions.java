package dev.cordon.cli;

import dev.cordon.error.UsageException;
import dev.cordon.quota.Quantities;
import dev.cordon.quota.Quota;
import dev.cordon.quota.ResourceQuota;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.ParseResult;

/** Reads {@code --fuel}, {@code --memory}, {@code --deadline} and {@code --quota}. */
final class QuotaOptions {
    private static final String UNLIMITED = "unlimited";
    private static final String NONE = "none";

    private static final String NAMES =
            "disk, files, open-files, disk-rate, net-rate, connections, processes, cpu, log-rate, output,"
                    + " table-elements and call-depth";

    private QuotaOptions() {}

    /**
     * Applies the options to what holds without them.
     *
     * @throws UsageException if one of them cannot be used
     */
    static Quota of(ParseResult options, Quota defaults) {
        Quota quota = defaults;
        if (options.hasMatchedOption("--fuel")) {
            quota = quota.withFuelPerCall(fuel(options.matchedOptionValue("--fuel", "")));
        }
        if (options.hasMatchedOption("--memory")) {
            String text = options.matchedOptionValue("--memory", "");
            quota = quota.withMemoryBytes(bytes("--memory", text, Quota.MAX_MEMORY_BYTES));
        }
        if (options.hasMatchedOption("--deadline")) {
            quota = deadline(quota, options.matchedOptionValue("--deadline", ""));
        }
        List<String> others = options.matchedOptionValue("--quota", List.of());
        for (String other : others) {
            quota = other(quota, other);
        }
        return quota;
    }

    private static long fuel(String text) {
        if (text.equals(UNLIMITED)) {
            return Quota.UNLIMITED;
        }
        return number("--fuel", text, 1, Quota.UNLIMITED, ", or `unlimited`");
    }

    private static Quota deadline(Quota quota, String text) {
        if (text.equals(NONE)) {
            return quota.withoutDeadline();
        }
        Duration deadline = naming("--deadline", () -> Quantities.duration(text));
        if (deadline.isZero()) {
            throw UsageProblem.ofOption(
                    "--deadline", text, "it is over at once", "give at least `1ms`, or `none`");
        }
        return quota.withDeadline(deadline);
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
        String value = text.substring(equals + 1);
        String option = "--quota " + name;
        switch (name) {
            case "table-elements":
                return quota.withTableElements(
                        (int) number(option, value, 0, Quota.MAX_TABLE_ELEMENTS, ""));
            case "call-depth":
                return quota.withCallDepth(
                        (int) number(option, value, 1, Quota.MAX_CALL_DEPTH, ""));
            case "output":
                return quota.withOutputBytes((int) bytes(option, value, Quota.MAX_OUTPUT_BYTES));
            case "log-rate":
                return quota.withLogLines((int) number(option, value, 0, Integer.MAX_VALUE, ""));
            default:
                return quota.withResources(resource(quota.resources(), name, option, value));
        }
    }

    private static ResourceQuota resource(
            ResourceQuota resources, String name, String option, String value) {
        switch (name) {
            case "disk":
                return resources.withDiskBytes(bytes(option, value, Quota.UNLIMITED));
            case "files":
                return resources.withFiles(number(option, value, 0, Quota.UNLIMITED, ""));
            case "open-files":
                return resources.withOpenFiles(
                        (int) number(option, value, 0, ResourceQuota.MAX_OPEN_FILES, ""));
            case "connections":
                return resources.withConnections(
                        (int) number(option, value, 0, ResourceQuota.MAX_CONNECTIONS, ""));
            case "processes":
                return resources.withProcesses(
                        (int) number(option, value, 0, ResourceQuota.MAX_PROCESSES, ""));
            case "disk-rate":
                return resources.withDiskRate(rate(option, value));
            case "net-rate":
                return resources.withNetRate(rate(option, value));
            case "cpu":
                return resources.withCpuPercent(
                        (int) number(option, value, 1, ResourceQuota.ALL_CORES, ""));
            default:
                throw unknown(name);
        }
    }

    private static UsageException unknown(String name) {
        return UsageProblem.of(
                "there is no quota " + UsageProblem.quoted(name), "the quotas are " + NAMES);
    }

    /** Bytes in a second; a rate of nothing would let every use wait for ever. */
    private static long rate(String option, String text) {
        long rate = bytes(option, text, Quota.UNLIMITED);
        if (rate == 0) {
            throw UsageProblem.ofOption(
                    option, text, "nothing would get through", "give at least 1 byte in a second");
        }
        return rate;
    }

    private static long bytes(String option, String text, long most) {
        long bytes = naming(option, () -> Quantities.bytes(text));
        if (bytes > most) {
            throw UsageProblem.ofOption(
                    option, text, "it is too large", "give at most " + most + " bytes");
        }
        return bytes;
    }

    private static long number(String option, String text, long least, long most, String or) {
        String range = most == Quota.UNLIMITED ? "of at least " + least : least + " to " + most;
        String help = "write a whole number " + range + or;
        if (!text.matches("[0-9]+")) {
            throw UsageProblem.ofOption(option, text, "it is not a whole number", help);
        }
        long number;
        try {
            number = Long.parseLong(text);
        } catch (NumberFormatException tooLarge) {
            throw UsageProblem.ofOption(option, text, "it is too large", help);
        }
        if (number < least || number > most) {
            throw UsageProblem.ofOption(option, text, "it is out of range", help);
        }
        return number;
    }

    /** Has the errors of a value name the option that it was given to. */
    private static <T> T naming(String option, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UsageException unusable) {
            throw UsageProblem.ofOption(option, unusable);
        }
    }
}
