package dev.cordon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ListenersTest {
    private static final Pattern PORT = Pattern.compile("tcp://127\\.0\\.0\\.1:([0-9]+)");

    @TempDir private Path directory;

    @Test
    void aGuestServesTheSocketThatItWasHanded() throws Exception {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CordonCli cli = new CordonCli(InputStream.nullInputStream(), out, err);
        String guest = CliRun.sample("echo-server", directory);
        CompletableFuture<Integer> status =
                CompletableFuture.supplyAsync(
                        () ->
                                cli.run(
                                        "run",
                                        "--listen",
                                        "tcp://127.0.0.1:0",
                                        "--deadline=60s",
                                        guest),
                        task -> new Thread(task).start());
        try (Socket client = new Socket(InetAddress.getByName("127.0.0.1"), port(err, status))) {
            client.getOutputStream().write("hello".getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            assertThat(client.getInputStream().readAllBytes()).asString().isEqualTo("hello");
        }
        assertThat(status.get()).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("served 1\n");
    }

    /** Waits for the line that names the port which the system chose. */
    private static int port(ByteArrayOutputStream err, CompletableFuture<Integer> status)
            throws InterruptedException {
        while (true) {
            Matcher line = PORT.matcher(err.toString(StandardCharsets.UTF_8));
            if (line.find()) {
                return Integer.parseInt(line.group(1));
            }
            assertThat(status).as(() -> err.toString(StandardCharsets.UTF_8)).isNotDone();
            Thread.sleep(Duration.ofMillis(20).toMillis());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1:80", "tcp://127.0.0.1", "udp://127.0.0.1:80", ""})
    void aPlaceToListenHasAForm(String place) {
        CliRun run = CliRun.of("run", "--listen=" + place, "x.wasm");
        assertThat(run.status()).isEqualTo(120);
        assertThat(run.err())
                .startsWith(
                        "CRD-702 [cordon] `--listen` cannot be `"
                                + place
                                + "`: it is not of the form tcp://ADDRESS:PORT\n");
    }

    @Test
    void aPortThatIsTakenIsAUsageError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            String place = "tcp://127.0.0.1:" + taken.getLocalPort();
            CliRun run = CliRun.of("run", "--listen", place, "x.wasm");
            assertThat(run.status()).isEqualTo(120);
            assertThat(run.err()).startsWith("CRD-702 [cordon] `--listen` cannot be `" + place);
        }
    }
}
