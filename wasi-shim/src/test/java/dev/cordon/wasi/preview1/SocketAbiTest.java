package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.Network;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The same sockets through each of the interfaces. */
class SocketAbiTest {
    private final Network network =
            Network.builder()
                    .outboundTcp("localhost")
                    .outboundUdp("127.0.0.1")
                    .outboundUdp("::1")
                    .inboundTcp("localhost", 0)
                    .inboundUdp("localhost", 0)
                    .build();

    enum Abi {
        WASM_EDGE_1(config -> new WasmEdgeGuest(config, false)),
        WASM_EDGE_2(config -> new WasmEdgeGuest(config, true)),
        WAMR(WamrGuest::new);

        private final Function<WasiConfig, SocketGuest> start;

        Abi(Function<WasiConfig, SocketGuest> start) {
            this.start = start;
        }
    }

    private SocketGuest start(Abi abi) {
        return abi.start.apply(WasiConfig.empty().withNetwork(network));
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    private static ServerSocket server() throws IOException {
        return new ServerSocket(0, 8, InetAddress.getLoopbackAddress());
    }

    @ParameterizedTest
    @EnumSource
    void guestConnectsSendsAndReceives(Abi abi) throws IOException {
        SocketGuest guest = start(abi);
        try (ServerSocket server = server()) {
            int fd = guest.connected(server.getLocalPort());
            try (Socket host = server.accept()) {
                assertThat(guest.send(fd, "ping")).isEqualTo(Errno.SUCCESS);
                assertThat(new String(host.getInputStream().readNBytes(4))).isEqualTo("ping");
                host.getOutputStream().write("answer".getBytes());
                assertThat(guest.received(fd, 100)).isEqualTo("answer");
                assertThat(guest.local(fd)).isEqualTo(Errno.SUCCESS);
                assertThat(guest.port()).isEqualTo(host.getPort());
                assertThat(guest.peer(fd)).isEqualTo(Errno.SUCCESS);
                assertThat(guest.port()).isEqualTo(server.getLocalPort());
                assertThat(guest.address()).isEqualTo(SocketGuest.LOCALHOST);
                host.shutdownOutput();
                assertThat(guest.received(fd, 100)).isEmpty();
            }
            assertThat(guest.guest.call("fd_close", fd)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.receive(fd, 1, 0)).isEqualTo(Errno.BADF);
        }
    }

    @ParameterizedTest
    @EnumSource
    void guestBindsTellsItsPortListensAndAccepts(Abi abi) throws IOException {
        SocketGuest guest = start(abi);
        int listener = guest.tcp();
        assertThat(guest.bind(listener, SocketGuest.LOCALHOST, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.local(listener)).isEqualTo(Errno.SUCCESS);
        int port = guest.port();
        assertThat(port).isPositive();
        assertThat(guest.accept(listener)).as("before listen").isEqualTo(Errno.INVAL);
        assertThat(guest.listen(listener)).isEqualTo(Errno.SUCCESS);
        try (Socket host = new Socket(InetAddress.getLoopbackAddress(), port)) {
            host.getOutputStream().write("hello".getBytes());
            assertThat(guest.accept(listener)).isEqualTo(Errno.SUCCESS);
            int fd = guest.result();
            assertThat(guest.received(fd, 5)).isEqualTo("hello");
            assertThat(guest.peer(fd)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.port()).isEqualTo(host.getLocalPort());
        }
        assertThat(guest.nonBlocking(listener)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.accept(listener)).isEqualTo(Errno.AGAIN);
    }

    @ParameterizedTest
    @EnumSource
    void datagramsGoBothWaysWithTheirSender(Abi abi) {
        SocketGuest guest = start(abi);
        int one = guest.udp();
        int other = guest.udp();
        assertThat(guest.bind(one, SocketGuest.LOCALHOST, 0)).isEqualTo(Errno.SUCCESS);
        guest.local(one);
        int port = guest.port();
        assertThat(guest.sendTo(other, "one datagram", SocketGuest.LOCALHOST, port))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.length()).isEqualTo(12);
        assertThat(guest.receiveFrom(one, 3, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text()).isEqualTo("one");
        if (abi != Abi.WAMR) {
            assertThat(guest.truncated()).isTrue();
        }
        if (abi != Abi.WASM_EDGE_1) {
            int sender = guest.port();
            guest.local(other);
            assertThat(guest.port()).isEqualTo(sender);
            assertThat(guest.sendTo(one, "back", SocketGuest.LOCALHOST, sender))
                    .as("its port is no use without a rule, but there is one")
                    .isEqualTo(Errno.SUCCESS);
            assertThat(guest.receiveFrom(other, 100, 1)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.receiveFrom(other, 100, 0)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.text()).isEqualTo("back");
            assertThat(guest.port()).isEqualTo(port);
            assertThat(guest.address()).isEqualTo(SocketGuest.LOCALHOST);
        }
        guest.nonBlocking(one);
        assertThat(guest.receiveFrom(one, 3, 0)).isEqualTo(Errno.AGAIN);
    }

    @ParameterizedTest
    @EnumSource
    void version6WorksWhereTheMachineHasIt(Abi abi) throws IOException {
        SocketGuest guest = start(abi);
        int listener = guest.opened(true, false);
        Errno bound = guest.bind(listener, SocketGuest.LOCALHOST_6, 0);
        org.junit.jupiter.api.Assumptions.assumeTrue(bound == Errno.SUCCESS);
        guest.local(listener);
        int port = guest.port();
        assertThat(guest.address()).isEqualTo(SocketGuest.LOCALHOST_6);
        assertThat(guest.listen(listener)).isEqualTo(Errno.SUCCESS);
        int client = guest.opened(true, false);
        assertThat(guest.connect(client, SocketGuest.LOCALHOST_6, port)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.accept(listener)).isEqualTo(Errno.SUCCESS);
        int accepted = guest.result();
        assertThat(guest.send(client, "six")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.received(accepted, 9)).isEqualTo("six");
        int four = guest.tcp();
        assertThat(guest.connect(four, SocketGuest.LOCALHOST_6, port)).isEqualTo(Errno.AFNOSUPPORT);
    }

    @ParameterizedTest
    @EnumSource
    void whatNoRuleAllowsIsDenied(Abi abi) {
        SocketGuest guest = start(abi);
        int tcp = guest.tcp();
        int udp = guest.udp();
        byte[] elsewhere = {10, 0, 0, 1};
        byte[] everywhere = {0, 0, 0, 0};
        assertThat(guest.connect(tcp, elsewhere, 80)).isEqualTo(Errno.ACCES);
        assertThat(guest.connect(udp, elsewhere, 53)).isEqualTo(Errno.ACCES);
        assertThat(guest.sendTo(udp, "x", elsewhere, 53)).isEqualTo(Errno.ACCES);
        assertThat(guest.bind(tcp, everywhere, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.bind(tcp, SocketGuest.LOCALHOST, 8080)).isEqualTo(Errno.ACCES);
        assertThat(guest.bind(udp, SocketGuest.LOCALHOST, 53)).isEqualTo(Errno.ACCES);
        assertThat(guest.listen(tcp)).as("at every address").isEqualTo(Errno.ACCES);
    }

    @ParameterizedTest
    @EnumSource
    void withoutANetworkThereAreNoSockets(Abi abi) {
        SocketGuest guest = abi.start.apply(WasiConfig.empty());
        assertThat(guest.open(false, false)).isEqualTo(Errno.ACCES);
        assertThat(guest.open(false, true)).isEqualTo(Errno.ACCES);
    }
}
