package dev.cordon.extism;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.bundle.BundleReader;
import dev.cordon.bundle.PluginBundle;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The modules of one Extism manifest.
 *
 * <p>The main module is the only one, or the one that is called {@code main} or not at all, or else
 * the last one.
 */
final class ExtismModules {
    private static final String MAIN = "main";

    /** Modules that the host itself is; nobody may stand in for it. */
    private static final Set<String> RESERVED =
            Set.of("cordon", "extism:host/env", "wasi_snapshot_preview1", "wasi_unstable");

    private static final Set<String> FIELDS =
            Set.of("path", "data", "url", "headers", "method", "name", "hash");
    private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");

    private final String manifest;
    private final ExtismSources sources;

    ExtismModules(String manifest, ExtismSources sources) {
        this.manifest = manifest;
        this.sources = sources;
    }

    /** All of them, the main one last. */
    List<ExtismModule> read(ExtismJson fields) {
        JsonNode list = fields.value("wasm").orElse(null);
        if (list == null || !list.isArray() || list.isEmpty()) {
            throw fields.wrong("$.wasm", "is not a list of modules");
        }
        if (list.size() > ExtismManifest.MAX_MODULES) {
            throw fields.wrong(
                    "$.wasm",
                    "lists " + list.size() + " modules; at most " + ExtismManifest.MAX_MODULES);
        }
        List<ExtismModule> linked = new ArrayList<>();
        Set<String> names = new HashSet<>();
        ExtismModule main = null;
        for (int i = 0; i < list.size(); i++) {
            String at = "$.wasm[" + i + "]";
            ExtismJson source = new ExtismJson(manifest, at, list.get(i), FIELDS);
            String name = source.text("name").orElse(MAIN);
            boolean last = i == list.size() - 1;
            if (last && main == null) {
                name = MAIN;
            } else if (RESERVED.contains(name)) {
                throw source.wrong(at + ".name", "is a module of the host: " + name);
            }
            if (!names.add(name)) {
                throw source.wrong(at + ".name", "is there twice: " + name);
            }
            ExtismModule module = new ExtismModule(name, bundle(source, at));
            if (name.equals(MAIN)) {
                main = module;
            } else {
                linked.add(module);
            }
        }
        linked.add(main);
        return linked;
    }

    private PluginBundle bundle(ExtismJson source, String at) {
        Optional<String> path = source.text("path");
        Optional<String> data = source.text("data");
        Optional<String> url = source.text("url");
        Optional<String> hash = source.text("hash");
        if ((path.isPresent() ? 1 : 0) + (data.isPresent() ? 1 : 0) + (url.isPresent() ? 1 : 0)
                != 1) {
            throw source.wrong(at, "needs one of `path`, `data` and `url`");
        }
        if (url.isEmpty() && (source.has("headers") || source.has("method"))) {
            throw source.wrong(at, "has `headers` or `method`, which belong to a `url`");
        }
        hash.filter(text -> !HASH.matcher(text).matches())
                .ifPresent(
                        text -> {
                            throw source.wrong(
                                    at + ".hash",
                                    "is not the SHA-256 of a module: 64 lower-case digits");
                        });
        PluginBundle bundle;
        if (path.isPresent()) {
            bundle = BundleReader.read(path(source, at, path.get()));
        } else {
            byte[] module =
                    data.isPresent()
                            ? decoded(source, at, data.get())
                            : fetched(source, at, url.orElseThrow(), hash);
            bundle = BundleReader.of(source.text("name").orElse(manifest), module);
        }
        String digest = bundle.digest().hex();
        if (hash.filter(expected -> !expected.equals(digest)).isPresent()) {
            throw source.wrong(
                    at + ".hash", "is not the SHA-256 of the module, which is " + digest);
        }
        return bundle;
    }

    private byte[] fetched(ExtismJson source, String at, String url, Optional<String> hash) {
        if (hash.isEmpty()) {
            throw source.wrong(
                    at + ".url", "is not loaded without `hash`, the SHA-256 of the module");
        }
        String refusal = sources.refusal(url);
        if (refusal != null) {
            throw source.wrong(at + ".url", "is not loaded: " + refusal);
        }
        String method = source.text("method").orElse("GET");
        if (!method.equalsIgnoreCase("GET")) {
            throw source.wrong(at + ".method", "is not GET");
        }
        return new ExtismFetch(manifest, sources).fetch(url, source.texts("headers"));
    }

    private static Path path(ExtismJson source, String at, String path) {
        try {
            return Path.of(path);
        } catch (InvalidPathException unusable) {
            throw source.wrong(at + ".path", "is not a path");
        }
    }

    private static byte[] decoded(ExtismJson source, String at, String data) {
        try {
            return Base64.getDecoder().decode(data);
        } catch (IllegalArgumentException notBase64) {
            throw source.wrong(at + ".data", "is not base64");
        }
    }
}
