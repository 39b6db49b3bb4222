package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.Network;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StreamSocketTest {
    private final Network network =
            Network.builder()
                    .outboundTcp("127.0.0.1")
                    .inboundTcp("127.0.0.1", 0)
                    .inboundUdp("127.0.0.1", 0)
                    .build();
    private final SocketGuest guest =
            new WasmEdgeGuest(WasiConfig.empty().withNetwork(network), true);
    private ServerSocket server;

    @BeforeEach
    void listen() throws IOException {
        server = new ServerSocket(0, 8, InetAddress.getByName("127.0.0.1"));
    }

    @AfterEach
    void close() throws IOException {
        guest.guest.wasi().close();
        network.close();
        server.close();
    }

    private static int closedPort() throws IOException {
        try (ServerSocket gone = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            return gone.getLocalPort();
        }
    }

    @Test
    void connectingWithoutWaitingIsThenWritable() throws IOException {
        int fd = guest.tcp();
        guest.nonBlocking(fd);
        Errno begun = guest.connect(fd, SocketGuest.LOCALHOST, server.getLocalPort());
        assertThat(begun).isIn(Errno.INPROGRESS, Errno.SUCCESS);
        assertThat(guest.poll(fd, false, 5_000)).isEqualTo("ESUCCESS bytes=65536 flags=0");
        assertThat(guest.error(fd)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.connect(fd, SocketGuest.LOCALHOST, server.getLocalPort()))
                .isEqualTo(Errno.ISCONN);
        assertThat(guest.receive(fd, 1, 0)).isEqualTo(Errno.AGAIN);
    }

    @Test
    void aRefusedConnectionIsToldOnceByTheOption() throws IOException {
        int fd = guest.tcp();
        guest.nonBlocking(fd);
        Errno begun = guest.connect(fd, SocketGuest.LOCALHOST, closedPort());
        if (begun == Errno.INPROGRESS) {
            assertThat(guest.poll(fd, false, 5_000)).isEqualTo("ESUCCESS bytes=0 flags=1");
            assertThat(guest.error(fd)).isEqualTo(Errno.CONNREFUSED);
        } else {
            assertThat(begun).isEqualTo(Errno.CONNREFUSED);
        }
        assertThat(guest.error(fd)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.send(fd, "x")).isEqualTo(Errno.NOTCONN);
        assertThat(guest.connect(fd, SocketGuest.LOCALHOST, server.getLocalPort()))
                .as("it can try elsewhere")
                .isIn(Errno.INPROGRESS, Errno.SUCCESS);
    }

    @Test
    void aRefusedConnectionIsTheAnswerWhenTheGuestWaits() throws IOException {
        int fd = guest.tcp();
        assertThat(guest.connect(fd, SocketGuest.LOCALHOST, closedPort()))
                .isEqualTo(Errno.CONNREFUSED);
    }

    @Test
    void boundSocketConnectsFromItsPort() throws IOException {
        int fd = guest.tcp();
        assertThat(guest.bind(fd, SocketGuest.LOCALHOST, 0)).isEqualTo(Errno.SUCCESS);
        guest.local(fd);
        int port = guest.port();
        assertThat(guest.bind(fd, SocketGuest.LOCALHOST, 0)).isEqualTo(Errno.INVAL);
        assertThat(guest.connect(fd, SocketGuest.LOCALHOST, server.getLocalPort()))
                .isEqualTo(Errno.SUCCESS);
        try (Socket host = server.accept()) {
            assertThat(host.getPort()).isEqualTo(port);
        }
    }

    @Test
    void peekedBytesAreReceivedAgain() throws IOException {
        int fd = guest.connected(server.getLocalPort());
        try (Socket host = server.accept()) {
            host.getOutputStream().write("twice".getBytes());
            guest.poll(fd, true, 5_000);
            assertThat(guest.receive(fd, 3, 1)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.text()).isEqualTo("twi");
            assertThat(guest.received(fd, 9)).isEqualTo("twice");
        }
    }

    @Test
    void waitingForAllWaitsForAll() throws Exception {
        int fd = guest.connected(server.getLocalPort());
        try (Socket host = server.accept()) {
            Thread slow =
                    new Thread(
                            () -> {
                                try {
                                    for (int i = 0; i < 4; i++) {
                                        Thread.sleep(5);
                                        host.getOutputStream().write("part".getBytes());
                                    }
                                } catch (IOException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            slow.start();
            assertThat(guest.receive(fd, 16, 2)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.text()).isEqualTo("partpartpartpart");
            slow.join();
        }
    }

    @Test
    void streamsWorkWithTheFunctionsOfFiles() throws IOException {
        int fd = guest.connected(server.getLocalPort());
        try (Socket host = server.accept()) {
            guest.guest.put(SocketGuest.CONTENT, "by write");
            guest.guest.putVectors(SocketGuest.VECTORS, SocketGuest.CONTENT, 8);
            assertThat(guest.guest.call("fd_write", fd, SocketGuest.VECTORS, 1, SocketGuest.LENGTH))
                    .isEqualTo(Errno.SUCCESS);
            assertThat(new String(host.getInputStream().readNBytes(8))).isEqualTo("by write");
            host.getOutputStream().write("by read".getBytes());
            assertThat(guest.guest.call("fd_read", fd, SocketGuest.VECTORS, 1, SocketGuest.LENGTH))
                    .isEqualTo(Errno.SUCCESS);
            assertThat(guest.text()).isEqualTo("by read");
        }
        assertThat(guest.guest.call("fd_seek", fd, 0, 0, 0)).isEqualTo(Errno.SPIPE);
        assertThat(guest.guest.call("fd_tell", fd, 0)).isEqualTo(Errno.SPIPE);
        assertThat(guest.guest.call("fd_fdstat_get", fd, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.memory().read(0)).isEqualTo((byte) 6);
        assertThat(
                        guest.guest.memory().readLong(8)
                                & (1 << 1 | 1 << 6 | 1 << 27 | 1 << 28 | 1 << 29))
                .isEqualTo(1 << 1 | 1 << 6 | 1 << 27 | 1 << 28 | 1 << 29);
        assertThat(guest.guest.call("fd_filestat_get", fd, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.memory().read(16)).isEqualTo((byte) 6);
        assertThat(guest.guest.call("fd_fdstat_set_flags", fd, 1)).isEqualTo(Errno.NOTSUP);
        assertThat(guest.guest.call("fd_renumber", fd, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.receive(0, 1, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text()).isEmpty();
        assertThat(guest.receive(fd, 1, 0)).isEqualTo(Errno.BADF);
    }

    @Test
    void eitherDirectionEndsAlone() throws IOException {
        int fd = guest.connected(server.getLocalPort());
        try (Socket host = server.accept()) {
            assertThat(guest.guest.call("sock_shutdown", fd, 0)).isEqualTo(Errno.INVAL);
            assertThat(guest.guest.call("sock_shutdown", fd, 4)).isEqualTo(Errno.INVAL);
            assertThat(guest.guest.call("sock_shutdown", fd, 2)).isEqualTo(Errno.SUCCESS);
            assertThat(host.getInputStream().read()).isEqualTo(-1);
            assertThat(guest.send(fd, "x")).isEqualTo(Errno.PIPE);
            host.getOutputStream().write("still".getBytes());
            assertThat(guest.received(fd, 9)).isEqualTo("still");
            assertThat(guest.guest.call("sock_shutdown", fd, 1)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.received(fd, 9)).isEmpty();
        }
    }

    @Test
    void aConnectionThatIsResetSaysSo() throws IOException {
        int fd = guest.connected(server.getLocalPort());
        Socket host = server.accept();
        host.setSoLinger(true, 0);
        host.close();
        assertThat(guest.poll(fd, true, 5_000)).isEqualTo("ESUCCESS bytes=0 flags=1");
        assertThat(guest.receive(fd, 1, 0)).isIn(Errno.CONNRESET, Errno.SUCCESS);
        Errno sent = Errno.SUCCESS;
        for (int i = 0; i < 100 && sent == Errno.SUCCESS; i++) {
            sent = guest.send(fd, "x");
        }
        assertThat(sent).isIn(Errno.PIPE, Errno.CONNRESET);
    }

    @Test
    void whenThereIsNoRoomNothingIsSentOrTheGuestWaits() throws Exception {
        int fd = guest.connected(server.getLocalPort());
        guest.nonBlocking(fd);
        try (Socket host = server.accept()) {
            guest.guest.putVectors(SocketGuest.VECTORS, SocketGuest.CONTENT, 50_000);
            Errno errno = Errno.SUCCESS;
            long sent = 0;
            for (int i = 0; i < 10_000 && errno == Errno.SUCCESS; i++) {
                errno = sendAll(fd);
                sent += errno == Errno.SUCCESS ? guest.length() : 0;
            }
            assertThat(errno).isEqualTo(Errno.AGAIN);
            assertThat(guest.poll(fd, false, 1)).isEqualTo("nothing");
            assertThat(guest.guest.call("fd_fdstat_set_flags", fd, 0)).isEqualTo(Errno.SUCCESS);
            Thread reader =
                    new Thread(
                            () -> {
                                try {
                                    host.getInputStream().skipNBytes(1 << 20);
                                } catch (IOException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            reader.start();
            assertThat(sendAll(fd)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.length()).isEqualTo(50_000);
            reader.join();
            assertThat(guest.guest.wasi().networkBytesSent()).isEqualTo(sent + 50_000);
        }
    }

    private Errno sendAll(int fd) {
        return guest.guest.call("sock_send", fd, SocketGuest.VECTORS, 1, 0, SocketGuest.LENGTH);
    }

    @Test
    void timesThatTheGuestSetsEndItsWait() throws IOException {
        int fd = guest.connected(server.getLocalPort());
        guest.guest.memory().writeLong(0, 0);
        guest.guest.memory().writeLong(8, 20_000);
        assertThat(guest.guest.call("sock_setsockopt", fd, 0, 11, 0, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.receive(fd, 1, 0)).isEqualTo(Errno.AGAIN);
        guest.guest.memory().writeLong(8, 1_000_000);
        assertThat(guest.guest.call("sock_setsockopt", fd, 0, 11, 0, 16)).isEqualTo(Errno.DOM);
    }

    @Test
    void rightsThatWereGivenUpAreGone() throws IOException {
        int fd = guest.connected(server.getLocalPort());
        guest.guest.call("fd_fdstat_set_rights", fd, 1L << 1, 0);
        assertThat(guest.send(fd, "x")).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.guest.call("sock_shutdown", fd, 3)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.poll(fd, true, 1)).isEqualTo("ENOTCAPABLE bytes=0 flags=0");
    }

    @Test
    void whatIsNoSocketSaysSo() {
        for (int fd : new int[] {0, 1, 2}) {
            assertThat(guest.connect(fd, SocketGuest.LOCALHOST, 1)).isEqualTo(Errno.NOTSOCK);
            assertThat(guest.listen(fd)).isEqualTo(Errno.NOTSOCK);
            assertThat(guest.receive(fd, 1, 0)).isEqualTo(Errno.NOTSOCK);
            assertThat(guest.local(fd)).isEqualTo(Errno.NOTSOCK);
        }
        assertThat(guest.connect(9, SocketGuest.LOCALHOST, 1)).isEqualTo(Errno.BADF);
    }

    @Test
    void portsAndAddressesAreChecked() {
        int fd = guest.tcp();
        assertThat(guest.connect(fd, SocketGuest.LOCALHOST, 65_536)).isEqualTo(Errno.INVAL);
        assertThat(guest.connect(fd, SocketGuest.LOCALHOST, 0)).isEqualTo(Errno.INVAL);
        assertThat(guest.bind(fd, SocketGuest.LOCALHOST, -1)).isEqualTo(Errno.INVAL);
        guest.guest.putVectors(SocketGuest.ADDRESS, SocketGuest.BUFFER, 5);
        assertThat(guest.guest.call("sock_connect", fd, SocketGuest.ADDRESS, 80))
                .isEqualTo(Errno.INVAL);
        guest.guest.putVectors(SocketGuest.ADDRESS, 65_530, 16);
        assertThat(guest.guest.call("sock_connect", fd, SocketGuest.ADDRESS, 80))
                .isEqualTo(Errno.FAULT);
        guest.guest.putVectors(SocketGuest.ADDRESS, SocketGuest.BUFFER, 128);
        guest.guest.memory().writeShort(SocketGuest.BUFFER, (short) 3);
        assertThat(guest.guest.call("sock_connect", fd, SocketGuest.ADDRESS, 80))
                .isEqualTo(Errno.AFNOSUPPORT);
        assertThat(guest.guest.call("sock_open", 3, 2, 0)).isEqualTo(Errno.AFNOSUPPORT);
        assertThat(guest.guest.call("sock_open", 1, 3, 0)).isEqualTo(Errno.INVAL);
    }
}
