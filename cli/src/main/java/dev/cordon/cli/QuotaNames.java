package dev.cordon.cli;

import dev.cordon.error.UsageException;
import dev.cordon.quota.Quantities;
import dev.cordon.quota.Quota;
import dev.cordon.quota.ResourceQuota;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/** The limits by the names that {@code --quota} and the host's policy file have for them. */
final class QuotaNames {
    static final String FUEL = "fuel";
    static final String MEMORY = "memory";
    static final String DEADLINE = "deadline";

    private static final String UNLIMITED = "unlimited";
    private static final String NONE = "none";

    private static final String OTHERS =
            "disk, files, open-files, disk-rate, net-rate, connections, processes, cpu, log-rate, output,"
                    + " table-elements and call-depth";

    private static final String OF_A_FILE =
            "fuel, memory, deadline, instances, waiting-calls, " + OTHERS;

    private QuotaNames() {}

    /**
     * Sets what a policy file sets.
     *
     * @param values as written, by name
     * @throws UsageException if one of them cannot be used
     */
    static Quota set(Quota quota, Map<String, String> values) {
        Quota next = quota;
        for (Map.Entry<String, String> value : values.entrySet()) {
            next = ofFile(next, value.getKey(), value.getValue());
        }
        return next;
    }

    private static Quota ofFile(Quota quota, String name, String value) {
        switch (name) {
            case FUEL:
                return fuel(quota, name, value);
            case MEMORY:
                return memory(quota, name, value);
            case DEADLINE:
                return deadline(quota, name, value);
            case "instances":
                return quota.withInstances((int) number(name, value, 1, Quota.MAX_INSTANCES, ""));
            case "waiting-calls":
                return quota.withWaitingCalls((int) number(name, value, 0, Integer.MAX_VALUE, ""));
            default:
                return other(quota, name, name, value, OF_A_FILE);
        }
    }

    static Quota fuel(Quota quota, String option, String text) {
        return quota.withFuelPerCall(
                text.equals(UNLIMITED)
                        ? Quota.UNLIMITED
                        : number(option, text, 1, Quota.UNLIMITED, ", or `unlimited`"));
    }

    static Quota memory(Quota quota, String option, String text) {
        return quota.withMemoryBytes(bytes(option, text, Quota.MAX_MEMORY_BYTES));
    }

    static Quota deadline(Quota quota, String option, String text) {
        if (text.equals(NONE)) {
            return quota.withoutDeadline();
        }
        Duration deadline = naming(option, () -> Quantities.duration(text));
        if (deadline.isZero()) {
            throw UsageProblem.ofOption(
                    option, text, "it is over at once", "give at least `1ms`, or `none`");
        }
        return quota.withDeadline(deadline);
    }

    /** Sets what {@code --quota} sets; messages call it {@code option}. */
    static Quota other(Quota quota, String name, String option, String value) {
        return other(quota, name, option, value, OTHERS);
    }

    private static Quota other(
            Quota quota, String name, String option, String value, String known) {
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
                ResourceQuota resources = quota.resources();
                return quota.withResources(resource(resources, name, option, value, known));
        }
    }

    private static ResourceQuota resource(
            ResourceQuota resources, String name, String option, String value, String known) {
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
                throw UsageProblem.of(
                        "there is no quota " + UsageProblem.quoted(name),
                        "the quotas are " + known);
        }
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
    static <T> T naming(String option, Supplier<T> reading) {
        try {
            return reading.get();
        } catch (UsageException unusable) {
            throw UsageProblem.ofOption(option, unusable);
        }
    }
}
