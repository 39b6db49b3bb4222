package dev.cordon.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.Network;
import dev.cordon.wasi.limit.Limits;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class TlsTest {
    private final TestTls tls = TestTls.forHost("localhost");
    private final ScriptedServer server =
            new ScriptedServer(
                    (head, out) -> {
                        String said = "got " + (head.length() - head.indexOf("\r\n\r\n") - 4);
                        out.write(
                                ("HTTP/1.1 200 OK\r\nContent-Length: "
                                                + said.length()
                                                + "\r\n\r\n"
                                                + said)
                                        .getBytes(StandardCharsets.ISO_8859_1));
                        return true;
                    },
                    tls.server().getServerSocketFactory());

    @AfterEach
    void stop() {
        server.close();
    }

    private static ClientHarness client(SSLContext trust) {
        return new ClientHarness(
                Network.builder().outboundHttp(true, "localhost").outboundHttp(true, "127.0.0.1"),
                Limits.defaults(),
                trust);
    }

    private String url(String host) {
        return "https://" + host + ":" + server.port() + "/";
    }

    @Test
    void aTrustedServerIsSpokenToAndItsConnectionKept() throws Exception {
        try (ClientHarness http = client(tls.client())) {
            for (int i = 0; i < 3; i++) {
                HttpAnswer answer =
                        http.send(
                                "{\"method\":\"PUT\",\"url\":\"" + url("localhost") + "\"}",
                                "x".repeat(100_000));
                assertThat(new String(answer.body(), StandardCharsets.UTF_8))
                        .isEqualTo("got 100000");
                assertThat(http.client.idle()).isEqualTo(1);
            }
            assertThat(server.connections()).isEqualTo(1);
            assertThat(http.sent.get()).isGreaterThan(300_000);
        }
    }

    @Test
    void aStrangerIsNotTrustedAndNeitherIsAnotherName() throws Exception {
        try (ClientHarness http = client(null)) {
            assertThat(http.outcome(url("localhost"))).startsWith("FAILED TLS failed: ");
        }
        try (ClientHarness http = client(tls.client())) {
            assertThat(http.outcome(url("127.0.0.1"))).startsWith("FAILED TLS failed: ");
            assertThat(http.client.idle()).isZero();
        }
    }

    @Test
    void theWatchEndsAHandshake() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        try (SilentServer silent = new SilentServer(asked);
                ClientHarness http = client(tls.client())) {
            CompletableFuture<Void> done =
                    CompletableFuture.runAsync(
                            () ->
                                    assertThatThrownBy(
                                                    () ->
                                                            http.get(
                                                                    "https://127.0.0.1:"
                                                                            + silent.port()
                                                                            + "/"))
                                            .isInstanceOf(ClientHarness.Stopped.class));
            assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
            http.stopped.set(true);
            done.get(10, TimeUnit.SECONDS);
        }
    }
}
