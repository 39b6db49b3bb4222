package dev.cordon.extism;

import com.fasterxml.jackson.databind.JsonNode;
import dev.cordon.capability.Grant;
import dev.cordon.error.UsageException;
import dev.cordon.quota.Quota;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Reads Extism manifests, strictly: a field that is unknown or of the wrong type is an error, and
 * so is one that would not be in force.
 */
final class ExtismManifestReader {
    private static final String READ_ONLY = "ro:";
    private static final int PAGE_BITS = 16;
    private static final long MAX_PAGES = Quota.MAX_MEMORY_BYTES >>> PAGE_BITS;

    /** What variables may count unless said, as in Extism. */
    private static final long VARIABLE_BYTES = 1 << 20;

    /** How large the body of a response may be unless said, as in Extism. */
    private static final long RESPONSE_BYTES = 52_428_800;

    private static final Set<String> FIELDS =
            Set.of("wasm", "memory", "config", "allowed_hosts", "allowed_paths", "timeout_ms");
    private static final Set<String> MEMORY_FIELDS =
            Set.of("max_pages", "max_http_response_bytes", "max_var_bytes");

    private final String name;

    private final ExtismSources sources;

    private ExtismManifestReader(String name, ExtismSources sources) {
        this.name = name;
        this.sources = sources;
    }

    static ExtismManifest read(String name, byte[] json, ExtismSources sources) {
        return new ExtismManifestReader(name, sources).read(ExtismJson.read(name, json));
    }

    private ExtismManifest read(JsonNode document) {
        ExtismJson fields = new ExtismJson(name, "$", document, FIELDS);
        Optional<JsonNode> node = fields.value("memory");
        Optional<ExtismJson> memory =
                node.map(value -> new ExtismJson(name, "$.memory", value, MEMORY_FIELDS));
        List<Grant> grants = new ArrayList<>(directories(fields));
        grants.addAll(hosts(fields));
        Quota quota = quota(fields, memory);
        List<ExtismModule> modules = new ExtismModules(name, sources).read(fields);
        return new ExtismManifest(
                modules.get(modules.size() - 1).bundle(),
                modules.subList(0, modules.size() - 1),
                fields.texts("config"),
                grants,
                quota,
                memory.flatMap(m -> m.number("max_var_bytes")).orElse(VARIABLE_BYTES),
                memory.flatMap(m -> m.number("max_http_response_bytes")).orElse(RESPONSE_BYTES));
    }

    private Quota quota(ExtismJson fields, Optional<ExtismJson> memory) {
        Quota quota = Quota.widest();
        Optional<Long> pages = memory.flatMap(m -> m.number("max_pages"));
        if (pages.isPresent()) {
            quota = quota.withMemoryBytes(Math.min(pages.get(), MAX_PAGES) << PAGE_BITS);
        }
        Optional<Long> timeout = fields.number("timeout_ms");
        if (timeout.isPresent()) {
            try {
                quota = quota.withDeadline(Duration.ofMillis(timeout.get()));
            } catch (UsageException unusable) {
                throw fields.wrong("$.timeout_ms", "cannot be used: " + unusable.what());
            }
        }
        return quota;
    }

    private List<Grant> directories(ExtismJson fields) {
        List<Grant> grants = new ArrayList<>();
        for (Map.Entry<String, String> path : fields.texts("allowed_paths").entrySet()) {
            boolean readOnly = path.getKey().startsWith(READ_ONLY);
            String host = readOnly ? path.getKey().substring(READ_ONLY.length()) : path.getKey();
            if (host.contains("::")) {
                throw fields.wrong("$.allowed_paths", "has a path with `::` in it");
            }
            String kind = readOnly ? "fs:read=" : "fs:write=";
            try {
                grants.add(Grant.parse(kind + host + "::" + path.getValue()));
            } catch (UsageException unusable) {
                throw fields.wrong("$.allowed_paths", "cannot be granted: " + unusable.what());
            }
        }
        return grants;
    }

    /**
     * Requests by http and https to any port. A pattern that is no name, {@code *.name}, address or
     * {@code *} is refused: as text, {@code *example.com} would mean {@code evilexample.com}, too.
     */
    private static List<Grant> hosts(ExtismJson fields) {
        List<Grant> grants = new ArrayList<>();
        for (String host : fields.list("allowed_hosts")) {
            boolean six = host.indexOf(':') != host.lastIndexOf(':') && !host.startsWith("[");
            String place = six ? "[" + host + "]" : host;
            for (String scheme : List.of("http://", "https://")) {
                try {
                    grants.add(Grant.parse("net:outbound=" + scheme + place + ":*"));
                } catch (UsageException unusable) {
                    throw fields.wrong(
                            "$.allowed_hosts",
                            "has `"
                                    + host
                                    + "`, which is no name, `*.` and a name, address or `*`");
                }
            }
        }
        return grants;
    }
}
