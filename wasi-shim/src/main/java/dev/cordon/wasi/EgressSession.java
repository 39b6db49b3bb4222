package dev.cordon.wasi;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.limit.Traffic;
import dev.cordon.wasi.net.Family;
import dev.cordon.wasi.net.NetworkSession;
import dev.cordon.wasi.net.StreamSocket;
import dev.cordon.wasi.net.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
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

    private static final String DISAPPROVED = "disapproved by the embedder";
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(PAUSE_MILLIS);

    private final Egress egress;
    private final String operation;
    private final EgressWatch watch;
    private final EgressJudge judge;
    private @Nullable RuntimeException ending;

    EgressSession(Egress egress, String operation, AuditTrail trail, EgressWatch watch) {
        this.egress = egress;
        this.operation = operation;
        this.watch = watch;
        this.judge = new EgressJudge(egress, operation, trail);
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
        judge.admit(transport, host, port);
        requireApproval(transport, host, port);
    }

    private void requireApproval(Transport transport, String host, int port)
            throws EgressException {
        boolean approved;
        try {
            approved = watch.approves(operation, EgressJudge.subject(transport, host, port));
        } catch (RuntimeException ended) {
            ending = ended;
            throw ended;
        }
        if (!approved) {
            judge.decided(transport, host, port, DISAPPROVED);
            throw new EgressException(EgressException.Reason.DENIED, DISAPPROVED);
        }
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
            List<InetSocketAddress> allowed = judge.allowed(transport, host, port, this::check);
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

    private EgressConnection open(Transport transport, String host, InetSocketAddress address)
            throws Refusal, IOException {
        StreamSocket socket =
                (StreamSocket)
                        judge.session().open(operation, transport, Family.of(address.getAddress()));
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

    private static Transport transport(boolean secure) {
        return secure ? Transport.HTTPS : Transport.HTTP;
    }

    /** Waits until a socket may be ready, for a while; the watch may end it. */
    void pause(StreamSocket socket, boolean reads, boolean writes) throws IOException {
        check();
        NetworkSession current = judge.session();
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

    @Override
    public void close() {
        judge.close();
    }
}
