package dev.cordon.wasi;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/**
 * Finds the addresses of names for guests. Thread-safe.
 *
 * <p>Called on a thread of the {@link Network}, never on that of a guest, so it may wait. It is
 * asked only for names that a rule is about; what it answers is checked again before use.
 */
@FunctionalInterface
public interface NameResolver {
    /**
     * Looks a name up.
     *
     * @param name in lower case, without a dot at its end
     * @return its addresses, the best first
     * @throws UnknownHostException when there is no such name
     */
    List<InetAddress> resolve(String name) throws UnknownHostException;

    /**
     * The names that the JDK knows.
     *
     * @return a resolver that asks the system
     */
    static NameResolver system() {
        return name -> List.of(InetAddress.getAllByName(name));
    }
}
