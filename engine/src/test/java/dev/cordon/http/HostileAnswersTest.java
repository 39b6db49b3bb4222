package dev.cordon.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Servers that break the rules, or want too much. */
@Timeout(60)
class HostileAnswersTest {
    private static String outcome(String said) throws Exception {
        try (ScriptedServer server = ScriptedServer.saying(said);
                ClientHarness http = ClientHarness.local()) {
            return http.outcome(server.url("/"));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nContent-Length: x\r\n\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\nok\r\n0\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nok",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nffffffffffffffff\r\nok",
                "HTTP/1.1 101 Switching\r\nUpgrade: x\r\n\r\n",
                "HTTP/1.1 302 Go\r\nLocation: ://\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Go\r\nLocation: gopher://a/\r\nContent-Length: 0\r\n\r\n",
                "HTTP/1.1 302 Go\r\nLocation: http://a@b/\r\nContent-Length: 0\r\n\r\n"
            })
    void whatIsNoAnswerFails(String said) throws Exception {
        assertThat(outcome(said)).startsWith("FAILED ");
    }

    @Test
    void aHeadHasBounds() throws Exception {
        String line = "HTTP/1.1 200 OK\r\nX: " + "a".repeat(20_000) + "\r\n\r\n";
        assertThat(outcome(line)).startsWith("FAILED ");
        String many = "HTTP/1.1 200 OK\r\n" + "X: a\r\n".repeat(101) + "\r\n";
        assertThat(outcome(many)).startsWith("FAILED ");
        String interim = "HTTP/1.1 100 Continue\r\n\r\n".repeat(100);
        assertThat(outcome(interim)).startsWith("FAILED ");
        String few = "HTTP/1.1 100 Continue\r\n\r\n".repeat(3) + "HTTP/1.1 204 No\r\n\r\n";
        assertThat(outcome(few)).isEqualTo("204");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "HTTP/1.1 200 OK\r\n\r\n",
                "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n",
                "HTTP/1.1 200 OK\r\nContent-Length: 999999999999\r\n\r\n"
            })
    void anEndlessBodyIsCutOff(String head) throws Exception {
        boolean chunked = head.contains("chunked");
        String piece = (chunked ? "400\r\n" : "") + "x".repeat(1024) + (chunked ? "\r\n" : "");
        byte[] bytes = piece.getBytes(StandardCharsets.ISO_8859_1);
        try (ScriptedServer server =
                        new ScriptedServer(
                                (request, out) -> {
                                    out.write(head.getBytes(StandardCharsets.ISO_8859_1));
                                    while (true) {
                                        out.write(bytes);
                                    }
                                });
                ClientHarness http = ClientHarness.local()) {
            http.maxBody = 100_000;
            assertThat(http.outcome(server.url("/")))
                    .isEqualTo("TOO_LARGE the response is larger than 100000 bytes");
            assertThat(http.received.get()).isLessThan(400_000);
            assertThat(http.client.idle()).isZero();
        }
    }

    @Test
    void aBodyMayBeAsLargeAsTheLimitToTheByte() throws Exception {
        String said =
                "HTTP/1.1 200 OK\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                        + "3\r\nabc\r\n0\r\n\r\n";
        try (ScriptedServer server = ScriptedServer.saying(said);
                ClientHarness http = ClientHarness.local()) {
            http.maxBody = 3;
            assertThat(http.outcome(server.url("/"))).isEqualTo("200");
            http.maxBody = 2;
            assertThat(http.outcome(server.url("/"))).startsWith("TOO_LARGE");
        }
    }

    @Test
    void nothingIsDecompressed() throws Exception {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(new byte[1 << 20]);
        }
        try (ScriptedServer server =
                        new ScriptedServer(
                                (request, out) -> {
                                    out.write(
                                            ("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n"
                                                            + "Content-Length: "
                                                            + packed.size()
                                                            + "\r\n\r\n")
                                                    .getBytes(StandardCharsets.ISO_8859_1));
                                    out.write(packed.toByteArray());
                                    return false;
                                });
                ClientHarness http = ClientHarness.local()) {
            HttpAnswer answer = http.get(server.url("/"));
            assertThat(answer.body()).isEqualTo(packed.toByteArray());
            assertThat(answer.fields()).containsEntry("content-encoding", "gzip");
            assertThat(server.heads().get(0)).doesNotContainIgnoringCase("accept-encoding");
        }
    }

    @Test
    void aHeadAnswerHasNoBody() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.saying("HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n");
                ClientHarness http = ClientHarness.local()) {
            HttpAnswer answer =
                    http.send("{\"method\":\"HEAD\",\"url\":\"" + server.url("/") + "\"}", "");
            assertThat(answer.body()).isEmpty();
            assertThat(answer.fields()).containsEntry("content-length", "99");
        }
    }
}
