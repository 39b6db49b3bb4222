package dev.cordon.http;

import dev.cordon.wasi.EgressWatch;
import dev.cordon.wasi.Network;
import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Limits;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLContext;

/** A client with everything around it, for tests. */
final class ClientHarness implements AutoCloseable, EgressWatch {
    /** What ends a wait in tests. */
    static final class Stopped extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    final List<String> audit = new CopyOnWriteArrayList<>();
    final AtomicLong received = new AtomicLong();
    final AtomicLong sent = new AtomicLong();
    final AtomicLong charged = new AtomicLong();
    final AtomicBoolean stopped = new AtomicBoolean();
    final HttpClient client;
    long maxBody = 1 << 20;

    private final AuditTrail trail =
            AuditTrail.of(
                    decision ->
                            audit.add(
                                    (decision.allowed() ? "yes " : "no ")
                                            + decision.subject()
                                            + (decision.allowed() ? "" : " " + decision.reason())));

    ClientHarness(Network.Builder rules) {
        this(rules, Limits.defaults(), null);
    }

    ClientHarness(Network.Builder rules, Limits limits, SSLContext trust) {
        Ledger ledger = Ledger.of(limits);
        client = new HttpClient(rules.build(), () -> ledger, trust);
    }

    /** Whatever is on 127.0.0.1. */
    static ClientHarness local() {
        return new ClientHarness(Network.builder().outboundHttp(false, "127.0.0.1"));
    }

    HttpAnswer get(String url) throws HttpProblem {
        return send("{\"url\":\"" + url + "\"}", "");
    }

    HttpAnswer send(String json, String body) throws HttpProblem {
        HttpRequest request =
                HttpRequest.read(
                        json.getBytes(StandardCharsets.UTF_8),
                        body.getBytes(StandardCharsets.UTF_8));
        return client.send(request, maxBody, "http_request", trail, this);
    }

    /** What became of a request: the status, or the kind of problem. */
    String outcome(String url) {
        try {
            return String.valueOf(get(url).status());
        } catch (HttpProblem problem) {
            return problem.kind() + " " + problem.what();
        }
    }

    @Override
    public void check() {
        if (stopped.get()) {
            throw new Stopped();
        }
    }

    @Override
    public void charge(long bytes) {
        charged.addAndGet(bytes);
    }

    @Override
    public void moved(boolean inbound, long bytes) {
        (inbound ? received : sent).addAndGet(bytes);
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
