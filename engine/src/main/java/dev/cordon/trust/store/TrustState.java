package dev.cordon.trust.store;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * What was seen before: the newest list of revocations, and the newest release of every plugin for
 * everybody who signed it. Not thread-safe; a copy belongs to whoever made it.
 */
public final class TrustState {
    private long revocations;
    private final Map<String, Map<String, Floor>> floors = new LinkedHashMap<>();
    private final Set<String> downgrades = new LinkedHashSet<>();

    /**
     * The newest release that was accepted of somebody.
     *
     * @param sequence of the manifest
     * @param version of the manifest
     */
    public record Floor(long sequence, String version) {}

    /** Starts with nothing seen. */
    public TrustState() {}

    /** A copy of what was seen. */
    TrustState(TrustState other) {
        revocations = other.revocations;
        downgrades.addAll(other.downgrades);
        other.floors.forEach((id, seen) -> floors.put(id, new LinkedHashMap<>(seen)));
    }

    /**
     * The greatest sequence of a list of revocations.
     *
     * @return 0 if none was seen
     */
    public long revocations() {
        return revocations;
    }

    /**
     * Remembers a list of revocations.
     *
     * @param sequence its sequence
     */
    public void sawRevocations(long sequence) {
        revocations = Math.max(revocations, sequence);
    }

    /**
     * What was accepted of a plugin.
     *
     * @param plugin its id
     * @return floors by signer; to be changed through this class only
     */
    public Map<String, Floor> floors(String plugin) {
        return floors.getOrDefault(plugin, Map.of());
    }

    /**
     * Remembers a release.
     *
     * @param plugin its id
     * @param signer whose floor it becomes
     * @param floor the release
     */
    public void raise(String plugin, String signer, Floor floor) {
        floors.computeIfAbsent(plugin, id -> new LinkedHashMap<>()).put(signer, floor);
    }

    /**
     * Forgets a plugin's releases.
     *
     * @param plugin its id
     */
    public void forget(String plugin) {
        floors.remove(plugin);
    }

    /**
     * The downgrades that were allowed once and have happened.
     *
     * @return {@code id@version}
     */
    public Set<String> downgrades() {
        return downgrades;
    }

    Map<String, Map<String, Floor>> all() {
        return floors;
    }
}
