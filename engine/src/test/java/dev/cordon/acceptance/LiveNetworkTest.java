package dev.cordon.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.Plugin;
import dev.cordon.PluginEngine;
import dev.cordon.capability.CapabilityBroker.Answer;
import dev.cordon.capability.Grant;
import dev.cordon.monitor.AuditQuery;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.trust.TrustPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A sample that connects, while what it may reach changes. */
class LiveNetworkTest {
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Answer> answers = new CopyOnWriteArrayList<>();
    private final PluginEngine engine =
            PluginEngine.builder()
                    .trust(TrustPolicy.off())
                    .broker(
                            request -> {
                                asked.add(request.capability());
                                return answers.remove(0);
                            })
                    .build();
    private ServerSocket server = new ServerSocket();

    LiveNetworkTest() throws IOException {
        server.close();
    }

    @BeforeEach
    void serve() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
        CompletableFuture.runAsync(this::echo, task -> new Thread(task, "echo").start());
    }

    private void echo() {
        while (!server.isClosed()) {
            try (Socket client = server.accept()) {
                client.getInputStream().transferTo(client.getOutputStream());
            } catch (IOException ended) {
                // The client's end, or that of the test, which the loop looks at.
                continue;
            }
        }
    }

    @AfterEach
    void close() throws IOException {
        engine.close();
        server.close();
    }

    @Test
    void addressesFollowTheGrantsAndTheBroker() {
        SampleRun.Setting client = new SampleRun.Setting(engine, "tcp-client");
        String peer = "net:outbound=tcp://127.0.0.1:" + server.getLocalPort();
        String[] args = {"127.0.0.1", "" + server.getLocalPort(), "hello"};
        try (Plugin plugin = client.load()) {
            answers.addAll(List.of(Answer.DENY, Answer.ALLOW_ONCE, Answer.DENY));
            assertThat(client.run(plugin, args).status()).as("refused").isEqualTo(1);
            assertThat(client.run(plugin, args).out()).as("allowed once").contains("hello");
            assertThat(asked).containsExactly(peer, peer);
            plugin.grant(Grant.parse(peer));
            assertThat(client.run(plugin, args).out()).as("granted").contains("hello");
            assertThat(asked).hasSize(2);
            plugin.revoke(Grant.parse(peer));
            SampleRun last = client.run(plugin, args);
            assertThat(last.status()).as("taken back").isEqualTo(1);
            assertThat(last.report().denied()).containsExactly(peer);
            assertThat(engine.audit().query(AuditQuery.all().ofCapability("net:").onlyAllowed()))
                    .extracting(AuditRecord::reason)
                    .contains("approved by the embedder");
        }
    }
}
