package dev.cordon.wasi.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a name; may take as long as it likes. */
@FunctionalInterface
public interface NameLookup {
    /**
     * Looks a name up.
     *
     * @param name in lower case, without a dot at its end
     * @return its addresses, the best first
     * @throws UnknownHostException when it has none
     */
    List<InetAddress> lookUp(String name) throws UnknownHostException;
}
