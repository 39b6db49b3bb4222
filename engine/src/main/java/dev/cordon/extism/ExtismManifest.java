package dev.cordon.extism;

import dev.cordon.bundle.BundleReader;
import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.Grant;
import dev.cordon.quota.Quota;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * An Extism manifest: which module to load, with what configuration, directories and limits.
 * Immutable.
 *
 * <p>Unlike a plugin's own manifest it is the host's, so what it allows is granted. Whoever loads
 * one that a stranger wrote gives that stranger the directories that it names.
 *
 * @param module the one module, read and compared with its hash if there is one
 * @param configuration what {@code config_get} answers
 * @param grants for the directories of {@code allowed_paths} and for requests to {@code
 *     allowed_hosts}
 * @param quota the limits of {@code timeout_ms} and {@code max_pages}
 * @param variableBytes what variables may count; 0 for none at all
 * @param responseBytes largest body of a response over HTTP
 */
public record ExtismManifest(
        PluginBundle module,
        Map<String, String> configuration,
        List<Grant> grants,
        Quota quota,
        long variableBytes,
        long responseBytes) {
    /** Largest document accepted: the largest module in base64, and the rest. */
    public static final int MAX_BYTES = BundleReader.MAX_MODULE_BYTES / 3 * 4 + (1 << 20);

    /** Copies map and list. */
    public ExtismManifest {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        grants = List.copyOf(grants);
    }

    /**
     * Reads a manifest and the module that it names. Relative paths in it are those of this
     * process, as in Extism.
     *
     * @param file JSON
     * @return what it says
     * @throws dev.cordon.error.CordonException if one of them cannot be read, the hash is another,
     *     or the manifest needs what this version does not offer
     */
    public static ExtismManifest read(Path file) {
        Path last = file.getFileName();
        String name = last == null ? file.toString() : last.toString();
        return ExtismManifestReader.read(name, BundleReader.readDocument(file, MAX_BYTES));
    }

    /**
     * Reads a manifest from memory, and the module that it names.
     *
     * @param json the manifest
     * @return what it says
     * @throws dev.cordon.error.CordonException as {@link #read}
     */
    public static ExtismManifest parse(String json) {
        return ExtismManifestReader.read("extism-manifest", json.getBytes(StandardCharsets.UTF_8));
    }
}
