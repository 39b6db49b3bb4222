package dev.cordon.cli;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InternalException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Takes requests on this machine: lets in whoever presents the token, and hands them to the routes.
 * Thread-safe.
 */
final class HttpEndpoint implements AutoCloseable {
    /** Most connections; each has a thread, so that slow ones keep nobody waiting. */
    static final int MAX_CONNECTIONS = 256;

    private static final int BACKLOG = 64;
    private static final int IDLE_SECONDS = 30;
    private static final long POLL_MILLIS = 5;
    private static final String HEALTH = "/healthz";

    private final HttpServer server;
    private final ExecutorService threads;
    private final BearerToken token;
    private final HttpRoutes routes;
    private final HostLog log;
    private final Set<String> hosts;
    private final AtomicInteger atWork = new AtomicInteger();
    private volatile boolean closing;

    private HttpEndpoint(
            HttpServer server,
            InetSocketAddress asked,
            BearerToken token,
            HttpRoutes routes,
            HostLog log) {
        this.server = server;
        this.token = token;
        this.routes = routes;
        this.log = log;
        int port = server.getAddress().getPort();
        String address = asked.getAddress().getHostAddress();
        String written = address.contains(":") ? "[::1]" : address;
        this.hosts = Set.of(written + ":" + port, "localhost:" + port);
        ThreadPoolExecutor pool =
                new ThreadPoolExecutor(
                        MAX_CONNECTIONS,
                        MAX_CONNECTIONS,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>());
        pool.allowCoreThreadTimeOut(true);
        this.threads = pool;
    }

    /**
     * Starts to take requests.
     *
     * @throws dev.cordon.error.UsageException if the address cannot be had
     */
    static HttpEndpoint start(
            InetSocketAddress address, BearerToken token, HttpRoutes routes, HostLog log) {
        HttpLimits.apply();
        try {
            HttpServer server = HttpServer.create(address, BACKLOG);
            HttpEndpoint endpoint = new HttpEndpoint(server, address, token, routes, log);
            server.setExecutor(endpoint.threads);
            server.createContext("/", endpoint::handle);
            server.start();
            return endpoint;
        } catch (IOException taken) {
            String text = address.getHostString() + ":" + address.getPort();
            throw UsageProblem.ofOption(
                    "--http",
                    text,
                    String.valueOf(taken.getMessage()),
                    "choose another port, or `none`");
        }
    }

    /** Where it is, such as {@code http://127.0.0.1:7070}. */
    String url() {
        return "http://"
                + hosts.stream()
                        .filter(host -> !host.startsWith("localhost"))
                        .findFirst()
                        .orElseThrow();
    }

    private void handle(HttpExchange exchange) {
        atWork.incrementAndGet();
        try (exchange) {
            send(exchange, answer(exchange));
        } catch (IOException gone) { // nobody is left to be answered
            return;
        } finally {
            atWork.decrementAndGet();
        }
    }

    private HttpAnswer answer(HttpExchange exchange) throws IOException {
        try {
            if (!isForUs(exchange)) {
                return HttpAnswer.refused(
                        HttpAnswer.MISDIRECTED,
                        "the request is for another host",
                        "send the header `Host: " + hosts.iterator().next() + "`");
            }
            if (closing) {
                return HttpAnswer.refused(
                        HttpAnswer.UNAVAILABLE, "this server is ending", "send it to another one");
            }
            if (HEALTH.equals(exchange.getRequestURI().getRawPath())) {
                return routes.health(exchange);
            }
            if (!token.isIn(
                    exchange.getRequestHeaders().getOrDefault("Authorization", List.of()))) {
                return HttpAnswer.refused(
                                HttpAnswer.UNAUTHORIZED,
                                "the token is missing or another one",
                                "send the header `Authorization: Bearer TOKEN`")
                        .with("WWW-Authenticate", "Bearer");
            }
            return routes.answer(exchange);
        } catch (CordonException failure) {
            if (failure.code() == ErrorCode.INTERNAL) {
                log.defect(failure);
            }
            return routes.failed(failure);
        } catch (RuntimeException | Error defect) {
            log.defect(defect);
            return HttpAnswer.of(
                    new InternalException(
                            ErrorCode.INTERNAL,
                            "cordon",
                            "the request could not be answered",
                            "the log of the server says more"));
        }
    }

    /** A page whose name was made to mean this machine sends its own name. */
    private boolean isForUs(HttpExchange exchange) {
        List<String> sent = exchange.getRequestHeaders().getOrDefault("Host", List.of());
        return sent.size() == 1 && hosts.contains(sent.get(0).toLowerCase(Locale.ROOT));
    }

    private static void send(HttpExchange exchange, HttpAnswer answer) throws IOException {
        var headers = exchange.getResponseHeaders();
        headers.set("Content-Type", answer.type());
        headers.set("Cache-Control", "no-store");
        headers.set("X-Content-Type-Options", "nosniff");
        answer.headers().forEach(headers::set);
        int length = answer.body().length;
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.sendResponseHeaders(answer.status(), length == 0 || head ? -1 : length);
        if (length > 0 && !head) {
            // Closed here and before the exchange, which would first read on where a body is left.
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(answer.body());
            }
        }
    }

    /**
     * Turns new requests away and waits for those at work.
     *
     * @param grace how long at most
     */
    void drain(Duration grace) {
        closing = true;
        long start = System.nanoTime();
        while (atWork.get() > 0 && System.nanoTime() - start < grace.toNanos()) {
            try {
                Thread.sleep(POLL_MILLIS);
            } catch (InterruptedException hurry) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    /** Ends every connection. */
    @Override
    public void close() {
        closing = true;
        server.stop(0);
        threads.shutdownNow();
    }
}
