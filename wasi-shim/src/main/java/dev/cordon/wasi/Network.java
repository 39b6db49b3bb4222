package dev.cordon.wasi;

import dev.cordon.wasi.net.NetworkDoor;
import dev.cordon.wasi.net.Transport;
import java.io.Closeable;
import java.io.IOException;

/**
 * What a guest may reach on the network, and the door to it. Thread-safe.
 *
 * <p>Made of rules, each of which allows something; what no rule allows is denied:
 *
 * <pre>{@code
 * Network network = Network.builder()
 *         .outboundTcp("api.example.org", 443)
 *         .outboundTcp("*.example.net", 443)
 *         .outboundUdp("10.0.0.0/8", 53)
 *         .inboundTcp("127.0.0.1", 8080)
 *         .build();
 * }</pre>
 *
 * <ul>
 *   <li>A host is a name, {@code *.} and a name for every name under it, an address, or a block of
 *       addresses with a mask. Anything else is refused, and an address without a mask is one host.
 *   <li>Loopback, link-local, private, metadata and reserved addresses are reached only by a rule
 *       whose block lies within that range: {@code 0.0.0.0/0} is the whole internet, but not this
 *       machine and not its neighbours. A metadata address must be named alone.
 *   <li>A name allows the addresses that it had when the guest asked for it, if they are on the
 *       internet or another rule names them; so a name cannot be pointed at the inside. {@code
 *       localhost} and names under it mean 127.0.0.1 and ::1.
 *   <li>An IPv6 address that carries an IPv4 address is judged by both. The unspecified address
 *       means loopback.
 *   <li>Multicast and broadcast addresses are never reached.
 *   <li>To bind or to listen needs an inbound rule, with port 0 for a port that the system chooses.
 *       {@code 0.0.0.0} and {@code ::} are every address of this machine.
 * </ul>
 *
 * <p>Every datagram is checked like a connection. One network may serve many sessions.
 */
public final class Network implements Closeable {
    private static final Network NONE = builder().build();

    private final NetworkDoor door;

    private Network(NetworkDoor door) {
        this.door = door;
    }

    /**
     * No network.
     *
     * @return a network on which nothing can be reached
     */
    public static Network none() {
        return NONE;
    }

    /**
     * Begins a network on which nothing can be reached yet.
     *
     * @return a builder
     */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * Revokes it, while guests run: every socket opened through it is closed at once, and any use
     * of one is {@code EBADF}. None can be opened any more.
     *
     * @throws IOException when a socket failed to close, after all were tried
     */
    @Override
    public void close() throws IOException {
        door.close();
    }

    /**
     * Allows other things, while guests run, and closes what is not allowed any more: sockets that
     * are connected or bound where no rule lets them be, and those that an embedder's approval let
     * through. Whatever begins from now on is judged by the new rules.
     *
     * @param rules the new ones, whose resolver is not used
     * @throws IOException when a socket failed to close, after all were tried
     * @throws IllegalStateException for {@link #none()}
     */
    public void change(Builder rules) throws IOException {
        changed().change(rules.rules, true);
    }

    /**
     * Allows other things, while guests run, and closes nothing. Whatever begins from now on is
     * judged by the new rules.
     *
     * @param rules the new ones, whose resolver is not used
     * @throws IOException never, since nothing is closed
     * @throws IllegalStateException for {@link #none()}
     */
    public void widen(Builder rules) throws IOException {
        changed().change(rules.rules, false);
    }

    private NetworkDoor changed() {
        if (this == NONE) {
            throw new IllegalStateException("`none` is shared and stays what it is");
        }
        return door;
    }

    /**
     * Whether guests may connect to a port of a host.
     *
     * @param host a name or an address
     * @param port 1 to 65535
     * @return whether a rule allows it; of what a name points to nothing is known yet
     */
    public boolean allowsTcp(String host, int port) {
        return door.allowsOutbound(Transport.TCP, host, port);
    }

    /**
     * Whether requests over HTTP may be sent for guests to a port of a host.
     *
     * @param secure whether with TLS
     * @param host a name or an address
     * @param port 1 to 65535
     * @return whether a rule allows it; of what a name points to nothing is known yet
     */
    public boolean allowsHttp(boolean secure, String host, int port) {
        return door.allowsOutbound(secure ? Transport.HTTPS : Transport.HTTP, host, port);
    }

