package dev.cordon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.Network;
import dev.cordon.wasi.limit.Limits;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class HttpClientTest {
    private static final String CLOSING = "\r\nConnection: close\r\n\r\n";
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";

    private static ScriptedServer keeping(String answer) {
        return new ScriptedServer(
                (head, out) -> {
                    out.write(answer.getBytes(StandardCharsets.ISO_8859_1));
                    return true;
                });
    }

    @Test
    void anAnswerHasStatusFieldsAndBody() throws Exception {
        String said =
                "HTTP/1.1 404 Gone\r\nX-A: 1\r\nx-a: 2\r\nContent-Length: 3\r\n\r\n\u0000\u00ff!";
        try (ScriptedServer server = ScriptedServer.saying(said);
                ClientHarness http = ClientHarness.local()) {
            HttpAnswer answer = http.get(server.url("/a?b=c#d"));
            assertThat(answer.status()).isEqualTo(404);
            assertThat(answer.fields()).isEqualTo(Map.of("x-a", "1, 2", "content-length", "3"));
            assertThat(answer.body()).containsExactly(0, 0xff, '!');
            assertThat(new String(answer.head(), StandardCharsets.UTF_8))
                    .isEqualTo(
                            "{\"status\":404,\"url\":\""
                                    + server.url("/a?b=c")
                                    + "\",\"headers\":{\"x-a\":\"1, 2\",\"content-length\":\"3\"}}");
            assertThat(server.heads())
                    .containsExactly(
                            "GET /a?b=c HTTP/1.1\r\nHost: 127.0.0.1:"
                                    + server.port()
                                    + "\r\nUser-Agent: Cordon\r\n\r\n");
            assertThat(http.audit).containsExactly("yes http://127.0.0.1:" + server.port());
            assertThat(http.received.get()).isEqualTo(said.length());
            assertThat(http.sent.get()).isEqualTo(server.heads().get(0).length());
            assertThat(http.charged.get())
                    .isGreaterThanOrEqualTo(http.received.get() + http.sent.get());
        }
    }

    @Test
    void bodiesAndFieldsAreSentAsGiven() throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(OK);
                ClientHarness http = ClientHarness.local()) {
            http.send(
                    "{\"method\":\"post\",\"url\":\""
                            + server.url("")
                            + "\",\"headers\":{\"X-Key\":\" v\",\"User-Agent\":\"me\"}}",
                    "abc");
            assertThat(server.heads().get(0))
                    .startsWith("POST / HTTP/1.1\r\nHost: ")
                    .endsWith("\r\nX-Key: v\r\nUser-Agent: me\r\nContent-Length: 3\r\n\r\nabc");
        }
    }

    @Test
    void connectionsAreKeptAndUsedAgain() throws Exception {
        try (ScriptedServer server = keeping(OK);
                ClientHarness http = ClientHarness.local()) {
            for (int i = 0; i < 5; i++) {
                assertThat(http.outcome(server.url("/"))).isEqualTo("200");
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(http.client.idle()).isEqualTo(1);
            http.client.close();
            assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(http.outcome(server.url("/"))).startsWith("DENIED");
        }
    }

    @Test
    void aConnectionThatTheServerGaveUpIsNotUsedAgain() throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(OK);
                ClientHarness http = ClientHarness.local()) {
            assertThat(http.outcome(server.url("/"))).isEqualTo("200");
            assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(http.outcome(server.url("/"))).isEqualTo("200");
            assertThat(server.connections()).isEqualTo(2);
        }
    }

    @Test
    void whatMayBeSentTwiceIsSentAgainIfAConnectionThatWaitedBreaks() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        ScriptedServer.Script once = // and at the second request on a connection it hangs up
                (head, out) -> {
                    if (asked.incrementAndGet() % 2 == 1) {
                        out.write(OK.getBytes(StandardCharsets.ISO_8859_1));
                    }
                    return asked.get() % 2 == 1;
                };
        try (ScriptedServer server = new ScriptedServer(once);
                ClientHarness http = ClientHarness.local()) {
            for (int i = 0; i < 3; i++) {
                assertThat(http.outcome(server.url("/"))).isEqualTo("200");
            }
            assertThat(server.heads()).hasSize(5);
            assertThat(server.connections()).isEqualTo(3);
            assertThatThrownBy(
                            () ->
                                    http.send(
                                            "{\"method\":\"POST\",\"url\":\""
                                                    + server.url("/")
                                                    + "\"}",
                                            ""))
                    .isInstanceOf(HttpProblem.class);
            assertThat(server.heads()).hasSize(6);
        }
    }

    @Test
    void whatNobodyAskedForIsNotTakenForTheNextAnswer() throws Exception {
        try (ScriptedServer server =
                        keeping(OK + "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nevil");
                ClientHarness http = ClientHarness.local()) {
            for (int i = 0; i < 3; i++) {
                assertThat(http.get(server.url("/")).body()).isEqualTo("ok".getBytes());
            }
            assertThat(server.connections()).isEqualTo(3);
        }
    }

    @Test
    void fewConnectionsWaitAndTheOldestMakesRoom() throws Exception {
        try (ScriptedServer first = keeping(OK);
                ScriptedServer second = keeping(OK);
                ClientHarness http =
                        new ClientHarness(
                                Network.builder().outboundHttp(false, "127.0.0.1"),
                                Limits.defaults().withConnections(1),
                                null)) {
            assertThat(http.outcome(first.url("/"))).isEqualTo("200");
            assertThat(http.outcome(second.url("/"))).isEqualTo("200");
            assertThat(first.gone().await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(http.client.idle()).isEqualTo(1);
        }
        try (ClientHarness none =
                new ClientHarness(
                        Network.builder().outboundHttp(false, "127.0.0.1"),
                        Limits.defaults().withConnections(0),
                        null)) {
            assertThat(none.outcome("http://127.0.0.1:1/"))
                    .isEqualTo("QUOTA 127.0.0.1:1: too many connections are open");
        }
    }

    @Test
    void changedRulesCloseWhatTheyDoNotAllowAndLeaveTheRest() throws Exception {
        try (ScriptedServer kept = keeping(OK);
                ScriptedServer lost = keeping(OK);
                ClientHarness http = ClientHarness.local()) {
            http.get(kept.url("/"));
            http.get(lost.url("/"));
            http.client.change(
                    Network.builder().outboundHttp(false, "127.0.0.1", kept.port()).build());
            assertThat(lost.gone().await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(http.outcome(lost.url("/"))).startsWith("DENIED");
            assertThat(http.outcome(kept.url("/"))).isEqualTo("200");
            assertThat(kept.connections()).isEqualTo(1);
        }
    }

    @Test
    void changedRulesEndAnExchangeUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = hanging(asked);
                ClientHarness http = ClientHarness.local()) {
            CompletableFuture<String> outcome =
                    CompletableFuture.supplyAsync(() -> http.outcome(server.url("/")));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            http.client.change(Network.builder().build());
            assertThat(outcome.get(10, TimeUnit.SECONDS)).startsWith("CLOSED");
        }
    }

    @Test
    void theWatchEndsAnExchangeUnderWay() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (ScriptedServer server = hanging(asked);
                ClientHarness http = ClientHarness.local()) {
            CompletableFuture<Void> done =
                    CompletableFuture.runAsync(
                            () ->
                                    assertThatThrownBy(() -> http.get(server.url("/")))
                                            .isInstanceOf(ClientHarness.Stopped.class));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            http.stopped.set(true);
            done.get(10, TimeUnit.SECONDS);
            assertThat(server.gone().await(10, TimeUnit.SECONDS)).isTrue();
            assertThat(http.client.idle()).isZero();
        }
    }

    /** One that sends a byte now and then, for ever. */
    private static ScriptedServer hanging(CountDownLatch asked) {
        return new ScriptedServer(
                (head, out) -> {
                    asked.countDown();
                    while (true) {
                        out.write('H');
                        out.flush();
                        try {
                            Thread.sleep(5);
                        } catch (InterruptedException e) {
                            return false;
                        }
                    }
                });
    }

    @Test
    void aNameIsPinnedForTheRequestAndCheckedEachTime() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        try (ScriptedServer server =
                new ScriptedServer(
                        (head, out) -> {
                            boolean first = head.startsWith("GET /a");
                            out.write(
                                    (first
                                                    ? "HTTP/1.1 302 Go\r\nConnection: close\r\nLocation: /b\r\n"
                                                            + "Content-Length: 0\r\n\r\n"
                                                    : OK.replace("\r\n\r\n", CLOSING))
                                            .getBytes(StandardCharsets.ISO_8859_1));
                            return false;
                        })) {
            Network.Builder rules =
                    Network.builder()
                            .outboundHttp(false, "rebind.example")
                            .outboundHttp(false, "127.0.0.1")
                            .resolver(
                                    name ->
                                            List.of(
                                                    InetAddress.getByName(
                                                            lookups.getAndIncrement() == 0
                                                                    ? "127.0.0.1"
                                                                    : "169.254.169.254")));
            try (ClientHarness http = new ClientHarness(rules)) {
                String url = "http://rebind.example:" + server.port() + "/a";
                assertThat(http.outcome(url)).isEqualTo("200");
                assertThat(lookups.get()).isEqualTo(1);
                assertThat(server.connections()).isEqualTo(2);
                assertThat(http.outcome(url)).startsWith("DENIED");
                assertThat(lookups.get()).isEqualTo(2);
                assertThat(server.connections()).isEqualTo(2);
                assertThat(http.audit)
                        .anyMatch(it -> it.startsWith("no http://rebind.example:" + server.port()));
            }
        }
    }

    @Test
    void requestsOfOneKindDoNotAllowTheOther() {
        try (ClientHarness http =
                new ClientHarness(
                        Network.builder()
                                .outboundTcp("127.0.0.1")
                                .outboundHttp(true, "127.0.0.1"))) {
            assertThat(http.outcome("http://127.0.0.1:1/")).startsWith("DENIED");
            assertThat(http.outcome("https://127.0.0.1:1/")).startsWith("FAILED");
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
