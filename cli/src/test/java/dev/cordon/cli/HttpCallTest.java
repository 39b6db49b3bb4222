package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.samples.SamplePlugins;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Requests over HTTP on the command line. */
class HttpCallTest {
    private static final String ANSWER =
            "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 6\r\n\r\na page";

    @TempDir private Path directory;

    private ServerSocket server;

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"));
        Thread thread = new Thread(this::answer);
        thread.setDaemon(true);
        thread.start();
    }

    private void answer() {
        while (!server.isClosed()) {
            try (Socket socket = server.accept()) {
                socket.getInputStream().read(new byte[4096]);
                socket.getOutputStream().write(ANSWER.getBytes(StandardCharsets.US_ASCII));
            } catch (IOException ended) {
                continue; // the next one, or the end of the test
            }
        }
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    private String place() {
        return "http://127.0.0.1:" + server.getLocalPort();
    }

    private String sample(String name) {
        return SamplePlugins.copyTo(name, directory).toString();
    }

    @Test
    void aPageIsFetchedWithTheGrant() {
        CliRun run =
                CliRun.of(
                        "call",
                        "--quiet",
                        "--allow",
                        "net:outbound=" + place(),
                        "--input",
                        place() + "/x",
                        sample("http-fetch"),
                        "fetch");
        assertThat(run).isEqualTo(new CliRun(0, "a page", ""));
    }

    @Test
    void withoutTheGrantItIsRefused() {
        CliRun run = CliRun.of("call", "--input", place(), sample("http-fetch"), "fetch");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err()).startsWith("refused: -1 ");
    }

    @Test
    void aGrantForSocketsSendsNoRequest() {
        CliRun run =
                CliRun.of(
                        "call",
                        "--allow",
                        "net:outbound=tcp://127.0.0.1",
                        "--input",
                        place(),
                        sample("http-fetch"),
                        "fetch");
        assertThat(run.status()).isEqualTo(1);
    }

    @Test
    void anExtismManifestAllowsHosts() throws IOException {
        String path = sample("extism-http").replace("\\", "\\\\");
        Path manifest =
                Files.writeString(
                        directory.resolve("m.json"),
                        "{\"wasm\":[{\"path\":\""
                                + path
                                + "\"}],\"allowed_hosts\":[\"127.0.0.1\"]}");
        CliRun run =
                CliRun.of(
                        "call",
                        "--quiet",
                        "--extism-manifest",
                        manifest.toString(),
                        "get",
                        "--input",
                        "{\"url\":\"" + place() + "/\"}");
        assertThat(run).isEqualTo(new CliRun(0, "a page", ""));
    }
}
