package dev.cordon.wasi.net;

import java.net.InetAddress;

/**
 * Lets guests receive at one address of this machine.
 *
 * @param transport how
 * @param address where; the unspecified address for all of the machine's
 * @param port at which port; 0 for one that the system chooses
 */
record InboundRule(Transport transport, InetAddress address, int port) {
    private static final int MAX_PORT = 65_535;

    InboundRule {
        if (port < 0 || port > MAX_PORT) {
            throw new IllegalArgumentException("`" + port + "` is not a port from 0 to 65535");
        }
        AddressRanges.Range group = AddressRanges.group(address);
        if (group != null) {
            throw new IllegalArgumentException(
                    "`" + address.getHostAddress() + "` is a " + group.name() + " address");
        }
    }

    boolean covers(Transport used, InetAddress usedAddress, int usedPort) {
        boolean here =
                address.equals(usedAddress)
                        || (address.isAnyLocalAddress()
                                && Family.of(address) == Family.of(usedAddress));
        return transport == used && here && port == usedPort;
    }
}
