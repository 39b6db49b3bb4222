package dev.cordon.wasi;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.audit.UseApproval;
import dev.cordon.wasi.net.Decisions;
import dev.cordon.wasi.net.NameRequest;
import dev.cordon.wasi.net.NetworkDoor;
import dev.cordon.wasi.net.NetworkNames;
import dev.cordon.wasi.net.NetworkSession;
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
 * Where one piece of work may connect to, by the rules as they are at each moment; takes note of
 * each decision. Belongs to one thread.
 */
final class EgressJudge implements Closeable {
    /** Most addresses of a name that are tried. */
    static final int MAX_TRIED = 4;

    private static final long LOOKUP_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

    private final Egress egress;
    private final String operation;
    private final AuditTrail trail;
    private final Decisions decisions = new Decisions(this::decided, UseApproval.NONE);
    private @Nullable NetworkDoor door;
    private @Nullable NetworkSession network;
    private boolean told;

    EgressJudge(Egress egress, String operation, AuditTrail trail) {
        this.egress = egress;
        this.operation = operation;
        this.trail = trail;
    }

    /** What a decision is about: the scheme with the host and the port. */
    static String subject(Transport transport, String host, int port) {
        String shown = host.indexOf(':') < 0 ? host : "[" + host + "]";
        return transport.scheme() + "://" + shown + ":" + port;
    }

    /** The network as it is now; names stay pinned as long as the rules stay the same. */
    NetworkSession session() {
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

    /**
     * Checks a host without looking it up.
     *
     * @throws EgressException when no rule is about it
     */
    void admit(Transport transport, String host, int port) throws EgressException {
        InetAddress literal = NetworkNames.literal(host);
        if (literal != null) {
            try {
                session().outbound(operation, transport, at(literal, port));
                return;
            } catch (Refusal refused) {
                throw EgressException.of(refused);
            }
        }
        String reason = egress.door().whyNotName(transport, host, port);
        decided(transport, host, port, reason);
        if (reason != null) {
            throw new EgressException(EgressException.Reason.DENIED, reason);
        }
    }

    /**
     * Finds the addresses of a host that was admitted, as far as they are allowed.
     *
     * @param check asked again and again while a name is looked up; what it throws ends that
     */
    List<InetSocketAddress> allowed(Transport transport, String host, int port, Runnable check)
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
        for (InetAddress address : addresses(transport, host, port, check)) {
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

    private List<InetAddress> addresses(Transport transport, String host, int port, Runnable check)
            throws Refusal {
        NetworkNames names = session().names();
        NameRequest request = names.ask(operation, host);
        while (!request.isDone()) {
            check.run();
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

    /** Names are told with scheme and port, as the grant that they need, so not by the shim. */
    private void decided(String by, Use use, String subject, boolean allowed, String reason) {
        if (use == Use.NET_OUTBOUND && !told) {
            trail.decided(by, use, subject, allowed, reason);
        }
    }

    /** Takes note of a decision about a host; a reason is a no. */
    void decided(Transport transport, String host, int port, @Nullable String reason) {
        String subject = subject(transport, host, port);
        trail.decided(
                operation, Use.NET_OUTBOUND, subject, reason == null, reason == null ? "" : reason);
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
