package dev.cordon;

import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.extism.ExtismFunction;
import dev.cordon.extism.ExtismManifest;
import dev.cordon.guest.ExtismTerms;
import dev.cordon.manifest.Manifest;
import dev.cordon.quota.Quota;
import dev.cordon.scan.ScanPolicy;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/** How one plugin is loaded. Immutable; every {@code with} method returns a copy. */
public final class LoadOptions {
    private static final LoadOptions DEFAULTS = new LoadOptions(new Parts());

    private final Parts parts;

    private LoadOptions(Parts parts) {
        this.parts = parts;
    }

    /** What there is to say; changed only before it is shared. */
    private static final class Parts {
        private Grants grants = Grants.none();
        private Map<String, DirectoryRules> directoryRules = Map.of();
        private List<Scratch> scratch = List.of();
        private Quota quota = Quota.widest();
        private Map<String, String> configuration = Map.of();
        private Map<String, String> environment = Map.of();
        private @Nullable Manifest manifest;
        private MissingGrants missingGrants = MissingGrants.REPORT;
        private @Nullable ScanPolicy scan;
        private ExtismTerms extism = ExtismTerms.defaults();
        private CrashPolicy crashPolicy = CrashPolicy.none();
        private @Nullable LoadOptions base;
        private @Nullable SSLContext tls;
        private boolean durableEvents;

        Parts() {}

        Parts(Parts other) {
            grants = other.grants;
            directoryRules = other.directoryRules;
            scratch = other.scratch;
            quota = other.quota;
            configuration = other.configuration;
            environment = other.environment;
            manifest = other.manifest;
            missingGrants = other.missingGrants;
            scan = other.scan;
            extism = other.extism;
            crashPolicy = other.crashPolicy;
            base = other.base;
            tls = other.tls;
            durableEvents = other.durableEvents;
        }
    }

    /**
     * The start of all options: nothing granted, no scratch directory, the engine's quota, no
     * configuration, no environment, the plugin's own manifest, missing grants reported, no scan.
     *
     * @return the defaults
     */
    public static LoadOptions defaults() {
        return DEFAULTS;
    }

    private LoadOptions with(Consumer<Parts> change) {
        Parts copy = new Parts(parts);
        change.accept(copy);
        return new LoadOptions(copy);
    }

    /**
     * Sets what the plugin may do.
     *
     * @param next all its grants
     * @return a copy
     */
    public LoadOptions withGrants(Grants next) {
        return with(copy -> copy.grants = next);
    }

    /**
     * Sets which paths inside granted directories the plugin may use; all of them unless set.
     *
     * @param next rules by the guest name of a granted directory
     * @return a copy
     */
    public LoadOptions withDirectoryRules(Map<String, DirectoryRules> next) {
        return with(copy -> copy.directoryRules = Map.copyOf(next));
    }

    /**
     * Gives the plugin directories in memory.
     *
     * @param next all of them
     * @return a copy
     */
    public LoadOptions withScratch(List<Scratch> next) {
        return with(copy -> copy.scratch = List.copyOf(next));
    }

    /**
     * Limits the plugin further than the engine does; the tighter limit wins.
     *
     * @param next limits for each call, and for all calls together of disk and network
     * @return a copy
     */
    public LoadOptions withQuota(Quota next) {
        return with(copy -> copy.quota = next);
    }

    /**
     * Sets what the plugin reads with {@code config_get}.
     *
     * @param next values by key
     * @return a copy
     */
    public LoadOptions withConfiguration(Map<String, String> next) {
        return with(copy -> copy.configuration = Map.copyOf(next));
    }

    /**
     * Sets environment variables, which the plugin sees only with the grant {@code env}.
     *
     * @param next values by name, in the order that the guest sees
     * @return a copy
     */
    public LoadOptions withEnvironment(Map<String, String> next) {
        return with(
                copy -> copy.environment = Collections.unmodifiableMap(new LinkedHashMap<>(next)));
    }

    /**
     * Replaces the plugin's manifest.
     *
     * @param next what holds instead
     * @return a copy
     */
    public LoadOptions withManifest(Manifest next) {
        return with(copy -> copy.manifest = next);
    }

    /**
     * Sets what becomes of a plugin that asks for more than it was granted.
     *
     * @param next report or refuse
     * @return a copy
     */
    public LoadOptions withMissingGrants(MissingGrants next) {
        return with(copy -> copy.missingGrants = next);
    }

