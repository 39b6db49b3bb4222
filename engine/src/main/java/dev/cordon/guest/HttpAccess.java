package dev.cordon.guest;

import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.http.HttpClient;
import dev.cordon.wasi.Network;
import dev.cordon.wasi.limit.Ledger;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.OptionalInt;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Where a plugin may send requests over HTTP. Thread-safe.
 *
 * <p>When grants change, connections to where none leads any more are closed, in use or not; the
 * others stay.
 */
final class HttpAccess implements Closeable {
    private final String plugin;
    private final HttpClient client;
    private List<Grant.Endpoint> known;
    private volatile Network network;

    /**
     * Opens what grants say.
     *
     * @throws UsageException if one of them cannot be a rule
     */
    HttpAccess(String plugin, Grants grants, Supplier<Ledger> ledger, @Nullable SSLContext trust) {
        this.plugin = plugin;
        this.known = endpoints(grants);
        this.network = network(known);
        this.client = new HttpClient(network, ledger, trust);
    }

    private static List<Grant.Endpoint> endpoints(Grants grants) {
        return grants.granted().stream()
                .filter(Grant.Endpoint.class::isInstance)
                .map(Grant.Endpoint.class::cast)
                .filter(Grant.Endpoint::isForRequests)
                .toList();
    }

    private Network network(List<Grant.Endpoint> endpoints) {
        Network.Builder rules = Network.builder();
        for (Grant.Endpoint endpoint : endpoints) {
            boolean secure = endpoint.scheme().equals("https");
            OptionalInt port = endpoint.onlyPort();
            try {
                if (port.isPresent()) {
                    rules.outboundHttp(secure, endpoint.host(), port.getAsInt());
                } else {
                    rules.outboundHttp(secure, endpoint.host());
                }
            } catch (IllegalArgumentException unusable) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        plugin,
                        "cannot use the grant `" + endpoint.text() + "`: " + unusable.getMessage(),
                        "grant a name, an address or a block of them",
                        unusable);
            }
        }
        return rules.build();
    }

    /** Sends requests. */
    HttpClient client() {
        return client;
    }

    /**
     * Where requests may go from some moment on.
     *
     * @param endpoints by these grants
     * @param network the same as rules
     */
    record Change(List<Grant.Endpoint> endpoints, Network network) {}

    /**
     * Makes rules of grants, and changes nothing yet.
     *
     * @return null if there is nothing to change
     * @throws UsageException if one of them cannot be a rule
     */
    synchronized @Nullable Change prepare(Grants grants) {
        List<Grant.Endpoint> next = endpoints(grants);
        return next.equals(known) ? null : new Change(next, network(next));
    }

    /** Requests may go where a change says, from now on. */
    synchronized void change(Change change) {
        known = change.endpoints();
        network = change.network();
        client.change(change.network());
    }

    /** Where requests may go now. */
    Network rules() {
        return network;
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
