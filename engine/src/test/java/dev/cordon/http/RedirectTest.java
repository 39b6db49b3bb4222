package dev.cordon.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.Network;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class RedirectTest {
    private static final String OK =
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\nok";

    private static String redirect(int status, String location) {
        return "HTTP/1.1 "
                + status
                + " Go\r\nConnection: close\r\nLocation: "
                + location
                + "\r\nContent-Length: 0\r\n\r\n";
    }

    /** Sends whoever asks for /from elsewhere. */
    private static ScriptedServer server(int status, String location) {
        return new ScriptedServer(
                (head, out) -> {
                    String path = head.split(" ")[1];
                    String said = path.startsWith("/from") ? redirect(status, location) : OK;
                    out.write(said.getBytes(StandardCharsets.ISO_8859_1));
                    return false;
                });
    }

    @ParameterizedTest
    @CsvSource({
        "301, POST, GET, false",
        "302, POST, GET, false",
        "303, POST, GET, false",
        "307, POST, POST, true",
        "308, POST, POST, true",
        "301, PUT, PUT, true",
        "302, DELETE, DELETE, true",
        "303, PUT, GET, false",
        "303, HEAD, HEAD, true",
        "301, HEAD, HEAD, true",
        "302, GET, GET, true"
    })
    void theMethodIsKeptOrBecomesGet(int status, String method, String next, boolean body)
            throws Exception {
        try (ScriptedServer server = server(status, "/to");
                ClientHarness http = ClientHarness.local()) {
            http.send(
                    "{\"method\":\""
                            + method
                            + "\",\"url\":\""
                            + server.url("/from")
                            + "\",\"headers\":{\"Content-Type\":\"a/b\",\"X\":\"y\","
                            + "\"Authorization\":\"secret\"}}",
                    "abc");
            assertThat(server.heads()).hasSize(2);
            String second = server.heads().get(1);
            assertThat(second).startsWith(next + " /to HTTP/1.1\r\n").contains("\r\nX: y\r\n");
            assertThat(second.endsWith("abc")).isEqualTo(body);
            assertThat(second.contains("Content-Type")).isEqualTo(body);
            assertThat(second).contains("Authorization: secret");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/to, /to",
        "to, /from/to",
        "../to, /to",
        "?q, /from/a?q",
        "//HOST/to, /to",
        "http://HOST/to#f, /to",
        "'', /from/a"
    })
    void aLocationIsResolvedAgainstTheUrl(String location, String path) throws Exception {
        HttpTarget base = HttpTarget.parse("http://a.example:81/from/a?x#y");
        HttpTarget next = base.redirected(location.replace("HOST", "a.example:81"));
        assertThat(next.url())
                .isEqualTo("http://a.example:81" + path + (location.isEmpty() ? "?x" : ""));
    }

    @Test
    void credentialsStayWithTheirOrigin() throws Exception {
        try (ScriptedServer to = ScriptedServer.saying(OK);
                ScriptedServer from = server(307, to.url("/to"));
                ClientHarness http = ClientHarness.local()) {
            http.send(
                    "{\"url\":\""
                            + from.url("/from")
                            + "\",\"headers\":{\"authorization\":\"a\",\"Cookie\":\"b\","
                            + "\"X\":\"y\"}}",
                    "");
            assertThat(from.heads().get(0)).contains("authorization: a", "Cookie: b");
            assertThat(to.heads().get(0))
                    .doesNotContainIgnoringCase("authorization")
                    .doesNotContainIgnoringCase("cookie")
                    .contains("X: y", "Host: 127.0.0.1:" + to.port());
        }
    }

    @Test
    void fiveRedirectsAreFollowedAndALoopEnds() throws Exception {
        try (ScriptedServer server = server(302, "/from");
                ClientHarness http = ClientHarness.local()) {
            assertThat(http.outcome(server.url("/from")))
                    .isEqualTo("FAILED there are more than 5 redirects");
            assertThat(server.heads()).hasSize(6);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "http://169.254.169.254/latest/meta-data",
        "http://[::ffff:169.254.169.254]/",
        "http://10.0.0.1/",
        "http://8.8.8.8/",
        "http://localhost/",
        "http://127.0.0.2/",
        "https://127.0.0.1/",
        "//[::1]/"
    })
    void aRedirectIsCheckedLikeARequest(String location) throws Exception {
        try (ScriptedServer server = server(302, location);
                ClientHarness http = ClientHarness.local()) {
            assertThat(http.outcome(server.url("/from"))).startsWith("DENIED ");
            assertThat(http.audit.get(http.audit.size() - 1)).startsWith("no http");
        }
    }

    @Test
    void tlsIsNeverGivenUp() throws Exception {
        HttpTarget secure = HttpTarget.parse("https://a.example/");
        assertThat(secure.redirected("https://b.example/").host()).isEqualTo("b.example");
        org.assertj.core.api.Assertions.assertThatThrownBy(
                        () -> secure.redirected("http://a.example/"))
                .hasMessage("a redirect leads from https to http");
    }

    @Test
    void anAnswerWithoutALocationIsTheAnswer() throws Exception {
        try (ScriptedServer server =
                        ScriptedServer.saying("HTTP/1.1 302 Go\r\nContent-Length: 0\r\n\r\n");
                ScriptedServer odd = ScriptedServer.saying(redirect(300, "/elsewhere"));
                ClientHarness http =
                        new ClientHarness(Network.builder().outboundHttp(false, "127.0.0.1"))) {
            assertThat(http.outcome(server.url("/"))).isEqualTo("302");
            assertThat(http.outcome(odd.url("/"))).isEqualTo("300");
        }
    }
}
