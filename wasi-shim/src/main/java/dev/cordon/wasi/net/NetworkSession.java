package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.limit.Ledger;
import java.io.Closeable;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
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
    private final ApprovedPeers approved = new ApprovedPeers();
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
     * @throws Refusal {@code EACCES} when nothing can be reached, {@code ENFILE} when there are too
     *     many sockets
     */
    public GuestSocket open(String operation, Transport transport, Family family) throws Refusal {
        if (!door.isOpen() && !decisions.mayApprove()) {
            decisions.refuse(
                    operation, Use.NET_OUTBOUND, transport.scheme(), "there is no network");
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
     * @param socket by what
     * @param target where
     * @return where to send to: the address that was checked
     * @throws Refusal {@code EACCES} when it is not allowed
     */
    public InetSocketAddress outbound(
            String operation, GuestSocket socket, InetSocketAddress target) throws Refusal {
        InetAddress address = AddressFaces.meant(target.getAddress());
        int port = target.getPort();
        socket.ends().want(new Reach(false, address, port, pinned.namesOf(address)));
        InetSocketAddress checked = new InetSocketAddress(address, port);
        if (checked(operation, socket, Use.NET_OUTBOUND, checked)
                && socket.transport() == Transport.UDP) {
            approved.add(checked);
        }
        return checked;
    }

    /**
     * Checks where the host is to send for a guest.
     *
     * @param operation the host function
     * @param transport by what
     * @param target where
     * @return where to send to: the address that was checked
     * @throws Refusal {@code EACCES} when it is not allowed
     */
    public InetSocketAddress outbound(
            String operation, Transport transport, InetSocketAddress target) throws Refusal {
        InetAddress address = AddressFaces.meant(target.getAddress());
        InetSocketAddress checked = new InetSocketAddress(address, target.getPort());
        decided(operation, transport, Use.NET_OUTBOUND, checked);
        return checked;
    }

    /**
     * Checks where a guest wants to receive.
     *
     * @param operation the host function
     * @param socket by what
     * @param local where
     * @throws Refusal {@code EACCES} when it is not allowed
     */
    public void inbound(String operation, GuestSocket socket, InetSocketAddress local)
            throws Refusal {
        InetAddress address = local.getAddress();
        socket.ends().want(new Reach(true, address, local.getPort(), List.of()));
        checked(operation, socket, Use.NET_INBOUND, local);
    }

    /** Whether it was allowed by somebody else than the rules. */
    private boolean checked(String operation, GuestSocket socket, Use use, InetSocketAddress end)
            throws Refusal {
        boolean done = false;
        try {
            boolean approvedOnce = decided(operation, socket.transport(), use, end);
            done = true;
            return approvedOnce;
        } finally {
            if (!done) {
                socket.ends().want(null);
            }
        }
    }

    private boolean decided(String operation, Transport transport, Use use, InetSocketAddress end)
            throws Refusal {
        InetAddress address = end.getAddress();
        String subject = text(transport, address, end.getPort());
        String whyNot =
                use == Use.NET_OUTBOUND
                        ? whyNot(transport, address, end.getPort())
                        : whyNotInbound(transport, address, end.getPort());
        if (NetworkRules.isNeverReached(address)) {
            decisions.refuse(operation, use, subject, whyNot);
        }
        return decisions.decide(operation, use, subject, whyNot);
    }

    private String whyNot(Transport transport, InetAddress address, int port) {
        return orNone(door.rules().whyNotOutbound(transport, address, port, pinned));
    }

    private String whyNotInbound(Transport transport, InetAddress address, int port) {
        return orNone(door.rules().whyNotInbound(transport, address, port));
    }

    private static String orNone(@Nullable String reason) {
        return reason == null ? "" : reason;
    }

    /** Whether a datagram is one that a guest may have asked for. */
    private boolean isAnswer(InetSocketAddress sender) {
        return approved.contains(sender)
                || whyNot(Transport.UDP, sender.getAddress(), sender.getPort()).isEmpty();
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
