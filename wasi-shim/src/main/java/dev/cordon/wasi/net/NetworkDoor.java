package dev.cordon.wasi.net;

import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;

/** The way to the network: rules, lookups, and the sockets opened through it. Thread-safe. */
public final class NetworkDoor implements Closeable {
    private final NetworkRules rules;
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

    OpenSockets sockets() {
        return sockets;
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
                    new OutboundRule(transport, HostPattern.parse(host), OutboundRule.ANY_PORT));
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
            outbound.add(new OutboundRule(transport, HostPattern.parse(host), port));
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
            return new NetworkDoor(new NetworkRules(outbound, inbound), lookup);
        }
    }
}
