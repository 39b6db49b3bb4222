package dev.cordon.guest;

import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.wasi.Network;
import java.io.Closeable;
import java.io.IOException;

/**
 * What a plugin may reach on the network. Thread-safe.
 *
 * <p>Taking back a grant closes the sockets whose ends no other grant covers. Whatever else guests
 * do is judged by what is granted at that moment.
 */
final class NetworkAccess implements Closeable {
    private static final int ANY = -1;

    private final String plugin;
    private final Network network;

    /**
     * Opens what grants say.
     *
     * @throws UsageException if one of them cannot be a rule
     */
    NetworkAccess(String plugin, Grants grants) {
        this.plugin = plugin;
        this.network = rules(grants).build();
    }

    /**
     * The rules that grants say.
     *
     * @throws UsageException if one of them cannot be a rule
     */
    Network.Builder rules(Grants grants) {
        Network.Builder rules = Network.builder();
        for (Grant grant : grants.granted()) {
            try {
                add(rules, grant);
            } catch (IllegalArgumentException unusable) {
                throw refused(grant, unusable);
            }
        }
        return rules;
    }

    private UsageException refused(Grant grant, IllegalArgumentException unusable) {
        return new UsageException(
                ErrorCode.USAGE,
                plugin,
                "cannot use the grant `" + grant.text() + "`: " + unusable.getMessage(),
                "grant an address, a block of them or a name; to listen, an address",
                unusable);
    }

    private static void add(Network.Builder rules, Grant grant) {
        if (grant instanceof Grant.Endpoint endpoint && !endpoint.isForRequests()) {
            addEndpoint(rules, endpoint);
        } else if (grant instanceof Grant.Listener place) {
            rules.inboundTcp(place.address(), place.port());
        }
    }

    private static void addEndpoint(Network.Builder rules, Grant.Endpoint endpoint) {
        String host = endpoint.host();
        int port = endpoint.port().orElse(ANY);
        switch (endpoint.scheme()) {
            case "tcp" -> {
                if (port == ANY) {
                    rules.outboundTcp(host);
                } else {
                    rules.outboundTcp(host, port);
                }
            }
            case "udp" -> {
                if (port == ANY) {
                    rules.outboundUdp(host);
                } else {
                    rules.outboundUdp(host, port);
                }
            }
            default ->
                    throw new IllegalArgumentException(
                            "`" + endpoint.text() + "` is for no socket");
        }
    }

    /** What guests may reach. */
    Network network() {
        return network;
    }

    /**
     * Allows what other grants say.
     *
     * @param rules made of them
     * @param closing whether something was taken back
     * @throws IOException if a socket failed to close; nothing can be reached through it all the
     *     same
     */
    void change(Network.Builder rules, boolean closing) throws IOException {
        if (closing) {
            network.change(rules);
        } else {
            network.widen(rules);
        }
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
