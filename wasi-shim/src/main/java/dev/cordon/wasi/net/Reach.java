package dev.cordon.wasi.net;

import java.net.InetAddress;
import java.util.List;

/**
 * An end that a socket has or wants, remembered so that other rules can judge it later. Immutable.
 *
 * @param inbound whether it is the socket's own end
 * @param address where
 * @param port at which port
 * @param names what was looked up to find the address
 */
record Reach(boolean inbound, InetAddress address, int port, List<String> names)
        implements NameReach {
    @Override
    public boolean reaches(HostPattern host, InetAddress wanted) {
        return host.block() == null
                && address.equals(wanted)
                && names.stream().anyMatch(host::matches);
    }

    boolean isAllowed(NetworkRules rules, Transport transport) {
        return inbound
                ? rules.whyNotInbound(transport, address, port) == null
                : rules.whyNotOutbound(transport, address, port, this) == null;
    }
}
