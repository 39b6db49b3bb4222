package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.Network;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.audit.AccessDecision;
import dev.cordon.wasi.audit.AuditTrail;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rules that change while a guest runs, and an embedder that decides at the use. */
class NetworkChangeTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final List<ServerSocket> servers = new ArrayList<>();
    private Network network = Network.none();

    @BeforeEach
    void listen() throws IOException {
        for (int i = 0; i < 2; i++) {
            servers.add(new ServerSocket(0, 8, LOOPBACK));
        }
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        for (ServerSocket server : servers) {
            server.close();
        }
    }

    private int port(int server) {
        return servers.get(server).getLocalPort();
    }

    private Network.Builder to(int... ports) {
        Network.Builder rules = Network.builder();
        for (int port : ports) {
            rules.outboundTcp("127.0.0.1", port);
        }
        return rules;
    }

    private SocketGuest guest(WasiConfig config) {
        return new WasmEdgeGuest(config.withNetwork(network), true);
    }

    @Test
    void onlyWhatNoRuleCoversIsClosed() throws IOException {
        network = to(port(0), port(1)).build();
        SocketGuest guest = guest(WasiConfig.empty());
        int first = guest.connected(port(0));
        int second = guest.connected(port(1));
        network.change(to(port(1)));
        assertThat(guest.send(first, "x")).isEqualTo(Errno.BADF);
        assertThat(guest.send(second, "x")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.connect(guest.tcp(), SocketGuest.LOCALHOST, port(0)))
                .isEqualTo(Errno.ACCES);
        network.widen(to(port(0), port(1)));
        guest.connected(port(0));
        assertThat(guest.send(second, "x")).isEqualTo(Errno.SUCCESS);
        guest.guest.wasi().close();
    }

    @Test
    void aTryElsewhereDoesNotHideWhereASocketIsConnected() throws IOException {
        network = to(port(0), port(1)).build();
        SocketGuest guest = guest(WasiConfig.empty());
        int first = guest.connected(port(0));
        assertThat(guest.connect(first, SocketGuest.LOCALHOST, port(1))).isEqualTo(Errno.ISCONN);
        network.change(to(port(1)));
        assertThat(guest.send(first, "x")).isEqualTo(Errno.BADF);
        guest.guest.wasi().close();
    }

    @Test
    void listenersAndWhatTheyAcceptedGoTogether() throws IOException {
        network = Network.builder().inboundTcp("127.0.0.1", 0).outboundTcp("127.0.0.1").build();
        SocketGuest guest = guest(WasiConfig.empty());
        int listener = guest.tcp();
        guest.bind(listener, SocketGuest.LOCALHOST, 0);
        guest.listen(listener);
        network.change(Network.builder().outboundTcp("127.0.0.1"));
        assertThat(guest.accept(listener)).isEqualTo(Errno.BADF);
        assertThat(guest.bind(guest.tcp(), SocketGuest.LOCALHOST, 0)).isEqualTo(Errno.ACCES);
        guest.guest.wasi().close();
    }

    @Test
    void theEmbedderHasTheLastWord() throws IOException {
        List<AccessDecision> told = new ArrayList<>();
        Set<String> approved = ConcurrentHashMap.newKeySet();
        network = Network.builder().build();
        SocketGuest guest =
                guest(
                        WasiConfig.empty()
                                .withAudit(AuditTrail.of(told::add))
                                .withApproval(
                                        (operation, use, subject, byRule) ->
                                                byRule || approved.contains(subject)));
        approved.add("tcp://127.0.0.1:" + port(0));
        int first = guest.connected(port(0));
        assertThat(guest.connect(guest.tcp(), SocketGuest.LOCALHOST, port(1)))
                .isEqualTo(Errno.ACCES);
        network.widen(to(port(1)));
        assertThat(guest.send(first, "x")).as("nothing was taken back").isEqualTo(Errno.SUCCESS);
        network.change(Network.builder());
        assertThat(guest.send(first, "x")).as("no rule covers it").isEqualTo(Errno.BADF);
        approved.clear();
        assertThat(guest.connect(guest.tcp(), SocketGuest.LOCALHOST, port(0)))
                .isEqualTo(Errno.ACCES);
        guest.guest.wasi().close();
        assertThat(told)
                .extracting(each -> each.allowed() + " " + each.reason())
                .contains("true approved by the embedder", "false no rule allows it");
    }

    @Test
    void nobodyApprovesWhatManyHear() throws IOException {
        network = Network.builder().build();
        SocketGuest guest =
                guest(WasiConfig.empty().withApproval((operation, use, subject, byRule) -> true));
        byte[] group = {(byte) 224, 0, 0, 1};
        assertThat(guest.connect(guest.tcp(), group, 80)).isEqualTo(Errno.ACCES);
        guest.guest.wasi().close();
    }

    @Test
    void theSharedNetworkStaysWhatItIs() {
        assertThatThrownBy(() -> Network.none().change(to(port(0))))
                .isInstanceOf(IllegalStateException.class);
    }
}
