package dev.cordon;

import dev.cordon.capability.Grants;
import dev.cordon.manifest.Manifest;
import dev.cordon.quota.Quota;
import dev.cordon.scan.ScanPolicy;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** How one plugin is loaded. Immutable; every {@code with} method returns a copy. */
public final class LoadOptions {
    private static final LoadOptions DEFAULTS =
            new LoadOptions(
                    Grants.none(),
                    Quota.widest(),
                    Map.of(),
                    Map.of(),
                    null,
                    MissingGrants.REPORT,
                    null);

    private final Grants grants;
    private final Quota quota;
    private final Map<String, String> configuration;
    private final Map<String, String> environment;
    private final @Nullable Manifest manifest;
    private final MissingGrants missingGrants;
    private final @Nullable ScanPolicy scan;

    private LoadOptions(
            Grants grants,
            Quota quota,
            Map<String, String> configuration,
            Map<String, String> environment,
            @Nullable Manifest manifest,
            MissingGrants missingGrants,
            @Nullable ScanPolicy scan) {
        this.grants = grants;
        this.quota = quota;
        this.configuration = Map.copyOf(configuration);
        this.environment = Map.copyOf(environment);
        this.manifest = manifest;
        this.missingGrants = missingGrants;
        this.scan = scan;
    }

    /**
     * The start of all options: nothing granted, the engine's quota, no configuration, no
     * environment variables, the plugin's own manifest, missing grants are reported, no scan.
     *
     * @return the defaults
     */
    public static LoadOptions defaults() {
        return DEFAULTS;
    }

    /**
     * Sets what the plugin may do.
     *
     * @param next all its grants
     * @return a copy
     */
    public LoadOptions withGrants(Grants next) {
        return new LoadOptions(
                next, quota, configuration, environment, manifest, missingGrants, scan);
    }

    /**
     * Limits the plugin further than the engine does; the tighter limit wins.
     *
     * @param next limits for each call
     * @return a copy
     */
    public LoadOptions withQuota(Quota next) {
        return new LoadOptions(
                grants, next, configuration, environment, manifest, missingGrants, scan);
    }

    /**
     * Sets what the plugin reads with {@code config_get}.
     *
     * @param next values by key
     * @return a copy
     */
    public LoadOptions withConfiguration(Map<String, String> next) {
        return new LoadOptions(grants, quota, next, environment, manifest, missingGrants, scan);
    }

    /**
     * Sets environment variables, which the plugin sees only with the grant {@code env}.
     *
     * @param next values by name
     * @return a copy
     */
    public LoadOptions withEnvironment(Map<String, String> next) {
        return new LoadOptions(grants, quota, configuration, next, manifest, missingGrants, scan);
    }

    /**
     * Replaces the plugin's manifest.
     *
     * @param next what holds instead
     * @return a copy
     */
    public LoadOptions withManifest(Manifest next) {
        return new LoadOptions(
                grants, quota, configuration, environment, next, missingGrants, scan);
    }

    /**
     * Sets what becomes of a plugin that asks for more than it was granted.
     *
     * @param next report or refuse
     * @return a copy
     */
    public LoadOptions withMissingGrants(MissingGrants next) {
        return new LoadOptions(grants, quota, configuration, environment, manifest, next, scan);
    }

    /**
     * Has the plugin scanned before it is loaded, and refused if the policy does not accept it.
     *
     * @param next what to hold it against
     * @return a copy
     */
    public LoadOptions withScan(ScanPolicy next) {
        return new LoadOptions(
                grants, quota, configuration, environment, manifest, missingGrants, next);
    }

    /**
     * What the plugin may do.
     *
     * @return its grants
     */
    public Grants grants() {
        return grants;
    }

    /**
     * Limits beside the engine's.
     *
     * @return the widest quota unless set
     */
    public Quota quota() {
        return quota;
    }

    /**
     * What {@code config_get} answers.
     *
     * @return immutable values by key
     */
    public Map<String, String> configuration() {
        return configuration;
    }

    /**
     * Environment variables.
     *
     * @return immutable values by name
     */
    public Map<String, String> environment() {
        return environment;
    }

    /**
     * What replaces the plugin's manifest.
     *
     * @return empty if its own holds
     */
    public Optional<Manifest> manifest() {
        return Optional.ofNullable(manifest);
    }

    /**
     * What becomes of a plugin that asks for more than it was granted.
     *
     * @return report or refuse
     */
    public MissingGrants missingGrants() {
        return missingGrants;
    }

    /**
     * What the plugin is scanned for.
     *
     * @return empty if it is not scanned
     */
    public Optional<ScanPolicy> scan() {
        return Optional.ofNullable(scan);
    }
}
