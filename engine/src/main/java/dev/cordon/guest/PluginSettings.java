package dev.cordon.guest;

import dev.cordon.capability.Grants;
import dev.cordon.monitor.EngineListener;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What all instances of a plugin share. Immutable.
 *
 * @param plugin the plugin's id
 * @param doors what the host allows it
 * @param data what it shares with other plugins and the application
 * @param configuration what {@code config_get} answers
 * @param environment variables for WASI, passed on only with the grant {@code env}
 * @param listener receives log lines and failures of host functions; never throws
 */
public record PluginSettings(
        String plugin,
        PluginDoors doors,
        PluginData data,
        Map<String, String> configuration,
        Map<String, String> environment,
        EngineListener listener) {
    /**
     * Copies the maps.
     *
     * @throws dev.cordon.error.UsageException if a guest could not be given the environment
     */
    public PluginSettings {
        configuration = Map.copyOf(configuration);
        environment = Collections.unmodifiableMap(new LinkedHashMap<>(environment));
        WasiSession.check(plugin, List.of(), environment);
    }

    /**
     * What the host allows the plugin now.
     *
     * @return its grants without those that were revoked
     */
    public Grants grants() {
        return doors.grants();
    }
}
