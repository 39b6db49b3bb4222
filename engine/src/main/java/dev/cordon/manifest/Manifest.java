package dev.cordon.manifest;

import dev.cordon.quota.Quota;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/**
 * What a plugin says about itself. Immutable.
 *
 * @param id 1 to 200 characters, words of lower-case letters and digits joined by dots and hyphens
 * @param version a semantic version
 * @param description for people; may be empty
 * @param commands what can be called, at least one; names are unique
 * @param subscriptions topics whose events it wants
 * @param requests capabilities it asks for, {@code KIND} or {@code KIND=SCOPE} with the guest's
 *     paths
 * @param state what becomes of its state between calls
 * @param quota what it says it needs at most; can only lower what the host gives
 * @param release what a trust policy looks at
 */
public record Manifest(
        String id,
        String version,
        String description,
        List<ManifestCommand> commands,
        List<String> subscriptions,
        List<String> requests,
        StatePolicy state,
        Quota quota,
        Release release) {
    /** The guest ABI that manifests are written for. */
    public static final int ABI = 1;

    private static final Pattern UNSAFE = Pattern.compile("[^a-z0-9]+");
    private static final int MAX_ID_LENGTH = 200;

    /** Copies the lists. */
    public Manifest {
        commands = List.copyOf(commands);
        subscriptions = List.copyOf(subscriptions);
        requests = List.copyOf(requests);
    }

    /**
     * A manifest that says nothing to a trust policy.
     *
     * @param id as above
     * @param version as above
     * @param description as above
     * @param commands as above
     * @param subscriptions as above
     * @param requests as above
     * @param state as above
     * @param quota as above
     */
    public Manifest(
            String id,
            String version,
            String description,
            List<ManifestCommand> commands,
            List<String> subscriptions,
            List<String> requests,
            StatePolicy state,
            Quota quota) {
        this(
                id,
                version,
                description,
                commands,
                subscriptions,
                requests,
                state,
                quota,
                Release.NONE);
    }

    /**
     * The manifest of a module that has none: it requests nothing.
     *
     * @param fileName where it came from; becomes its id
     * @param commands its exports
     * @return version 0.0.0, fresh state
     */
    public static Manifest ofModule(String fileName, List<ManifestCommand> commands) {
        return new Manifest(
                idOf(fileName),
                "0.0.0",
                "",
                commands,
                List.of(),
                List.of(),
                StatePolicy.FRESH,
                Quota.widest());
    }

    /**
     * Makes an id of a file's name.
     *
     * @param fileName any text
     * @return the name without {@code .wasm}, other characters than an id may have replaced by
     *     hyphens
     */
    public static String idOf(String fileName) {
        String stem = fileName.toLowerCase(Locale.ROOT);
        stem = stem.endsWith(".wasm") ? stem.substring(0, stem.length() - 5) : stem;
        String safe = UNSAFE.matcher(stem).replaceAll("-");
        safe = safe.substring(0, Math.min(safe.length(), MAX_ID_LENGTH));
        safe = safe.startsWith("-") ? safe.substring(1) : safe;
        safe = safe.endsWith("-") ? safe.substring(0, safe.length() - 1) : safe;
        return safe.isEmpty() ? "plugin" : safe;
    }
}