    /**
     * Has the plugin scanned before it is loaded, and refused if the policy does not accept it.
     *
     * @param next what to hold it against
     * @return a copy
     */
    public LoadOptions withScan(ScanPolicy next) {
        return with(copy -> copy.scan = next);
    }

    /**
     * Sets what becomes of the plugin when it crashes; nothing unless set.
     *
     * @param next the policy
     * @return a copy
     */
    public LoadOptions withCrashPolicy(CrashPolicy next) {
        return with(copy -> copy.crashPolicy = next);
    }

    /**
     * Offers an Extism plugin functions of the application, which is a grant of itself.
     *
     * @param next all of them
     * @return a copy
     */
    public LoadOptions withExtismFunctions(ExtismFunction... next) {
        return with(copy -> copy.extism = copy.extism.withFunctions(List.of(next)));
    }

    /**
     * Sets whom the plugin's requests over HTTPS believe, instead of the JVM's own trust. Host
     * names are checked in any case.
     *
     * @param next initialised with the authorities to trust
     * @return a copy
     */
    public LoadOptions withTls(SSLContext next) {
        return with(copy -> copy.tls = next);
    }

    /**
     * Keeps the events of the plugin's subscriptions under its id when it is closed, for the next
     * plugin of this id that is loaded with this option. An event that it fails at is offered up to
     * 5 times.
     *
     * @return a copy
     */
    public LoadOptions withDurableEvents() {
        return with(copy -> copy.durableEvents = true);
    }

    /** Everything that an Extism manifest says; of what both say, the tighter or these options. */
    LoadOptions withExtismManifest(ExtismManifest next) {
        Map<String, String> merged = new LinkedHashMap<>(next.configuration());
        merged.putAll(configuration());
        Grants all = grants();
        for (Grant grant : next.grants()) {
            all = all.with(grant);
        }
        Grants granted = all;
        return with(
                copy -> {
                    copy.base = this;
                    copy.grants = granted;
                    copy.configuration = Map.copyOf(merged);
                    copy.quota = copy.quota.tighter(next.quota());
                    copy.extism =
                            copy.extism
                                    .withBytes(next.variableBytes(), next.responseBytes())
                                    .withLinked(next.linked());
                });
    }

    /** The same without what an Extism manifest added. */
    LoadOptions base() {
        return parts.base == null ? this : parts.base;
    }

    /** The same on top of another base. */
    LoadOptions withBase(LoadOptions next) {
        return with(copy -> copy.base = next);
    }

    /**
     * What the plugin may do.
     *
     * @return its grants
     */
    public Grants grants() {
        return parts.grants;
    }

    /**
     * Which paths inside granted directories it may use.
     *
     * @return immutable rules by guest name
     */
    public Map<String, DirectoryRules> directoryRules() {
        return parts.directoryRules;
    }

    /**
     * Its directories in memory.
     *
     * @return an immutable list
     */
    public List<Scratch> scratch() {
        return parts.scratch;
    }

    /**
     * Limits beside the engine's.
     *
     * @return the widest quota unless set
     */
    public Quota quota() {
        return parts.quota;
    }

    /**
     * What {@code config_get} answers.
     *
     * @return immutable values by key
     */
    public Map<String, String> configuration() {
        return parts.configuration;
    }

    /**
     * Environment variables.
     *
     * @return immutable values by name
     */
    public Map<String, String> environment() {
        return parts.environment;
    }

    /**
     * What replaces the plugin's manifest.
     *
     * @return empty if its own holds
     */
    public Optional<Manifest> manifest() {
        return Optional.ofNullable(parts.manifest);
    }

    /**
     * What becomes of a plugin that asks for more than it was granted.
     *
     * @return report or refuse
     */
    public MissingGrants missingGrants() {
        return parts.missingGrants;
    }

    /**
     * What becomes of it when it crashes.
     *
     * @return the policy
     */
    public CrashPolicy crashPolicy() {
        return parts.crashPolicy;
    }

    /** Whom requests over HTTPS believe; null for the JVM's own trust. */
    @Nullable SSLContext tls() {
        return parts.tls;
    }

    /**
     * Whether events wait for the plugin when it is closed.
     *
     * @return false unless set
     */
    public boolean durableEvents() {
        return parts.durableEvents;
    }

    /** What an Extism plugin is offered beside. */
    ExtismTerms extism() {
        return parts.extism;
    }

    /**
     * What the plugin is scanned for.
     *
     * @return empty if it is not scanned
     */
    public Optional<ScanPolicy> scan() {
        return Optional.ofNullable(parts.scan);
    }
}
