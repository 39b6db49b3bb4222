package dev.cordon.wasi.net;

/**
 * Lets guests send to some hosts.
 *
 * @param transport how
 * @param host where
 * @param port to which port; {@link #ANY_PORT} for all of them
 */
record OutboundRule(Transport transport, HostPattern host, int port) {
    static final int ANY_PORT = -1;
    private static final int MAX_PORT = 65_535;

    OutboundRule {
        if (port != ANY_PORT && (port < 1 || port > MAX_PORT)) {
            throw new IllegalArgumentException("`" + port + "` is not a port from 1 to 65535");
        }
    }

    boolean covers(Transport used, int usedPort) {
        return transport == used && (port == ANY_PORT || port == usedPort);
    }
}
