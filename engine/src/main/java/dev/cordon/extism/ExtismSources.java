package dev.cordon.extism;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Where the modules of an Extism manifest may come from beside files and the manifest itself.
 * Immutable; every {@code with} method returns a copy.
 *
 * <p>What is fetched is fetched by the application, with its network, and only if the manifest says
 * its SHA-256.
 */
public final class ExtismSources {
    private static final ExtismSources LOCAL =
            new ExtismSources(Set.of(), false, Duration.ofSeconds(30));

    private final Set<String> hosts;
    private final boolean plainHttp;
    private final Duration timeout;

    private ExtismSources(Set<String> hosts, boolean plainHttp, Duration timeout) {
        this.hosts = Set.copyOf(hosts);
        this.plainHttp = plainHttp;
        this.timeout = timeout;
    }

    /**
     * Files and data only, as it is unless said otherwise.
     *
     * @return nothing is fetched
     */
    public static ExtismSources local() {
        return LOCAL;
    }

    /**
     * Allows modules from the web over HTTPS, also where a server redirects to.
     *
     * @param next all hosts, each {@code NAME} or {@code NAME:PORT}; without a port the one of the
     *     scheme
     * @return a copy
     * @throws UsageException if one is no host
     */
    public ExtismSources withUrls(String... next) {
        Set<String> all = new HashSet<>();
        for (String host : next) {
            if (host.isEmpty() || host.contains("/") || host.contains("@") || host.contains("*")) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        "extism",
                        "`" + host + "` is not a host to fetch modules from",
                        "write it as NAME or NAME:PORT");
            }
            all.add(host.toLowerCase(Locale.ROOT));
        }
        return new ExtismSources(all, plainHttp, timeout);
    }

    /**
     * Allows HTTP without encryption, too: whoever is on the way can see what is fetched, and the
     * digest shows what they change.
     *
     * @return a copy
     */
    public ExtismSources withPlainHttp() {
        return new ExtismSources(hosts, true, timeout);
    }

    /**
     * Sets how long fetching one module may take, 30 s unless set.
     *
     * @param next more than nothing
     * @return a copy
     * @throws UsageException if it is not
     */
    public ExtismSources withTimeout(Duration next) {
        if (next.isNegative() || next.isZero()) {
            throw new UsageException(
                    ErrorCode.USAGE, "extism", "a timeout is more than nothing", "allow some time");
        }
        return new ExtismSources(hosts, plainHttp, next);
    }

    Duration timeout() {
        return timeout;
    }

    /** Why nothing is fetched from a URL; null if it may be. */
    @Nullable String refusal(String url) {
        if (hosts.isEmpty()) {
            return "nothing is fetched unless the host allows it";
        }
        try {
            return refusal(new URI(url));
        } catch (URISyntaxException notUrl) {
            return "it is not a URL";
        }
    }

    @Nullable String refusal(URI url) {
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        String host = url.getHost();
        if (host == null || url.getRawUserInfo() != null) {
            return "it names no host, or a user";
        }
        if (!scheme.equals("https") && !(scheme.equals("http") && plainHttp)) {
            return "only https is allowed";
        }
        String name = host.toLowerCase(Locale.ROOT);
        int usual = scheme.equals("https") ? 443 : 80;
        int port = url.getPort() < 0 ? usual : url.getPort();
        boolean allowed =
                hosts.contains(name + ":" + port) || (port == usual && hosts.contains(name));
        return allowed ? null : "the host " + name + ":" + port + " is not one of those allowed";
    }
}
