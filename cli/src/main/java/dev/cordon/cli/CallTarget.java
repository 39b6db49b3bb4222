package dev.cordon.cli;

import dev.cordon.error.UsageException;
import dev.cordon.extism.ExtismSources;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.ParseResult;

/**
 * What {@code run} and {@code call} load: a module, or what an Extism manifest says.
 *
 * @param file a {@code .wasm} file or a manifest
 * @param extismManifest whether it is a manifest
 * @param sources where the modules of a manifest may come from
 */
record CallTarget(Path file, boolean extismManifest, ExtismSources sources) {
    static final String EXTISM_MANIFEST = "--extism-manifest";
    static final String EXTISM_ALLOW_URL = "--extism-allow-url";
    private static final String PLAIN_HTTP = "http://";

    /**
     * Finds the target.
     *
     * @throws UsageException if its name cannot be a path, or a host cannot be one
     */
    static CallTarget of(ParseResult options) {
        String text = text(options);
        boolean manifest = options.hasMatchedOption(EXTISM_MANIFEST);
        ExtismSources sources = sources(options);
        try {
            return new CallTarget(Path.of(text), manifest, sources);
        } catch (InvalidPathException unusable) {
            throw UsageProblem.of(
                    UsageProblem.quoted(text) + " is not a path",
                    manifest ? "name a JSON file" : "name a `.wasm` file");
        }
    }

    /** What was allowed by hosts; one with {@code http://} before it allows plain HTTP to all. */
    private static ExtismSources sources(ParseResult options) {
        List<String> allowed = options.matchedOptionValue(EXTISM_ALLOW_URL, List.of());
        if (allowed.isEmpty()) {
            return ExtismSources.local();
        }
        if (!options.hasMatchedOption(EXTISM_MANIFEST)) {
            throw UsageProblem.of(
                    "`" + EXTISM_ALLOW_URL + "` is for the modules of a manifest",
                    "name one with `" + EXTISM_MANIFEST + "`");
        }
        boolean plain = allowed.stream().anyMatch(host -> host.startsWith(PLAIN_HTTP));
        String[] hosts =
                allowed.stream()
                        .map(
                                host ->
                                        host.startsWith(PLAIN_HTTP)
                                                ? host.substring(PLAIN_HTTP.length())
                                                : host)
                        .toArray(String[]::new);
        ExtismSources sources = ExtismSources.local().withUrls(hosts);
        return plain ? sources.withPlainHttp() : sources;
    }

    /** The target as written. */
    static String text(ParseResult options) {
        return options.matchedOptionValue(EXTISM_MANIFEST, options.matchedPositionalValue(0, ""));
    }

    /**
     * The command behind the target; a manifest names the plugin, so the command comes first then.
     *
     * @throws UsageException if there is none, or an argument too many
     */
    static String command(ParseResult options) {
        boolean manifest = options.hasMatchedOption(EXTISM_MANIFEST);
        List<String> positional =
                options.matchedPositionals().stream()
                        .flatMap(each -> each.stringValues().stream())
                        .toList();
        int expected = manifest ? 1 : 2;
        if (positional.size() < expected) {
            String label = manifest || !positional.isEmpty() ? "COMMAND" : "PLUGIN";
            throw UsageProblem.missing(label, "cordon call");
        }
        if (positional.size() > expected) {
            throw UsageProblem.of(
                    "`"
                            + EXTISM_MANIFEST
                            + "` names the plugin, so there is no place for "
                            + UsageProblem.quoted(positional.get(0)),
                    "give only the command behind it");
        }
        return positional.get(expected - 1);
    }

    /** Reads it. */
    PluginSource read() {
        return PluginSource.read(file, extismManifest, sources);
    }
}
