package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.limit.Ledger;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * The network as one run of a guest has it: checks each use of an address against the rules, takes
 * note of it, and opens sockets. Belongs to one thread at a time.
 */
public final class NetworkSession implements Closeable {
    private final NetworkDoor door;
    private final Ledger ledger;
    private final Decisions decisions;
    private final NetworkNames names;
    private final SocketWatcher watcher = new SocketWatcher();
    private final PinnedNames pinned = new PinnedNames();
    private long received;
    private long sent;

    /**
     * Begins a run.
     *
     * @param door where it may go
     * @param ledger counts its sockets
     * @param decisions hears of every check
     */
    public NetworkSession(NetworkDoor door, Ledger ledger, Decisions decisions) {
        this.door = door;
        this.ledger = ledger;
        this.decisions = decisions;
        this.names = new NetworkNames(door, pinned, decisions);
    }

    /**
     * Looks names up.
     *
     * @return the names of this run
     */
    public NetworkNames names() {
        return names;
    }

    /**
     * Tells which sockets are ready.
     *
     * @return the watcher of this run
     */
    public SocketWatcher watcher() {
        return watcher;
    }

    /**
     * Opens a socket that is not connected.
     *
     * @param operation the host function
     * @param transport streams or datagrams
     * @param family which addresses it reaches
     * @return a new socket
     * @throws Refusal {@code EACCES} when there is no network, {@code ENFILE} when there are too
     *     many sockets
     */
    public GuestSocket open(String operation, Transport transport, Family family) throws Refusal {
        if (!door.isOpen()) {
            decisions.decided(
                    operation, Use.NET_OUTBOUND, transport.scheme(), false, "there is no network");
            throw Refusal.of(Errno.ACCES);
        }
        SocketAccount account = SocketAccount.open(ledger, door.sockets());
        return account.register(
                transport == Transport.UDP
                        ? new DatagramSocket(family, account, this::isAnswer)
                        : new StreamSocket(family, account));
    }

    /**
     * Makes a socket of a listener that the embedder hands over; it stays the embedder's.
     *
     * @param listener what is handed over
     * @return a listening socket; a closed one when its door is closed
     */
    public StreamSocket lend(LentListener listener) {
        SocketAccount account = SocketAccount.lent(ledger, listener.door());
        StreamSocket socket = StreamSocket.lent(listener.channel(), account);
        account.add(socket);
        return socket;
    }

    /**
     * Takes note of bytes that came from the network.
     *
     * @param bytes how many
     */
    public void received(long bytes) {
        received += bytes;
    }

    /**
     * Takes note of bytes that went to the network.
     *
     * @param bytes how many
     */
    public void sent(long bytes) {
        sent += bytes;
    }

    /**
     * How much came from the network in this run.
     *
     * @return bytes of content
     */
    public long bytesReceived() {
        return received;
    }

    /**
     * How much went to the network in this run.
     *
     * @return bytes of content
     */
    public long bytesSent() {
        return sent;
    }

    /**
     * Checks where a guest wants to send.
     *
     * @param operation the host function
     * @param transport how
     * @param target where
     * @return where to send to: the address that was checked
     * @throws Refusal {@code EACCES} when no rule allows it
     */
    public InetSocketAddress outbound(
            String operation, Transport transport, InetSocketAddress target) throws Refusal {
        InetAddress address = AddressFaces.meant(target.getAddress());
        String reason = whyNot(transport, address, target.getPort());
        String subject = text(transport, address, target.getPort());
        decide(operation, Use.NET_OUTBOUND, subject, reason);
        return new InetSocketAddress(address, target.getPort());
    }

    /**
     * Checks where a guest wants to receive.
     *
     * @param operation the host function
     * @param transport how
     * @param local where
     * @throws Refusal {@code EACCES} when no rule allows it
     */
    public void inbound(String operation, Transport transport, InetSocketAddress local)
            throws Refusal {
        InetAddress address = local.getAddress();
        String reason = orNone(door.rules().whyNotInbound(transport, address, local.getPort()));
        decide(operation, Use.NET_INBOUND, text(transport, address, local.getPort()), reason);
    }

    private String whyNot(Transport transport, InetAddress address, int port) {
        return orNone(door.rules().whyNotOutbound(transport, address, port, pinned));
    }

    private static String orNone(@Nullable String reason) {
        return reason == null ? "" : reason;
    }

    /** Whether a datagram is one that an outbound rule lets a guest ask for. */
    private boolean isAnswer(InetSocketAddress sender) {
        return whyNot(Transport.UDP, sender.getAddress(), sender.getPort()).isEmpty();
    }

    private void decide(String operation, Use use, String subject, String reason) throws Refusal {
        boolean allowed = reason.isEmpty();
        decisions.decided(operation, use, subject, allowed, reason);
        if (!allowed) {
            throw Refusal.of(Errno.ACCES);
        }
    }

    private static String text(Transport transport, InetAddress address, int port) {
        String host = address.getHostAddress();
        String shown = address instanceof Inet6Address ? "[" + host + "]" : host;
        return transport.scheme() + "://" + shown + ":" + port;
    }

    @Override
    public void close() throws IOException {
        watcher.close();
    }
}
