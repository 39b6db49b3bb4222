package dev.cordon.wasi;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.audit.UseApproval;
import dev.cordon.wasi.limit.Traffic;
import dev.cordon.wasi.net.Decisions;
import dev.cordon.wasi.net.Family;
import dev.cordon.wasi.net.NameRequest;
import dev.cordon.wasi.net.NetworkDoor;
import dev.cordon.wasi.net.NetworkNames;
import dev.cordon.wasi.net.NetworkSession;
import dev.cordon.wasi.net.StreamSocket;
import dev.cordon.wasi.net.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work that reaches the network for a guest. Belongs to one thread; closing it leaves
 * its connections open.
 */
public final class EgressSession implements Closeable {
    /** Longest time between two checks of a wait, in milliseconds. */
    public static final int PAUSE_MILLIS = 10;

    /** Longest time that connecting to one address may take, in milliseconds. */
    public static final int CONNECT_MILLIS = 10_000;

    /** Most addresses of a name that are tried. */
    static final int MAX_TRIED = 4;

    private static final String DISAPPROVED = "disapproved by the embedder";
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);
    private static final long LOOKUP_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Egress egress;
    private final String operation;
    private final AuditTrail trail;
    private final EgressWatch watch;
    private @Nullable NetworkDoor door;
    private @Nullable NetworkSession network;
    private final Decisions decisions = new Decisions(this::decided, UseApproval.NONE);
    private boolean told;
    private @Nullable RuntimeException ending;

    EgressSession(Egress egress, String operation, AuditTrail trail, EgressWatch watch) {
        this.egress = egress;
        this.operation = operation;
        this.trail = trail;
        this.watch = watch;
    }

    /**
     * Checks and takes note of a use, before a connection that is open already is used again or a
     * new one is opened. Looks nothing up.
     *
     * @param secure whether with TLS
     * @param host in the spelling of {@link Egress#host}
     * @param port 1 to 65535
     * @throws EgressException when no rule is about it
     */
    public void admit(boolean secure, String host, int port) throws EgressException {
        Transport transport = transport(secure);
        InetAddress literal = NetworkNames.literal(host);
        try {
            if (literal != null) {
                session().outbound(operation, transport, new InetSocketAddress(literal, port));
                requireApproval(transport, host, port);
                return;
            }
        } catch (Refusal refused) {
            throw EgressException.of(refused);
        }
        String reason = egress.door().whyNotName(transport, host, port);
        decided(transport, host, port, reason);
        if (reason != null) {
            throw new EgressException(EgressException.Reason.DENIED, reason);
        }
        requireApproval(transport, host, port);
    }

    private void requireApproval(Transport transport, String host, int port)
            throws EgressException {
        boolean approved;
        try {
            approved = watch.approves(operation, subject(transport, host, port));
        } catch (RuntimeException ended) {
            ending = ended;
            throw ended;
        }
        if (!approved) {
            decided(transport, host, port, DISAPPROVED);
            throw new EgressException(EgressException.Reason.DENIED, DISAPPROVED);
        }
    }

    private static String subject(Transport transport, String host, int port) {
        String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return transport.scheme() + "://" + shown + ":" + port;
    }

    /**
     * Connects to the first address of a host that is allowed and answers.
     *
     * @param secure whether TLS will be spoken, which decides which rules hold; it is the caller's
     *     to speak it
     * @param host in the spelling of {@link Egress#host}
     * @param port 1 to 65535
     * @return a connection that the caller closes
     * @throws EgressException when no rule allows it or nobody answers
     * @throws IOException when the system fails
     */
    public EgressConnection connect(boolean secure, String host, int port) throws IOException {
        Transport transport = transport(secure);
        try {
            List<InetSocketAddress> allowed = allowed(transport, host, port);
            EgressException failure = null;
            for (InetSocketAddress address : allowed) {
                try {
                    return open(transport, host, address);
                } catch (EgressException failed) {
                    if (failed.reason() != EgressException.Reason.FAILED) {
                        throw failed;
                    }
                    failure = failed;
                }
            }
            throw failure != null ? failure : EgressException.of(Refusal.of(Errno.AINONAME));
        } catch (Refusal refused) {
            throw EgressException.of(refused);
        }
    }

    private List<InetSocketAddress> allowed(Transport transport, String host, int port)
            throws Refusal {
        InetAddress literal = NetworkNames.literal(host);
        NetworkSession current = session();
        if (literal != null) {
            told = true; // when it was admitted
            try {
                return List.of(current.outbound(operation, transport, at(literal, port)));
            } finally {
                told = false;
            }
        }
        List<InetSocketAddress> allowed = new ArrayList<>();
        Refusal refusal = null;
        for (InetAddress address : addresses(transport, host, port)) {
            try {
                allowed.add(current.outbound(operation, transport, at(address, port)));
            } catch (Refusal refused) {
                refusal = refused;
            }
        }
        if (allowed.isEmpty() && refusal != null) {
            throw refusal;
        }
        return allowed.subList(0, Math.min(allowed.size(), MAX_TRIED));
    }

    private static InetSocketAddress at(InetAddress address, int port) {
        return new InetSocketAddress(address, port);
    }

    private List<InetAddress> addresses(Transport transport, String host, int port) throws Refusal {
        NetworkNames names = session().names();
        NameRequest request = names.ask(operation, host);
        while (!request.isDone()) {
            check();
            LockSupport.parkNanos(this, LOOKUP_PAUSE_NANOS);
        }
        try {
            return names.answer(request);
        } catch (Refusal refused) {
            if (refused.errno() == Errno.ACCES) {
                decided(transport, host, port, "its addresses are none that a rule allows");
            }
            throw refused;
        }
    }

    private EgressConnection open(Transport transport, String host, InetSocketAddress address)
            throws Refusal, IOException {
        StreamSocket socket =
                (StreamSocket)
                        session().open(operation, transport, Family.of(address.getAddress()));
        EgressConnection connection =
                new EgressConnection(egress, transport, host, address, socket);
        boolean done = false;
        try {
            if (!egress.add(connection)) {
                throw Refusal.of(Errno.ACCES); // the rules changed meanwhile
            }
            connection.useIn(this);
            connection.connect();
            done = true;
            return connection;
        } finally {
            if (!done) {
                connection.close();
            }
        }
    }

    /** The network as it is now; names stay pinned as long as the rules stay the same. */
    private NetworkSession session() {
        NetworkDoor now = egress.door();
        NetworkSession current = network;
        if (current == null || door != now) {
            current = new NetworkSession(now, egress.ledger(), decisions);
            closeQuietly(network);
            network = current;
            door = now;
        }
        return current;
    }

    /** Names are told with scheme and port, as the grant that they need, so not by the shim. */
    private void decided(String by, Use use, String subject, boolean allowed, String reason) {
        if (use == Use.NET_OUTBOUND && !told) {
            trail.decided(by, use, subject, allowed, reason);
        }
    }

    private void decided(Transport transport, String host, int port, @Nullable String reason) {
        String subject = subject(transport, host, port);
        trail.decided(
                operation, Use.NET_OUTBOUND, subject, reason == null, reason == null ? "" : reason);
    }

    private static Transport transport(boolean secure) {
        return secure ? Transport.HTTPS : Transport.HTTP;
    }

    /** Waits until a socket may be ready, for a while; the watch may end it. */
    void pause(StreamSocket socket, boolean reads, boolean writes) throws IOException {
        check();
        NetworkSession current = session();
        current.watcher().watch(socket, reads, writes);
        try {
            current.watcher().select(PAUSE_NANOS);
        } finally {
            current.watcher().release();
        }
    }

    /** Pays for bytes, and waits until they are not too fast. */
    void flow(long bytes) throws Refusal {
        charge(bytes);
        long nanos = egress.ledger().take(Traffic.NETWORK, bytes);
        while (nanos > 0) {
            if (egress.ledger().refuses(Traffic.NETWORK)) {
                throw Refusal.of(Errno.AGAIN);
            }
            check();
            LockSupport.parkNanos(this, Math.min(nanos, PAUSE_NANOS));
            nanos = egress.ledger().take(Traffic.NETWORK, bytes);
        }
    }

    void moved(boolean inbound, long bytes) {
        watch.moved(inbound, bytes);
    }

    private void check() {
        try {
            watch.check();
        } catch (RuntimeException ended) {
            ending = ended;
            throw ended;
        }
    }

    private void charge(long bytes) {
        try {
            watch.charge(bytes);
        } catch (RuntimeException ended) {
            ending = ended;
            throw ended;
        }
    }

    /**
     * Throws again what the watch ended the work with, if it did. For use after a library, such as
     * that of TLS, that turns what it does not know into failures of its own.
     */
    public void rethrow() {
        RuntimeException ended = ending;
        if (ended != null) {
            throw ended;
        }
    }

    private static void closeQuietly(@Nullable NetworkSession old) {
        if (old != null) {
            try {
                old.close();
            } catch (IOException unclosed) {
                // A selector that does not close holds no connection; there is nobody to tell.
                return;
            }
        }
    }

    @Override
    public void close() {
        closeQuietly(network);
        network = null;
        door = null;
    }
}
