package dev.cordon.cli;

import dev.cordon.LoadOptions;
import dev.cordon.MissingGrants;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.quota.Quota;
import dev.cordon.scan.ScanPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a policy file says about one plugin, or about all; empty where it says nothing. Two entries
 * that say the same are equal, which tells whether a plugin has to be loaded anew.
 *
 * @param grants what it may do
 * @param deny guest paths that are kept from it
 * @param quota limits as written, by name
 * @param config what {@code config_get} answers
 * @param environment its variables
 * @param scratch its directories in memory
 * @param scan whether it is scanned before it is loaded
 * @param missingGrants what becomes of it if it asks for more than it gets
 * @param crashes what becomes of it when it crashes
 * @param commands what it is registered for
 * @param durableEvents whether events wait for it while it is not there
 */
record PluginEntry(
        Optional<Grants> grants,
        Optional<List<String>> deny,
        Map<String, String> quota,
        Optional<Map<String, String>> config,
        Optional<Map<String, String>> environment,
        Optional<List<Scratch>> scratch,
        Optional<Boolean> scan,
        Optional<MissingGrants> missingGrants,
        Optional<CrashEntry> crashes,
        Optional<CommandNames> commands,
        Optional<Boolean> durableEvents) {
    /** What {@code serve} grants where a file says nothing; neither leads out of the sandbox. */
    static final Grants UNLESS_GIVEN = Grants.of("random", "sys:memory");

    static final PluginEntry NONE =
            new PluginEntry(
                    Optional.empty(),
                    Optional.empty(),
                    Map.of(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty(),
                    Optional.empty());

    private static final Set<String> FIELDS =
            Set.of(
                    "grants",
                    "deny",
                    "quota",
                    "config",
                    "environment",
                    "scratch",
                    "scan",
                    "missingGrants",
                    "crashPolicy",
                    "commands",
                    "durableEvents");

    /** Reads an entry. */
    static PluginEntry of(ConfigFields entry) {
        ConfigFields fields = entry.only(FIELDS);
        return new PluginEntry(
                fields.texts("grants")
                        .map(texts -> fields.naming("grants", () -> grants(fields, texts))),
                fields.texts("deny"),
                quota(fields),
                fields.textMap("config"),
                fields.textMap("environment"),
                fields.texts("scratch")
                        .map(texts -> fields.naming("scratch", () -> scratch(fields, texts))),
                fields.flag("scan"),
                fields.text("missingGrants").map(text -> missingGrants(fields, text)),
                CrashEntry.of(fields, "crashPolicy"),
                CommandNames.of(fields, "commands"),
                fields.flag("durableEvents"));
    }

    private static Grants grants(ConfigFields fields, List<String> texts) {
        Grants grants = Grants.none();
        for (String text : texts) {
            Grant grant = Grant.parse(text);
            if (grant instanceof Grant.Directory directory) {
                grant =
                        new Grant.Directory(
                                directory.kind(),
                                fields.beside(directory.host()),
                                directory.guest(),
                                directory.scope());
            }
            grants = grants.with(grant);
        }
        return grants;
    }

    private static List<Scratch> scratch(ConfigFields fields, List<String> texts) {
        return texts.stream()
                .map(text -> DirectoryOptions.scratch("scratch", text))
                .map(it -> new Scratch(it.guest(), it.source().map(fields::beside)))
                .toList();
    }

    /** Limits that can be used, as they are written. */
    static Map<String, String> quota(ConfigFields fields) {
        Map<String, String> quota = fields.quantities("quota").orElse(Map.of());
        fields.naming("quota", () -> QuotaNames.set(Quota.widest(), quota));
        return quota;
    }

    private static MissingGrants missingGrants(ConfigFields fields, String text) {
        switch (text) {
            case "report":
                return MissingGrants.REPORT;
            case "refuse":
                return MissingGrants.REFUSE;
            default:
                throw fields.unusable(
                        "`" + fields.at("missingGrants") + "` is neither `report` nor `refuse`");
        }
    }

    /** This entry, and where it says nothing the other one. */
    PluginEntry over(PluginEntry other) {
        return new PluginEntry(
                grants.or(other::grants),
                deny.or(other::deny),
                quota.isEmpty() ? other.quota : quota,
                config.or(other::config),
                environment.or(other::environment),
                scratch.or(other::scratch),
                scan.or(other::scan),
                missingGrants.or(other::missingGrants),
                crashes.or(other::crashes),
                commands.or(other::commands),
                durableEvents.or(other::durableEvents));
    }

    /**
     * The options to load with.
     *
     * @param unlessGiven the grants of an entry that names none
     */
    LoadOptions options(Grants unlessGiven) {
        Grants granted = grants.orElse(unlessGiven);
        LoadOptions options =
                LoadOptions.defaults()
                        .withGrants(granted)
                        .withDirectoryRules(
                                DirectoryOptions.rules("deny", deny.orElse(List.of()), granted))
                        .withScratch(scratch.orElse(List.of()))
                        .withQuota(QuotaNames.set(Quota.widest(), quota))
                        .withConfiguration(config.orElse(Map.of()))
                        .withEnvironment(environment.orElse(Map.of()))
                        .withMissingGrants(missingGrants.orElse(MissingGrants.REPORT));
        options = scan.orElse(false) ? options.withScan(ScanPolicy.defaults()) : options;
        options = durableEvents.orElse(false) ? options.withDurableEvents() : options;
        return crashes.isPresent() ? options.withCrashPolicy(crashes.get().policy()) : options;
    }

    /** What it is registered for; all of its commands under their own names unless given. */
    CommandNames names() {
        return commands.orElse(CommandNames.OWN);
    }
}
