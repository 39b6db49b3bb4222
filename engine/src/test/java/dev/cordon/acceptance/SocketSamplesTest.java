package dev.cordon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.CallOptions;
import dev.cordon.PluginEngine;
import dev.cordon.acceptance.SampleRun.Setting;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustPolicy;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

/** Samples that use sockets, against real servers and clients on the loopback interface. */
class SocketSamplesTest {
    private final PluginEngine engine = PluginEngine.builder().trust(TrustPolicy.off()).build();

    @AfterEach
    void close() {
        engine.close();
    }

    private Setting setting(String sample) {
        return new Setting(engine, sample);
    }

    private static ServerSocketChannel bound() throws IOException {
        return ServerSocketChannel.open()
                .bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
    }

    @Test
    void echo_server() throws Exception {
        try (ServerSocketChannel socket = bound()) {
            int port = socket.socket().getLocalPort();
            CompletableFuture<SampleRun> run =
                    inBackground(() -> setting("echo-server").listeners(socket).run("2"));
            byte[] bytes = new byte[300_000];
            new java.util.Random(3).nextBytes(bytes);
            assertThat(exchange(port, bytes)).isEqualTo(bytes);
            assertThat(exchange(port, new byte[0])).isEmpty();
            SampleRun ended = run.get();
            assertThat(ended)
                    .extracting(SampleRun::err, SampleRun::out)
                    .containsExactly("", "served 2\n");
            assertThat(ended.report().netBytesIn()).isEqualTo(bytes.length);
            assertThat(ended.report().netBytesOut()).isEqualTo(bytes.length);
            assertThat(socket.isOpen()).isTrue();
        }
    }

    private static byte[] exchange(int port, byte[] bytes) throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), port)) {
            CompletableFuture<byte[]> answer =
                    inBackground(
                            () -> {
                                try {
                                    return client.getInputStream().readAllBytes();
                                } catch (IOException broken) {
                                    throw new java.io.UncheckedIOException(broken);
                                }
                            });
            OutputStream out = client.getOutputStream();
            out.write(bytes);
            client.shutdownOutput();
            return answer.get();
        }
    }

    @Test
    void withoutASocketThereIsNothingToServe() {
        SampleRun run = setting("echo-server").run();
        assertThat(run.status()).isEqualTo(2);
        assertThat(run.err()).isEqualTo("echo-server: no socket to listen on\n");
    }

    @Test
    void waitingForAConnectionEndsAtTheDeadline() throws IOException {
        try (ServerSocketChannel socket = bound()) {
            CordonException late =
                    setting("echo-server")
                            .listeners(socket)
                            .call(
                                    CallOptions.defaults()
                                            .withQuota(
                                                    Quota.widest()
                                                            .withDeadline(Duration.ofMillis(300))))
                            .failure();
            assertThat(late.code()).isEqualTo(ErrorCode.DEADLINE_EXCEEDED);
        }
    }

    @Test
    void tcp_client() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            String port = "" + server.getLocalPort();
            CompletableFuture<String> heard = inBackground(() -> answerOnce(server, "good day"));
            SampleRun run =
                    setting("tcp-client")
                            .grant("net:outbound=tcp://127.0.0.1:" + port)
                            .run("127.0.0.1", port, "hello");
            assertThat(run)
                    .extracting(SampleRun::err, SampleRun::out)
                    .containsExactly("", "good day");
            assertThat(heard.get()).isEqualTo("hello");
            assertThat(run.report().netBytesOut()).isEqualTo(5);
            assertThat(run.report().netBytesIn()).isEqualTo(8);
            SampleRun denied =
                    setting("tcp-client")
                            .grant("net:outbound=tcp://127.0.0.2")
                            .run("127.0.0.1", port, "hello");
            assertThat(denied.status()).isEqualTo(1);
            assertThat(denied.report().denied())
                    .containsExactly("net:outbound=tcp://127.0.0.1:" + port);
            assertThat(setting("tcp-client").run("127.0.0.1", port, "hello").status()).isEqualTo(1);
        }
    }

    @Test
    void closingLeavesNoSocketAndNoThread() throws Exception {
        Path descriptors = Path.of("/proc/self/fd");
        Assumptions.assumeTrue(Files.isDirectory(descriptors));
        connectOnce();
        Set<Thread> known = Thread.getAllStackTraces().keySet();
        int before = count(descriptors);
        for (int i = 0; i < 5; i++) {
            connectOnce();
        }
        assertThat(count(descriptors)).isLessThanOrEqualTo(before);
        engine.close();
        assertThat(Thread.getAllStackTraces().keySet())
                .filteredOn(thread -> thread.getName().startsWith("cordon-"))
                .isSubsetOf(known);
    }

    private void connectOnce() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 5, InetAddress.getByName("127.0.0.1"))) {
            String port = "" + server.getLocalPort();
            CompletableFuture<String> heard = inBackground(() -> answerOnce(server, "good day"));
            setting("tcp-client")
                    .grant("net:outbound=tcp://127.0.0.1")
                    .run("127.0.0.1", port, "hello");
            heard.get();
        }
    }

    private static int count(Path directory) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            return (int) entries.count();
        }
    }

    /** On a thread of its own: the common pool may have but one. */
    private static <T> CompletableFuture<T> inBackground(Supplier<T> work) {
        return CompletableFuture.supplyAsync(work, task -> new Thread(task).start());
    }

    private static String answerOnce(ServerSocket server, String answer) {
        try (Socket client = server.accept()) {
            String text =
                    new String(client.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            client.getOutputStream().write(answer.getBytes(StandardCharsets.UTF_8));
            return text;
        } catch (IOException broken) {
            throw new java.io.UncheckedIOException(broken);
        }
    }
}
