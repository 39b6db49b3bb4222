package dev.cordon.wasi.net;

import java.net.InetAddress;

/** Which addresses were found by which names. */
@FunctionalInterface
interface NameReach {
    /** Whether a name that a pattern matches led to an address. */
    boolean reaches(HostPattern host, InetAddress address);
}
