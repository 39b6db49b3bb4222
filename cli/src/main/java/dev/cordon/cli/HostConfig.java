package dev.cordon.cli;

import dev.cordon.trust.TrustMode;
import dev.cordon.trust.TrustPolicy;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a host's policy file says.
 *
 * @param trust whose plugins are loaded; off if the file does not say
 * @param allowUnrequested whether a plugin may use grants that its manifest does not ask for
 * @param engine what {@code serve} makes its engine with
 * @param plugins where {@code serve} finds plugins, and what holds for each
 * @param fixed what a running engine was made with, as written, to see that it was changed
 */
record HostConfig(
        TrustPolicy trust,
        boolean allowUnrequested,
        EngineSection engine,
        PluginsSection plugins,
        String fixed) {
    /** What holds without a file: signatures are not required of local files. */
    static final HostConfig NONE =
            new HostConfig(TrustPolicy.off(), false, EngineSection.NONE, PluginsSection.NONE, "");

    private static final String TRUST = "trust";
    private static final String ALLOW = "allowUnrequested";
    private static final String ENGINE = "engine";
    private static final String PLUGINS = "plugins";
    private static final Set<String> FIELDS = Set.of(TRUST, ALLOW, ENGINE, PLUGINS);

    /**
     * How an engine is made.
     *
     * @param data the folder of shared data; in memory unless given
     * @param cache the folder of compiled code, or {@code off}; the user's unless given
     * @param maxCallsInParallel most calls at the same time
     * @param quota limits for every plugin, as written, by name
     */
    record EngineSection(
            Optional<Path> data,
            Optional<Path> cache,
            boolean cacheOff,
            Optional<Integer> maxCallsInParallel,
            Map<String, String> quota) {
        static final EngineSection NONE =
                new EngineSection(
                        Optional.empty(), Optional.empty(), false, Optional.empty(), Map.of());

        private static final Set<String> FIELDS =
                Set.of("data", "cache", "maxCallsInParallel", "quota");
        private static final int MAX_CALLS = 100_000;

        private static EngineSection of(ConfigFields section) {
            ConfigFields fields = section.only(FIELDS);
            boolean off = fields.text("cache").filter("off"::equals).isPresent();
            return new EngineSection(
                    fields.path("data"),
                    off ? Optional.empty() : fields.path("cache"),
                    off,
                    fields.number("maxCallsInParallel", 1, MAX_CALLS),
                    PluginEntry.quota(fields));
        }
    }

    /** Reads a file; what is unknown in it is an error. */
    static HostConfig read(Path file) {
        ConfigFields fields = ConfigFields.read(file).only(FIELDS);
        TrustPolicy trust = fields.has(TRUST) ? TrustPolicy.read(file) : TrustPolicy.off();
        PluginsSection plugins =
                fields.object(PLUGINS).map(PluginsSection::of).orElse(PluginsSection.NONE);
        return new HostConfig(
                trust,
                fields.flag(ALLOW).orElse(false),
                fields.object(ENGINE).map(EngineSection::of).orElse(EngineSection.NONE),
                plugins,
                fields.json(TRUST) + fields.json(ALLOW) + fields.json(ENGINE) + plugins.folder());
    }

    /** The same with signatures required. */
    HostConfig requiringSignatures() {
        return new HostConfig(
                trust.withMode(TrustMode.ENFORCE), allowUnrequested, engine, plugins, fixed);
    }
}
