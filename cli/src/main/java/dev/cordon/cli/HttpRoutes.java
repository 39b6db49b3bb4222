package dev.cordon.cli;

import com.sun.net.httpserver.HttpExchange;
import dev.cordon.CallOptions;
import dev.cordon.PluginEngine;
import dev.cordon.bridge.Command;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.TraceContext;
import dev.cordon.capability.NamePattern;
import dev.cordon.error.CordonException;
import dev.cordon.error.UsageException;
import dev.cordon.quota.Quantities;
import dev.cordon.quota.Quota;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** What can be asked for over HTTP. Thread-safe. */
final class HttpRoutes {
    /** Most commands and events at work at the same time. */
    static final int MAX_PARALLEL = 64;

    private static final Duration DEADLINE = Duration.ofSeconds(30);
    private static final Duration MAX_DEADLINE = Duration.ofMinutes(5);
    private static final String DEADLINE_HEADER = "X-Cordon-Deadline";
    private static final String GET = "GET";
    private static final String POST = "POST";

    private final PluginEngine engine;
    private final PluginHost host;
    private final Semaphore parallel = new Semaphore(MAX_PARALLEL);
    private final HttpBody bodies = new HttpBody();

    HttpRoutes(PluginEngine engine, PluginHost host) {
        this.engine = engine;
        this.host = host;
    }

    /** That the process is there and takes requests. */
    HttpAnswer health(HttpExchange exchange) {
        return only(
                GET,
                exchange,
                () ->
                        HttpAnswer.json(
                                HttpAnswer.OK, json -> json.writeStringField("status", "ok")));
    }

    /**
     * Answers a request whose sender may send it. Paths are compared as they were sent, since names
     * need no escapes.
     *
     * @throws IOException if the connection breaks
     */
    HttpAnswer answer(HttpExchange exchange) throws IOException {
        List<String> path = List.of(exchange.getRequestURI().getRawPath().split("/", -1));
        String kind = path.size() >= 3 && path.get(1).equals("v1") ? path.get(2) : "";
        String name = path.size() == 4 ? path.get(3) : "";
        if (path.size() == 3) {
            return view(exchange, kind);
        }
        if (path.size() == 4 && kind.equals("commands")) {
            return posted(exchange, Command.MAX_PAYLOAD_BYTES, body -> send(exchange, name, body));
        }
        if (path.size() == 4 && kind.equals("events")) {
            return posted(exchange, Event.MAX_PAYLOAD_BYTES, body -> publish(exchange, name, body));
        }
        if (path.size() == 5 && kind.equals("plugins") && path.get(4).equals("release")) {
            return only(POST, exchange, () -> release(path.get(3)));
        }
        return unknown();
    }

    private HttpAnswer view(HttpExchange exchange, String kind) {
        switch (kind) {
            case "plugins":
                return only(GET, exchange, () -> HostJson.plugins(host));
            case "audit":
                return only(GET, exchange, () -> HostJson.audit(engine.audit()));
            case "dead-letters":
                return only(
                        GET, exchange, () -> HostJson.deadLetters(engine.events().deadLetters()));
            default:
                return unknown();
        }
    }

    private HttpAnswer posted(HttpExchange exchange, int most, HttpBody.Use use)
            throws IOException {
        if (!exchange.getRequestMethod().equals(POST)) {
            return wrongMethod(POST);
        }
        if (!parallel.tryAcquire()) {
            return busy(MAX_PARALLEL + " requests are at work");
        }
        try {
            return bodies.with(exchange, most, use);
        } finally {
            parallel.release();
        }
    }

    private HttpAnswer send(HttpExchange exchange, String name, byte[] body) {
        CallOptions options =
                CallOptions.defaults().withQuota(Quota.widest().withDeadline(deadline(exchange)));
        return traced(
                exchange,
                () -> HttpAnswer.bytes(engine.commands().send(name, body, options).payload()));
    }

    private HttpAnswer publish(HttpExchange exchange, String topic, byte[] body) {
        return traced(
                exchange,
                () -> {
                    String id = engine.events().publish(topic, body);
                    return HttpAnswer.json(
                            HttpAnswer.ACCEPTED, json -> json.writeStringField("id", id));
                });
    }

    private HttpAnswer release(String id) {
        HostedPlugin hosted = NamePattern.isName(id) ? host.hosted().get(id) : null;
        if (hosted == null) {
            return HttpAnswer.refused(
                    HttpAnswer.NOT_FOUND,
                    "no such plugin is hosted",
                    "`GET /v1/plugins` lists them");
        }
        boolean was = hosted.plugin().release();
        return HttpAnswer.json(HttpAnswer.OK, json -> json.writeBooleanField("released", was));
    }

    /** What a failure is answered with; if it passes, when to try again. */
    HttpAnswer failed(CordonException failure) {
        HttpAnswer answer = HttpAnswer.of(failure);
        switch (failure.code()) {
            case BUSY:
                return answer.again(1);
            case PLUGIN_BACKING_OFF:
                HostedPlugin hosted = host.hosted().get(failure.plugin());
                Instant now = Instant.now();
                Optional<Instant> next =
                        hosted == null ? Optional.empty() : hosted.plugin().health().nextAttempt();
                long seconds = next.map(it -> Duration.between(now, it).toSeconds()).orElse(0L);
                return answer.again(Math.max(0, seconds) + 1);
            default:
                return answer;
        }
    }

    /** A header that is none starts a new trace, as the specification has it. */
    private HttpAnswer traced(HttpExchange exchange, Supplier<HttpAnswer> work) {
        String header = exchange.getRequestHeaders().getFirst("traceparent");
        Optional<TraceContext> trace = Optional.ofNullable(header).flatMap(TraceContext::parse);
        return trace.isPresent() ? engine.inTrace(trace.get(), work) : work.get();
    }

    private static Duration deadline(HttpExchange exchange) {
        String text = exchange.getRequestHeaders().getFirst(DEADLINE_HEADER);
        if (text == null) {
            return DEADLINE;
        }
        Duration deadline = QuotaNames.naming(DEADLINE_HEADER, () -> Quantities.duration(text));
        if (deadline.isZero() || deadline.compareTo(MAX_DEADLINE) > 0) {
            throw tooLong(text);
        }
        return deadline;
    }

    private static UsageException tooLong(String text) {
        return UsageProblem.ofOption(
                DEADLINE_HEADER,
                text,
                "it is out of range",
                "ask for more than `0ms`, at most `5m`");
    }

    private static HttpAnswer only(
            String method, HttpExchange exchange, Supplier<HttpAnswer> work) {
        return exchange.getRequestMethod().equals(method) ? work.get() : wrongMethod(method);
    }

    private static HttpAnswer wrongMethod(String method) {
        return HttpAnswer.refused(
                        HttpAnswer.WRONG_METHOD, "the method is another one", "use " + method)
                .with("Allow", method);
    }

    private static HttpAnswer unknown() {
        return HttpAnswer.refused(
                HttpAnswer.NOT_FOUND,
                "there is nothing at this path",
                "the paths are /v1/commands/NAME, /v1/events/TOPIC, /v1/plugins,"
                        + " /v1/plugins/ID/release, /v1/audit, /v1/dead-letters and /healthz");
    }

    /** A request that may be sent again in a moment. */
    static HttpAnswer busy(String why) {
        return HttpAnswer.refused(HttpAnswer.BUSY, why, "send it again later").again(1);
    }
}
