package dev.cordon.cli;

import dev.cordon.manifest.PluginKind;
import dev.cordon.quota.Quota;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The words that both forms of a plugin's facts share. */
final class FactsWords {
    private FactsWords() {}

    /** A kind of plugin, such as {@code wasi-command}. */
    static String kind(PluginKind kind) {
        return kind.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The limits that a quota sets, each as name and number. */
    static List<String> quota(Quota quota) {
        List<String> words = new ArrayList<>();
        limits(quota).forEach((name, limit) -> words.add(name + " " + limit));
        return words;
    }

    /** The limits that a quota sets; those left at their widest are not among them. */
    static Map<String, Long> limits(Quota quota) {
        Quota widest = Quota.widest();
        Map<String, Long> limits = new LinkedHashMap<>();
        put(limits, "fuelPerCall", quota.fuelPerCall(), widest.fuelPerCall());
        put(limits, "memoryBytes", quota.memoryBytes(), widest.memoryBytes());
        put(limits, "deadlineNanos", quota.deadlineNanos(), widest.deadlineNanos());
        put(limits, "tableElements", quota.tableElements(), widest.tableElements());
        put(limits, "callDepth", quota.callDepth(), widest.callDepth());
        put(limits, "outputBytes", quota.outputBytes(), widest.outputBytes());
        put(limits, "logLines", quota.logLines(), widest.logLines());
        put(limits, "logBytes", quota.logBytes(), widest.logBytes());
        return limits;
    }

    private static void put(Map<String, Long> limits, String name, long limit, long widest) {
        if (limit != widest) {
            limits.put(name, limit);
        }
    }
}
