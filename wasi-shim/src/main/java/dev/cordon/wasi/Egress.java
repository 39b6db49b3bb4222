package dev.cordon.wasi;

import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.net.NetworkDoor;
import dev.cordon.wasi.net.NetworkNames;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Connections that the host opens for a guest, such as for its requests over HTTP, by the same
 * rules, lookups and limits as the guest's own sockets. Thread-safe.
 *
 * <p>The address that was checked is the one that is connected to; nothing is looked up a second
 * time in between. Rules can be changed while connections are open: those that the new rules do not
 * allow are closed at once.
 */
public final class Egress implements Closeable {
    private final Supplier<Ledger> ledger;
    private final Set<EgressConnection> open = ConcurrentHashMap.newKeySet();
    private volatile Network network;
    private volatile boolean closed;

    /**
     * Opens nothing yet.
     *
     * @param network the rules, closed with this
     * @param ledger counts connections and bytes; asked for at each use, since it may change
     */
    public Egress(Network network, Supplier<Ledger> ledger) {
        this.network = network;
        this.ledger = ledger;
    }

    /**
     * The one spelling of a host.
     *
     * @param text a name or an address without brackets, as a stranger wrote it
     * @return the name in lower case, or the address; null when it is neither
     */
    public static @Nullable String host(String text) {
        InetAddress literal = NetworkNames.literal(text);
        return literal == null ? NetworkNames.name(text) : literal.getHostAddress();
    }

    /**
     * Begins a piece of work for one guest, in which a name keeps the addresses that it had first.
     *
     * @param operation the host function, for the audit trail
     * @param trail hears of every decision
     * @param watch is asked and told while it goes on
     * @return a session for one thread, closed by the caller
     */
    public EgressSession session(String operation, AuditTrail trail, EgressWatch watch) {
        return new EgressSession(this, operation, trail, watch);
    }

    /**
     * Changes the rules. Connections that they do not allow are closed. The network before is not:
     * connections that stay were opened through it, and beside them it holds nothing that would
     * have to be closed.
     *
     * @param next the rules from now on, closed with this
     */
    public void change(Network next) {
        network = next;
        open.forEach(
                connection -> {
                    if (!allows(connection)) {
                        connection.close();
                    }
                });
    }

    /** Takes note of a connection before it is made, and says whether it may be made. */
    boolean add(EgressConnection connection) {
        open.add(connection);
        return allows(connection);
    }

    void remove(EgressConnection connection) {
        open.remove(connection);
    }

    private boolean allows(EgressConnection connection) {
        return !closed && connection.allowedBy(network.door());
    }

    NetworkDoor door() {
        return network.door();
    }

    Ledger ledger() {
        return ledger.get();
    }

    /**
     * Closes every connection; none can be opened any more.
     *
     * @throws IOException when the network fails to close
     */
    @Override
    public void close() throws IOException {
        closed = true;
        open.forEach(EgressConnection::close);
        network.close();
    }
}
