package dev.cordon.cli;

import dev.cordon.CrashPolicy;
import dev.cordon.quota.Quantities;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy file says about crashes.
 *
 * @param reloads whether calls are refused for a while after a crash
 * @param first how long after the first
 * @param most how long after many
 * @param quarantineAfter after how many crashes the plugin is not called any more; 0 for never
 * @param within in what time they count; else those in a row
 */
record CrashEntry(
        boolean reloads,
        Duration first,
        Duration most,
        int quarantineAfter,
        Optional<Duration> within) {
    private static final Duration FIRST = Duration.ofSeconds(1);
    private static final Duration MOST = Duration.ofMinutes(1);
    private static final int MAX_CRASHES = 1_000;
    private static final Set<String> FIELDS =
            Set.of("policy", "first", "most", "quarantineAfter", "within");

    /** Reads {@code none}, {@code reload} or {@code closed}, or an object with details. */
    static Optional<CrashEntry> of(ConfigFields fields, String field) {
        if (!fields.has(field)) {
            return Optional.empty();
        }
        if (fields.isText(field)) {
            return fields.text(field).map(name -> named(fields, field, name));
        }
        return fields.object(field).map(entry -> detailed(entry.only(FIELDS)));
    }

    private static CrashEntry named(ConfigFields fields, String field, String name) {
        int quarantine = name.equals("closed") ? 1 : 0;
        if (!Set.of("none", "reload", "closed").contains(name)) {
            throw fields.unusable(
                    "`" + fields.at(field) + "` is neither `none`, `reload` nor `closed`");
        }
        return new CrashEntry(name.equals("reload"), FIRST, MOST, quarantine, Optional.empty());
    }

    private static CrashEntry detailed(ConfigFields fields) {
        CrashEntry base = named(fields, "policy", fields.text("policy").orElse("reload"));
        CrashEntry entry =
                new CrashEntry(
                        base.reloads,
                        duration(fields, "first").orElse(FIRST),
                        duration(fields, "most").orElse(MOST),
                        fields.number("quarantineAfter", 1, MAX_CRASHES)
                                .orElse(base.quarantineAfter),
                        duration(fields, "within"));
        fields.naming("policy", entry::policy);
        return entry;
    }

    private static Optional<Duration> duration(ConfigFields fields, String field) {
        return fields.text(field)
                .map(text -> fields.naming(field, () -> Quantities.duration(text)));
    }

    /** The policy that it describes. */
    CrashPolicy policy() {
        CrashPolicy policy =
                reloads ? CrashPolicy.reload().withBackoff(first, most) : CrashPolicy.none();
        if (quarantineAfter == 0) {
            return policy;
        }
        return within.isPresent()
                ? policy.withQuarantineAfter(quarantineAfter, within.get())
                : policy.withQuarantineAfter(quarantineAfter);
    }
}
