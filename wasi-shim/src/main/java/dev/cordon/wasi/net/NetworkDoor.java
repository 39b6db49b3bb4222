package dev.cordon.wasi.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The way to the network: rules, lookups, and the sockets opened through it. Thread-safe. */
public final class NetworkDoor implements Closeable {
    private static final String NO_NETWORK = "there is no network";

    private volatile NetworkRules rules;
    private final Lookups lookups;
    private final OpenSockets sockets = new OpenSockets();

    private NetworkDoor(NetworkRules rules, NameLookup lookup) {
        this.rules = rules;
        this.lookups = new Lookups(lookup);
    }

    NetworkRules rules() {
        return rules;
    }

    Lookups lookups() {
        return lookups;
    }

    /**
     * Why nothing may be sent to a host whose address is to be found yet.
     *
     * @param transport how
     * @param name in its one spelling
     * @param port where
     * @return why not; null when it depends on the address
     */
    public @Nullable String whyNotName(Transport transport, String name, int port) {
        return isOpen() ? rules.whyNotOutbound(transport, name, port) : NO_NETWORK;
    }

    /**
     * Why nothing may be sent to an address.
     *
     * @param transport how
     * @param name what the address was found by, in its one spelling; null for nothing
     * @param address where
     * @param port where
     * @return why not; null when it may
     */
    public @Nullable String whyNotAddress(
            Transport transport, @Nullable String name, InetAddress address, int port) {
        PinnedNames pinned = new PinnedNames();
        if (name != null) {
            pinned.pin(name, List.of(address));
        }
        return isOpen() ? rules.whyNotOutbound(transport, address, port, pinned) : NO_NETWORK;
    }

    OpenSockets sockets() {
        return sockets;
    }

    /**
     * Changes the rules, while guests run; each use from now on is judged by the new ones.
     *
     * @param next rules that were not opened
     * @param closing whether sockets are closed whose ends the new rules do not allow, be they
     *     connected or about to be
     * @throws IOException when a socket failed to close, after all were tried
     */
    public synchronized void change(Builder next, boolean closing) throws IOException {
        NetworkRules changed = next.rules();
        rules = changed; // before sockets are looked at: whoever is checked later sees it
        if (closing) {
            sockets.closeUnless(socket -> socket.ends().areAllowed(changed, socket.transport()));
        }
    }

    /**
     * Whether a guest may connect or send somewhere, looked up or not.
     *
     * @param transport how
     * @param host an address or a name
     * @param port 1 to 65535
     * @return whether a rule allows it; false as well for what is no host
     */
    public boolean allowsOutbound(Transport transport, String host, int port) {
        InetAddress address = AddressText.parse(host);
        if (address != null) {
            InetAddress meant = AddressFaces.meant(address);
            NameReach unnamed = (pattern, any) -> false;
            return rules.whyNotOutbound(transport, meant, port, unnamed) == null;
        }
        String name = HostName.parse(host);
        return name != null && rules.whyNotOutbound(transport, name, port) == null;
    }

    /**
     * Whether a guest may receive at an address of this machine.
     *
     * @param transport how
     * @param host an address
     * @param port 0 to 65535
     * @return whether a rule allows it; false as well for what is no address
     */
    public boolean allowsInbound(Transport transport, String host, int port) {
        InetAddress address = AddressText.parse(host);
        return address != null && rules.whyNotInbound(transport, address, port) == null;
    }

    /**
     * Whether anything can be reached.
     *
     * @return false when it is closed or no rule was ever given
     */
    public boolean isOpen() {
        return sockets.isOpen() && !rules.isEmpty();
    }

    /** Closes every socket opened through it; none can be opened any more. */
    @Override
    public void close() throws IOException {
        lookups.close();
        sockets.close();
    }

    /** Collects rules; each is checked when it is given. Not thread-safe. */
    public static final class Builder {
        private final List<OutboundRule> outbound = new ArrayList<>();
        private final List<InboundRule> inbound = new ArrayList<>();

        /** No rules yet. */
        public Builder() {}

        /**
         * Lets guests send to every port of some hosts.
         *
         * @param transport how
         * @param host a name, {@code *.} and a name, an address or a block
         * @throws IllegalArgumentException when it is none of them
         */
        public void outbound(Transport transport, String host) {
            outbound.add(
                    new OutboundRule(transport, pattern(transport, host), OutboundRule.ANY_PORT));
        }

        /**
         * Lets guests send to one port of some hosts.
         *
         * @param transport how
         * @param host a name, {@code *.} and a name, an address or a block
         * @param port 1 to 65535
         * @throws IllegalArgumentException when either is not
         */
        public void outbound(Transport transport, String host, int port) {
            if (port == OutboundRule.ANY_PORT) {
                throw new IllegalArgumentException("`" + port + "` is not a port from 1 to 65535");
            }
            outbound.add(new OutboundRule(transport, pattern(transport, host), port));
        }

        /** A guest's own socket is never allowed everywhere by one rule. */
        private static HostPattern pattern(Transport transport, String host) {
            boolean request = transport == Transport.HTTP || transport == Transport.HTTPS;
            return request ? HostPattern.parseOrAll(host) : HostPattern.parse(host);
        }

        /**
         * Lets guests receive at an address of this machine.
         *
         * @param transport how
         * @param address a single address, or {@code localhost} for both loopback addresses
         * @param port 0 to 65535
         * @throws IllegalArgumentException when either is not
         */
        public void inbound(Transport transport, String address, int port) {
            if (address.equals("localhost")) {
                inbound.add(new InboundRule(transport, AddressFaces.LOOPBACK_4, port));
                inbound.add(new InboundRule(transport, AddressFaces.LOOPBACK_6, port));
                return;
            }
            InetAddress parsed = AddressText.parse(address);
            if (parsed == null) {
                throw new IllegalArgumentException("`" + address + "` is not a single address");
            }
            inbound.add(new InboundRule(transport, parsed, port));
        }

        /**
         * Opens the door.
         *
         * @param lookup finds the addresses of names
         * @return a door with these rules
         */
        public NetworkDoor open(NameLookup lookup) {
            return new NetworkDoor(rules(), lookup);
        }

        private NetworkRules rules() {
            return new NetworkRules(outbound, inbound);
        }
    }
}
