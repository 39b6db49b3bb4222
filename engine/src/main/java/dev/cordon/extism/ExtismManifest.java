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
 * An Extism manifest: which modules to load, with what configuration, directories and limits.
 * Immutable.
 *
 * <p>Unlike a plugin's own manifest it is the host's, so what it allows is granted. Whoever loads
 * one that a stranger wrote gives that stranger the directories that it names.
 *
 * @param module the main module, read and compared with its hash if there is one
 * @param linked modules that the main one, or others of them, import functions from
 * @param configuration what {@code config_get} answers
 * @param grants for the directories of {@code allowed_paths} and for requests to {@code
 *     allowed_hosts}
 * @param quota the limits of {@code timeout_ms} and {@code max_pages}
 * @param variableBytes what variables may count; 0 for none at all
 * @param responseBytes largest body of a response over HTTP
 */
public record ExtismManifest(
        PluginBundle module,
        List<ExtismModule> linked,
        Map<String, String> configuration,
        List<Grant> grants,
        Quota quota,
        long variableBytes,
        long responseBytes) {
    /** Largest document accepted: the largest module in base64, and the rest. */
    public static final int MAX_BYTES = BundleReader.MAX_MODULE_BYTES / 3 * 4 + (1 << 20);

    /** Most modules of one manifest. */
    public static final int MAX_MODULES = 32;

    /** Copies map and lists. */
    public ExtismManifest {
        configuration = Collections.unmodifiableMap(new LinkedHashMap<>(configuration));
        linked = List.copyOf(linked);
        grants = List.copyOf(grants);
    }

    /**
     * Reads a manifest and the modules that it names. Relative paths in it are those of this
     * process, as in Extism.
     *
     * @param file JSON
     * @return what it says
     * @throws dev.cordon.error.CordonException if one of them cannot be read, the hash is another,
     *     or the manifest needs what this version does not offer
     */
    public static ExtismManifest read(Path file) {
        return read(file, ExtismSources.local());
    }

    /**
     * Reads a manifest and the modules that it names, from the web, too, where that is allowed.
     *
     * @param file JSON
     * @param sources where modules may come from
     * @return what it says
     * @throws dev.cordon.error.CordonException as {@link #read(Path)}, or if a module cannot be
     *     fetched
     */
    public static ExtismManifest read(Path file, ExtismSources sources) {
        Path last = file.getFileName();
        String name = last == null ? file.toString() : last.toString();
        return ExtismManifestReader.read(name, BundleReader.readDocument(file, MAX_BYTES), sources);
    }

    /**
     * Reads a manifest from memory, and the modules that it names.
     *
     * @param json the manifest
     * @return what it says
     * @throws dev.cordon.error.CordonException as {@link #read(Path)}
     */
    public static ExtismManifest parse(String json) {
        return parse(json, ExtismSources.local());
    }

    /**
     * Reads a manifest from memory, and the modules that it names.
     *
     * @param json the manifest
     * @param sources where modules may come from
     * @return what it says
     * @throws dev.cordon.error.CordonException as {@link #read(Path, ExtismSources)}
     */
    public static ExtismManifest parse(String json, ExtismSources sources) {
        byte[] document = json.getBytes(StandardCharsets.UTF_8);
        return ExtismManifestReader.read("extism-manifest", document, sources);
    }
}
