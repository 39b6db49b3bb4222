package dev.cordon.http;

import dev.cordon.error.GuestText;
import dev.cordon.http.HttpProblem.Kind;
import dev.cordon.wasi.Egress;
import dev.cordon.wasi.EgressException;
import dev.cordon.wasi.EgressSession;
import dev.cordon.wasi.EgressWatch;
import dev.cordon.wasi.Network;
import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.limit.Ledger;
import java.io.Closeable;
import java.io.IOException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import org.apache.hc.core5.http.HttpException;
import org.jspecify.annotations.Nullable;

/**
 * Sends the requests of one plugin. Thread-safe.
 *
 * <p>No cookies, no credentials of the host, no proxy, no decompression: what the guest says is
 * what is sent, and what comes is what it gets. A harmless request is sent once more if a
 * connection that had waited breaks before anything was answered.
 */
public final class HttpClient implements Closeable {
    /** Most redirects followed for one request. */
    public static final int MAX_REDIRECTS = 5;

    /**
     * What sending a request costs beside its bytes, in bytes: lookups, connections, handshakes.
     */
    private static final int REQUEST_BYTES = 80_000;

    private static final int MAX_SHOWN = 200;

    private final Egress egress;
    private final @Nullable SSLContext trust;
    private final IdleConnections idle = new IdleConnections();

    /**
     * Opens nothing yet.
     *
     * @param network where requests may go
     * @param ledger counts connections and bytes; asked for at each use, since it may change
     * @param trust whom to believe with TLS; null for the JVM's own trust
     */
    public HttpClient(Network network, Supplier<Ledger> ledger, @Nullable SSLContext trust) {
        this.egress = new Egress(network, ledger);
        this.trust = trust;
    }

    /**
     * Changes where requests may go; connections to elsewhere are closed at once, in use or not.
     *
     * @param network where requests may go from now on
     */
    public void change(Network network) {
        egress.change(network);
    }

    /**
     * Sends a request, follows redirects, and waits for the answer.
     *
     * @param request what is asked
     * @param maxBody most bytes of the answer's body
     * @param operation the host function, for the audit trail
     * @param trail hears of every decision
     * @param watch is asked and told while it goes on; what it throws comes out of here
     * @return the answer, whatever its status
     * @throws HttpProblem if there is none
     */
    public HttpAnswer send(
            HttpRequest request,
            long maxBody,
            String operation,
            AuditTrail trail,
            EgressWatch watch)
            throws HttpProblem {
        try (EgressSession session = egress.session(operation, trail, watch)) {
            HttpRequest next = request;
            for (int hop = 0; hop <= MAX_REDIRECTS; hop++) {
                watch.charge(REQUEST_BYTES);
                HttpAnswer answer = hop(next, maxBody, session);
                String location = answer.fields().get("location");
                if (location == null || !HttpRequest.isRedirect(answer.status())) {
                    return answer;
                }
                next = next.redirected(answer.status(), next.target().redirected(location));
            }
            throw HttpProblem.failed("there are more than " + MAX_REDIRECTS + " redirects");
        }
    }

    private HttpAnswer hop(HttpRequest request, long maxBody, EgressSession session)
            throws HttpProblem {
        HttpTarget target = request.target();
        try {
            session.admit(target.secure(), target.host(), target.port());
            return exchange(request, maxBody, session);
        } catch (HttpProblem problem) {
            session.rethrow();
            throw problem;
        } catch (EgressException failed) {
            session.rethrow();
            throw problem(failed, target);
        } catch (SSLException failed) {
            session.rethrow();
            throw problem("TLS failed", failed);
        } catch (HttpException malformed) {
            session.rethrow();
            throw problem("the answer is not HTTP", malformed);
        } catch (IOException failed) {
            session.rethrow();
            throw problem("the connection failed", failed);
        }
    }

    private HttpAnswer exchange(HttpRequest request, long maxBody, EgressSession session)
            throws IOException, HttpException, HttpProblem {
        HttpConnection waiting = waiting(request.target(), session);
        if (waiting != null) {
            HttpExchange exchange = new HttpExchange(request, waiting, maxBody);
            try {
                return run(exchange, waiting);
            } catch (IOException | HttpProblem failed) {
                session.rethrow();
                if (!exchange.repeatable()) {
                    throw failed;
                }
            }
        }
        HttpConnection fresh = connection(request.target(), session);
        return run(new HttpExchange(request, fresh, maxBody), fresh);
    }

    private HttpAnswer run(HttpExchange exchange, HttpConnection connection)
            throws IOException, HttpException, HttpProblem {
        boolean reusable = false;
        try {
            HttpAnswer answer = exchange.run();
            reusable = exchange.reusable();
            return answer;
        } finally {
            if (reusable) {
                idle.give(connection);
            } else {
                connection.close();
            }
        }
    }

    private HttpConnection connection(HttpTarget target, EgressSession session) throws IOException {
        while (true) {
            try {
                return HttpConnection.open(target, session, trust);
            } catch (EgressException full) {
                if (full.reason() != EgressException.Reason.QUOTA || !idle.drop()) {
                    throw full;
                }
            }
        }
    }

    private @Nullable HttpConnection waiting(HttpTarget target, EgressSession session) {
        HttpConnection found = idle.take(target);
        while (found != null) {
            boolean good = false;
            try {
                good = found.revive(session);
            } finally {
                if (!good) {
                    found.close();
                }
            }
            if (good) {
                return found;
            }
            session.rethrow();
            found = idle.take(target);
        }
        return null;
    }

    /** How many connections wait for another request; for tests. */
    int idle() {
        return idle.size();
    }

    private static HttpProblem problem(EgressException failed, HttpTarget target) {
        Kind kind =
                switch (failed.reason()) {
                    case DENIED -> Kind.DENIED;
                    case QUOTA -> Kind.QUOTA;
                    case CLOSED -> Kind.CLOSED;
                    default -> Kind.FAILED;
                };
        return new HttpProblem(kind, target.authority() + ": " + failed.getMessage());
    }

    private static HttpProblem problem(String what, Exception failed) {
        String detail = GuestText.printable(String.valueOf(failed.getMessage()), MAX_SHOWN);
        return HttpProblem.failed(what + ": " + detail);
    }

    /**
     * Closes all connections, in use or not; no request can be sent any more.
     *
     * @throws IOException when the network fails to close
     */
    @Override
    public void close() throws IOException {
        idle.close();
        egress.close();
    }
}
