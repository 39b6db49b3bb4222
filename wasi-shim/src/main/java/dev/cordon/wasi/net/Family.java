package dev.cordon.wasi.net;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.StandardProtocolFamily;

/** Kinds of address. */
public enum Family {
    /** Addresses of 4 bytes. */
    V4(4, StandardProtocolFamily.INET),
    /** Addresses of 16 bytes; a socket of this family reaches those of 4 bytes too. */
    V6(16, StandardProtocolFamily.INET6);

    private final int bytes;
    private final StandardProtocolFamily protocol;

    Family(int bytes, StandardProtocolFamily protocol) {
        this.bytes = bytes;
        this.protocol = protocol;
    }

    /**
     * How long its addresses are.
     *
     * @return bytes
     */
    public int bytes() {
        return bytes;
    }

    /**
     * The family of an address.
     *
     * @param address any address
     * @return its family
     */
    public static Family of(InetAddress address) {
        return address instanceof Inet4Address ? V4 : V6;
    }

    StandardProtocolFamily protocol() {
        return protocol;
    }

    boolean reaches(InetAddress address) {
        return this == V6 || of(address) == V4;
    }
}
