package dev.cordon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.EngineKind;
import dev.cordon.PluginEngine;
import dev.cordon.acceptance.SampleRun.Setting;
import dev.cordon.trust.TrustPolicy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Samples in Rust with its standard library, on real directories and real sockets. */
class RustSamplesTest {
    private static final String TOUR =
            """
            read a note and 2000 lines more
            from 2: 2___67
            size 8, file true, new
            has deep deep/copy.txt deep/deeper deep/renamed.txt numbers.txt
            counted [("a", 3), ("is", 2), ("rose", 3)]
            missing fails
            outside fails
            above fails
            full fails
            gone true
            """;

    @TempDir private Path data;

    private static Setting setting(PluginEngine engine, String sample) {
        return new Setting(engine, sample);
    }

    private static PluginEngine engine(EngineKind kind) {
        return PluginEngine.builder().trust(TrustPolicy.off()).engine(kind).build();
    }

    @ParameterizedTest
    @EnumSource
    void rust_files(EngineKind kind) throws IOException {
        Files.writeString(data.resolve("kept.txt"), "kept");
        try (PluginEngine engine = engine(kind)) {
            SampleRun run =
                    setting(engine, "rust-files")
                            .grant("fs:write=" + data + "::/data")
                            .environment(Map.of("NOTE", "a note\n"))
                            .run();
            assertThat(run)
                    .extracting(SampleRun::err, SampleRun::out, SampleRun::status)
                    .containsExactly("", TOUR, 0);
            assertThat(run.report().denied()).isNotEmpty();
            assertThat(data).isDirectoryContaining("glob:**/kept.txt");
            assertThat(data.toFile().list()).hasSize(1);

            SampleRun elsewhere =
                    setting(engine, "rust-files")
                            .grant("fs:write=" + data + "::/some/where")
                            .environment(Map.of("NOTE", "a note\n"))
                            .run("/some/where");
            assertThat(elsewhere.out()).isEqualTo(TOUR);
        }
    }

    @ParameterizedTest
    @EnumSource
    void rustSeesThatADirectoryMayOnlyBeRead(EngineKind kind) {
        try (PluginEngine engine = engine(kind)) {
            SampleRun run =
                    setting(engine, "rust-files").grant("fs:read=" + data + "::/data").run();
            assertThat(run.status()).isEqualTo(1);
            assertThat(run.err()).isEqualTo("rust-files: Read-only file system (os error 69)\n");
            assertThat(data).isEmptyDirectory();
        }
    }

    @ParameterizedTest
    @EnumSource
    void rust_sockets(EngineKind kind) throws Exception {
        try (PluginEngine engine = engine(kind);
                ServerSocket server = new ServerSocket(0, 5, loopback())) {
            String port = "" + server.getLocalPort();
            CompletableFuture<String> heard = inBackground(() -> answerOnce(server, "good day"));
            SampleRun run =
                    setting(engine, "rust-sockets")
                            .grant("net:outbound=tcp://127.0.0.1:" + port)
                            .run("client", "127.0.0.1", port, "hello");
            assertThat(run)
                    .extracting(SampleRun::err, SampleRun::out, SampleRun::status)
                    .containsExactly("", "127.0.0.1:" + port + " says good day\n", 0);
            assertThat(heard.get()).isEqualTo("hello");

            SampleRun denied =
                    setting(engine, "rust-sockets").run("client", "127.0.0.1", port, "hello");
            assertThat(denied.status()).isEqualTo(1);
            assertThat(denied.err()).startsWith("rust-sockets: Permission denied");
        }
    }

    @ParameterizedTest
    @EnumSource
    void rustServesConnections(EngineKind kind) throws Exception {
        int port = freePort();
        try (PluginEngine engine = engine(kind)) {
            CompletableFuture<SampleRun> run =
                    inBackground(
                            () ->
                                    setting(engine, "rust-sockets")
                                            .grant("net:inbound=tcp://127.0.0.1:" + port)
                                            .run("server", "" + port, "2"));
            String text = "many bytes ".repeat(2_000);
            assertThat(exchange(port, text, run)).isEqualTo(text);
            assertThat(exchange(port, "", run)).isEmpty();
            assertThat(run.get())
                    .extracting(SampleRun::err, SampleRun::out, SampleRun::status)
                    .containsExactly(
                            "",
                            "listening\n22000 bytes from 127.0.0.1\n0 bytes from 127.0.0.1\n",
                            0);

            SampleRun denied = setting(engine, "rust-sockets").run("server", "" + port, "1");
            assertThat(denied.status()).isEqualTo(1);
            assertThat(denied.err()).startsWith("rust-sockets: Permission denied");
        }
    }

    private static InetAddress loopback() throws IOException {
        return InetAddress.getByName("127.0.0.1");
    }

    private static int freePort() throws IOException {
        try (ServerSocket any = new ServerSocket(0, 1, loopback())) {
            return any.getLocalPort();
        }
    }

    private static String exchange(int port, String text, CompletableFuture<?> server)
            throws Exception {
        try (Socket client = connected(port, server)) {
            client.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
            client.shutdownOutput();
            return new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /** Waits for the guest to listen, unless it ended. */
    private static Socket connected(int port, CompletableFuture<?> server) throws IOException {
        while (true) {
            try {
                return new Socket(loopback(), port);
            } catch (ConnectException early) {
                if (server.isDone()) {
                    throw early;
                }
                LockSupport.parkNanos(10_000_000);
            }
        }
    }

    private static String answerOnce(ServerSocket server, String answer) {
        try (Socket client = server.accept()) {
            byte[] heard = client.getInputStream().readAllBytes();
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            return new String(heard, StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }

    /** On a thread of its own: the common pool may have but one. */
    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
    }
}