    /**
     * Whether guests may send datagrams to a port of a host.
     *
     * @param host a name or an address
     * @param port 1 to 65535
     * @return whether a rule allows it; of what a name points to nothing is known yet
     */
    public boolean allowsUdp(String host, int port) {
        return door.allowsOutbound(Transport.UDP, host, port);
    }

    /**
     * Whether guests may accept connections at an address of this machine.
     *
     * @param address one address
     * @param port 0 to 65535
     * @return whether a rule allows it
     */
    public boolean allowsListening(String address, int port) {
        return door.allowsInbound(Transport.TCP, address, port);
    }

    NetworkDoor door() {
        return door;
    }

    /**
     * Collects rules. Each method throws {@link IllegalArgumentException} when its rule is
     * malformed. Not thread-safe.
     */
    public static final class Builder {
        private final NetworkDoor.Builder rules = new NetworkDoor.Builder();
        private NameResolver resolver = NameResolver.system();

        private Builder() {}

        /**
         * Lets guests connect to every port of some hosts.
         *
         * @param host a name, {@code *.} and a name, an address or a block
         * @return this
         */
        public Builder outboundTcp(String host) {
            rules.outbound(Transport.TCP, host);
            return this;
        }

        /**
         * Lets guests connect to one port of some hosts.
         *
         * @param host a name, {@code *.} and a name, an address or a block
         * @param port 1 to 65535
         * @return this
         */
        public Builder outboundTcp(String host, int port) {
            rules.outbound(Transport.TCP, host, port);
            return this;
        }

        /**
         * Lets guests send datagrams to every port of some hosts.
         *
         * @param host a name, {@code *.} and a name, an address or a block
         * @return this
         */
        public Builder outboundUdp(String host) {
            rules.outbound(Transport.UDP, host);
            return this;
        }

        /**
         * Lets guests send datagrams to one port of some hosts.
         *
         * @param host a name, {@code *.} and a name, an address or a block
         * @param port 1 to 65535
         * @return this
         */
        public Builder outboundUdp(String host, int port) {
            rules.outbound(Transport.UDP, host, port);
            return this;
        }

        /**
         * Lets the host send requests of guests to every port of some hosts, through an {@link
         * Egress}. It opens nothing for the guest's own sockets.
         *
         * @param secure whether with TLS; the one does not imply the other
         * @param host a name, {@code *.} and a name, an address, a block, or {@code *} for all
         * @return this
         */
        public Builder outboundHttp(boolean secure, String host) {
            rules.outbound(secure ? Transport.HTTPS : Transport.HTTP, host);
            return this;
        }

        /**
         * Lets the host send requests of guests to one port of some hosts, through an {@link
         * Egress}. It opens nothing for the guest's own sockets.
         *
         * @param secure whether with TLS; the one does not imply the other
         * @param host a name, {@code *.} and a name, an address, a block, or {@code *} for all
         * @param port 1 to 65535
         * @return this
         */
        public Builder outboundHttp(boolean secure, String host, int port) {
            rules.outbound(secure ? Transport.HTTPS : Transport.HTTP, host, port);
            return this;
        }

        /**
         * Lets guests accept connections at an address of this machine.
         *
         * @param address one address, or {@code localhost} for both loopback addresses
         * @param port 0 to 65535; 0 for one that the system chooses
         * @return this
         */
        public Builder inboundTcp(String address, int port) {
            rules.inbound(Transport.TCP, address, port);
            return this;
        }

        /**
         * Lets guests receive datagrams from anybody at an address of this machine. Answers to
         * datagrams that a guest sent need no such rule.
         *
         * @param address one address, or {@code localhost} for both loopback addresses
         * @param port 0 to 65535; 0 for one that the system chooses
         * @return this
         */
        public Builder inboundUdp(String address, int port) {
            rules.inbound(Transport.UDP, address, port);
            return this;
        }

        /**
         * Sets who finds the addresses of names; the JDK, unless said otherwise.
         *
         * @param next the resolver
         * @return this
         */
        public Builder resolver(NameResolver next) {
            resolver = next;
            return this;
        }

        /**
         * Opens the door.
         *
         * @return a network with these rules, to be closed by the caller
         */
        public Network build() {
            return new Network(rules.open(resolver::resolve));
        }
    }
}
