package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.GuestListener;
import dev.cordon.wasi.Network;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** A door that is closed behind a guest. */
class RevocationTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private static Network network() {
        return Network.builder()
                .outboundTcp("127.0.0.1")
                .inboundTcp("127.0.0.1", 0)
                .inboundUdp("127.0.0.1", 0)
                .build();
    }

    private static void closeSoon(Closeable door) {
        CompletableFuture.delayedExecutor(20, TimeUnit.MILLISECONDS)
                .execute(
                        () -> {
                            try {
                                door.close();
                            } catch (IOException e) {
                                throw new IllegalStateException(e);
                            }
                        });
    }

    @Test
    void waitsOfEveryKindEnd() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 8, LOOPBACK)) {
            for (String kind : List.of("receive", "accept", "poll", "datagram")) {
                Network network = network();
                SocketGuest guest =
                        new WasmEdgeGuest(WasiConfig.empty().withNetwork(network), true);
                int connection = guest.connected(server.getLocalPort());
                int listener = guest.tcp();
                guest.bind(listener, SocketGuest.LOCALHOST, 0);
                guest.listen(listener);
                int datagrams = guest.udp();
                guest.bind(datagrams, SocketGuest.LOCALHOST, 0);
                closeSoon(network);
                switch (kind) {
                    case "receive" ->
                            assertThat(guest.receive(connection, 1, 0)).isEqualTo(Errno.BADF);
                    case "accept" -> assertThat(guest.accept(listener)).isEqualTo(Errno.BADF);
                    case "poll" ->
                            assertThat(guest.poll(connection, true, 10_000))
                                    .isEqualTo("EBADF bytes=0 flags=0");
                    default -> assertThat(guest.receiveFrom(datagrams, 1, 0)).isEqualTo(Errno.BADF);
                }
                assertThat(guest.send(connection, "x")).isEqualTo(Errno.BADF);
                assertThat(guest.listen(listener)).isEqualTo(Errno.BADF);
                assertThat(guest.open(false, false)).isEqualTo(Errno.ACCES);
                assertThat(guest.guest.call("fd_close", connection)).isEqualTo(Errno.BADF);
                guest.guest.wasi().close();
            }
        }
    }

    @Test
    void theOtherEndSeesItAtOnce() throws IOException {
        Network network = network();
        SocketGuest guest = new WasmEdgeGuest(WasiConfig.empty().withNetwork(network), true);
        try (ServerSocket server = new ServerSocket(0, 8, LOOPBACK)) {
            int fd = guest.connected(server.getLocalPort());
            int listener = guest.tcp();
            guest.bind(listener, SocketGuest.LOCALHOST, 0);
            guest.local(listener);
            int port = guest.port();
            try (Socket host = server.accept()) {
                guest.poll(fd, true, 1);
                network.close();
                assertThat(host.getInputStream().read()).isEqualTo(-1);
            }
            try (ServerSocket again = new ServerSocket()) {
                again.setReuseAddress(true);
                again.bind(new InetSocketAddress(LOOPBACK, port));
                assertThat(again.isBound()).as("its port is free").isTrue();
            }
        }
    }

    @Test
    void aNetworkIsClosedForEveryGuest() throws IOException {
        Network network = network();
        SocketGuest one = new WasmEdgeGuest(WasiConfig.empty().withNetwork(network), true);
        SocketGuest two = new WamrGuest(WasiConfig.empty().withNetwork(network));
        int first = one.tcp();
        int second = two.tcp();
        network.close();
        network.close();
        assertThat(one.local(first)).isEqualTo(Errno.BADF);
        assertThat(two.local(second)).isEqualTo(Errno.BADF);
    }

    @Test
    void aListenerTakesItsConnectionsWithIt() throws IOException {
        ServerSocketChannel channel =
                ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
        GuestListener listener = GuestListener.of(channel);
        SocketGuest guest =
                new WasmEdgeGuest(WasiConfig.empty().withListeners(List.of(listener)), true);
        try (Socket host = new Socket(LOOPBACK, channel.socket().getLocalPort())) {
            assertThat(guest.accept(3)).isEqualTo(Errno.SUCCESS);
            int fd = guest.result();
            closeSoon(listener);
            assertThat(guest.receive(fd, 1, 0)).isEqualTo(Errno.BADF);
            assertThat(guest.accept(3)).isEqualTo(Errno.BADF);
            assertThat(host.getInputStream().read()).isEqualTo(-1);
        }
        SocketGuest later =
                new WasmEdgeGuest(WasiConfig.empty().withListeners(List.of(listener)), true);
        assertThat(later.accept(3)).isEqualTo(Errno.BADF);
    }
}
