package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.Network;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Limits;
import dev.cordon.wasi.limit.Rate;
import dev.cordon.wasi.limit.Traffic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SocketBudgetTest {
    private final Network network =
            Network.builder().outboundTcp("127.0.0.1").inboundTcp("127.0.0.1", 0).build();
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        network.close();
        server.close();
    }

    @Test
    void connectionsAreCountedAndGivenBack() throws IOException {
        Ledger ledger = Ledger.of(Limits.defaults().withConnections(2));
        SocketGuest other =
                new WasmEdgeGuest(
                        WasiConfig.empty().withNetwork(network).withLedger(ledger), false);
        int one = other.tcp();
        int two = other.tcp();
        assertThat(other.open(false, false)).isEqualTo(Errno.NFILE);
        other.guest.call("fd_close", one);
        assertThat(other.bind(two, SocketGuest.LOCALHOST, 0)).isEqualTo(Errno.SUCCESS);
        other.listen(two);
        other.local(two);
        int port = other.port();
        other.nonBlocking(two);
        assertThat(other.accept(two)).isEqualTo(Errno.AGAIN);
        try (Socket first = new Socket("127.0.0.1", port);
                Socket second = new Socket("127.0.0.1", port)) {
            assertThat(other.poll(two, true, 5_000)).isEqualTo("ESUCCESS bytes=1 flags=0");
            assertThat(other.accept(two)).isEqualTo(Errno.SUCCESS);
            int accepted = other.result();
            assertThat(other.accept(two)).isEqualTo(Errno.NFILE);
            other.guest.call("fd_close", accepted);
            assertThat(other.accept(two)).isEqualTo(Errno.SUCCESS);
            assertThat(first.isConnected() && second.isConnected()).isTrue();
        }
        other.guest.wasi().close();
        assertThat(ledger.connect() && ledger.connect()).isTrue();
        assertThat(ledger.connect()).isFalse();
    }

    @Test
    void whatIsTooFastIsRefusedOrWaits() throws IOException {
        Rate rate = new Rate(1_000_000, 10, Rate.Excess.WAIT);
        for (Rate each : new Rate[] {rate, rate.refusing()}) {
            Ledger ledger = Ledger.of(Limits.defaults().withRate(Traffic.NETWORK, each));
            SocketGuest slow =
                    new WasmEdgeGuest(
                            WasiConfig.empty().withNetwork(network).withLedger(ledger), true);
            int fd = slow.connected(server.getLocalPort());
            assertThat(slow.send(fd, "x".repeat(40_000))).isEqualTo(Errno.SUCCESS);
            assertThat(slow.send(fd, "y")).isEqualTo(each == rate ? Errno.SUCCESS : Errno.AGAIN);
            slow.guest.wasi().close();
        }
    }
}
