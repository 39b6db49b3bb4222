package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests as an attacker on the same machine, or a page in a browser, would send them. */
@Timeout(120)
class ServeHttpTest {
    private static final String AUTHORIZED = "Authorization: Bearer " + ServeRun.TOKEN + "\r\n";
    private static final int MAX_BODY = 16 << 20;

    @TempDir private static Path directory;
    private static ServeRun run;

    @BeforeAll
    static void serve() throws IOException {
        Path folder = Files.createDirectory(directory.resolve("plugins"));
        ServeRun.deploy("release-one", folder, "release");
        ServeRun.deploy("failing-reactor", folder, "failing");
        ServeRun.deploy("echo", folder, "echo");
        run = ServeRun.start(directory, folder.toString());
    }

    @AfterAll
    static void stop() {
        run.close();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Authorization: Bearer\r\n",
                "Authorization: Bearer wrong-token-of-some-length\r\n",
                "Authorization: bearer " + ServeRun.TOKEN + "\r\n",
                "Authorization: Basic " + ServeRun.TOKEN + "\r\n",
                "Authorization: Bearer " + ServeRun.TOKEN + "x\r\n",
                AUTHORIZED + AUTHORIZED
            })
    void nobodyIsLetInWithoutTheToken(String header) throws IOException {
        String answer = raw("GET /v1/plugins HTTP/1.1\r\n" + host() + header + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 401 ").contains("CRD-717");
        assertThat(answer).doesNotContain("dev.cordon.samples");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "Host: evil.example\r\n",
                "Host: 127.0.0.1\r\n",
                "Host: 127.0.0.1:1\r\n",
                "Host: 127.0.0.1.evil.example:PORT\r\n",
                "Host: localhost:PORT\r\nHost: evil.example\r\n"
            })
    void anotherHostIsTurnedAway(String host) throws IOException {
        String named = host.replace("PORT", "" + run.port());
        String answer = raw("GET /v1/plugins HTTP/1.1\r\n" + named + AUTHORIZED + "\r\n");
        assertThat(answer).startsWith("HTTP/1.1 4").doesNotContain("dev.cordon.samples");
    }

    @Test
    void healthNeedsNoToken() throws IOException {
        assertThat(raw("GET /healthz HTTP/1.1\r\n" + host() + "\r\n"))
                .startsWith("HTTP/1.1 200 ")
                .contains("{\"status\":\"ok\"}");
    }

    @ParameterizedTest
    @CsvSource({
        "/v1/commands/nothing, 404, CRD-705",
        "/v1/commands/, 400, CRD-702",
        "/v1/commands/a..b, 400, CRD-702",
        "/v1/commands/..%2Fplugins, 400, CRD-702",
        "/v1/commands/%00, 400, CRD-702",
        "/v1/commands/which/, 404, CRD-717",
        "/v1/commands/../plugins, 404, CRD-717",
        "//v1/commands/which, 404, CRD-717",
        "/v2/commands/which, 404, CRD-717",
        "/, 404, CRD-717",
        "/v1/plugins/nothing/release, 404, CRD-717",
        "/v1/plugins/*/release, 404, CRD-717",
        "/v1/plugins, 405, CRD-717",
        "/v1/events/a..b, 400, CRD-702",
        "/v1/commands/crash, 502, CRD-601",
    })
    void whatCannotBeDoneHasAStatusAndACode(String path, int status, String code)
            throws IOException {
        String request = "POST " + path + " HTTP/1.1\r\n" + host() + AUTHORIZED;
        assertThat(raw(request + "Content-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 " + status + " ")
                .contains("{\"code\":\"" + code + "\"", "\"help\":");
    }

    @Test
    void aNameAsLongAsAHeaderIsRefused() throws IOException {
        String request = "POST /v1/commands/" + "a".repeat(10_000) + " HTTP/1.1\r\n" + host();
        assertThat(raw(request + AUTHORIZED + "Content-Length: 0\r\n\r\n"))
                .startsWith("HTTP/1.1 400 ")
                .hasSizeLessThan(2_000);
    }

    @Test
    void theErrorOfAPluginIsItsOwn() {
        HttpReply answer = run.post("/v1/commands/text_and_one", "");
        assertThat(answer.status()).as(answer.body()).isEqualTo(422);
        assertThat(answer.body()).contains("\"code\":\"CRD-602\"");
    }

    @Test
    void aDeadlineIsKeptAndChecked() {
        assertThat(spin("100ms").status()).isEqualTo(504);
        for (String wrong : new String[] {"0s", "6m", "soon", "-1s"}) {
            assertThat(spin(wrong).status()).as(wrong).isEqualTo(400);
        }
    }

    private static HttpReply spin(String deadline) {
        return run.post("/v1/commands/spin", new byte[0], Map.of("X-Cordon-Deadline", deadline));
    }

    @Test
    void aBodyThatSaysItIsTooLargeIsNotRead() throws IOException {
        String request = "POST /v1/commands/which HTTP/1.1\r\n" + host() + AUTHORIZED;
        assertThat(raw(request + "Content-Length: " + (MAX_BODY + 1L) + "\r\n\r\n"))
                .startsWith("HTTP/1.1 413 ");
        assertThat(raw(request + "Content-Length: 99999999999999999999\r\n\r\n"))
                .doesNotStartWith("HTTP/1.1 200");
        assertThat(raw(request + "Content-Length: -1\r\n\r\n")).doesNotStartWith("HTTP/1.1 200");
    }

    @Test
    void theLargestBodyIsTakenAndOneByteMoreIsNot() {
        assertThat(run.post("/v1/commands/which", new byte[MAX_BODY], Map.of()).status())
                .isEqualTo(200);
        byte[] large = new byte[(1 << 20) + 1];
        assertThat(run.post("/v1/events/a", large, Map.of()).status()).isEqualTo(413);
    }

    @Test
    void aBodyInChunksIsBoundedToo() throws IOException {
        String request = "POST /v1/events/a HTTP/1.1\r\n" + host() + AUTHORIZED;
        String chunk = "100001\r\n" + "x".repeat(0x100001) + "\r\n0\r\n\r\n";
        assertThat(raw(request + "Transfer-Encoding: chunked\r\n\r\n" + chunk))
                .startsWith("HTTP/1.1 413 ");
        String small = "1\r\nx\r\n0\r\n\r\n";
        assertThat(raw(request + "Transfer-Encoding: chunked\r\n\r\n" + small))
                .startsWith("HTTP/1.1 202 ");
    }

    @Test
    void aPageGetsNoPermissionFromUs() throws IOException {
        String request = "OPTIONS /v1/commands/which HTTP/1.1\r\n" + host() + AUTHORIZED;
        assertThat(raw(request + "Origin: https://evil.example\r\n\r\n"))
                .startsWith("HTTP/1.1 405 ")
                .containsIgnoringCase("x-content-type-options: nosniff")
                .doesNotContainIgnoringCase("access-control");
    }

    private static String host() {
        return "Host: 127.0.0.1:" + run.port() + "\r\nConnection: close\r\n";
    }

    private static String raw(String request) throws IOException {
        try (Socket socket = new Socket("127.0.0.1", run.port())) {
            OutputStream out = socket.getOutputStream();
            out.write(request.getBytes(StandardCharsets.ISO_8859_1));
            out.flush();
            socket.shutdownOutput();
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
