package dev.cordon.wasi.net;

/** How bytes travel. */
public enum Transport {
    /** A stream of bytes in both directions. */
    TCP("tcp"),
    /** Single datagrams. */
    UDP("udp"),
    /** A stream that the host opens for a guest's request over HTTP. */
    HTTP("http"),
    /** The same, with TLS. */
    HTTPS("https");

    private final String scheme;

    Transport(String scheme) {
        this.scheme = scheme;
    }

    /**
     * How it is written before an address.
     *
     * @return the scheme, without colon
     */
    public String scheme() {
        return scheme;
    }
}
