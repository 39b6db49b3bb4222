package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import dev.cordon.wasi.Checkpoint;
import dev.cordon.wasi.GuestInput;
import dev.cordon.wasi.Network;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Sockets, standard input and clocks in one poll. */
class SocketPollTest {
    private static final int IN = 8192;
    private static final int OUT = 40_000;
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private final Network network =
            Network.builder()
                    .outboundTcp("127.0.0.1")
                    .outboundUdp("127.0.0.1")
                    .inboundTcp("127.0.0.1", 0)
                    .inboundUdp("127.0.0.1", 0)
                    .build();
    private final AtomicInteger checks = new AtomicInteger();
    private final SocketGuest guest = guest(silent());

    private SocketGuest guest(GuestInput stdin) {
        Checkpoint counting =
                new Checkpoint() {
                    @Override
                    public void check(Instance instance) {
                        checks.incrementAndGet();
                    }

                    @Override
                    public long nanosLeft(Instance instance) {
                        return Long.MAX_VALUE;
                    }
                };
        return new WasmEdgeGuest(
                WasiConfig.empty().withNetwork(network).withStdin(stdin).withCheckpoint(counting),
                true);
    }

    private static GuestInput silent() {
        return new GuestInput() {
            @Override
            public long ready() {
                return 0;
            }

            @Override
            public int read(byte[] target, int offset, int length) {
                return 0;
            }
        };
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    private void subscribe(int index, int tag, int value) {
        int at = IN + 48 * index;
        guest.guest.zero(at, at + 48);
        guest.guest.memory().writeLong(at, 100L + index);
        guest.guest.memory().writeByte(at + 8, (byte) tag);
        guest.guest.memory().writeI32(at + 16, tag == 0 ? 1 : value);
        if (tag == 0) {
            guest.guest.memory().writeLong(at + 24, value * 1_000_000L);
        }
    }

    private String poll(String function, int subscriptions) {
        assertThat(guest.guest.call(function, IN, OUT, subscriptions, 16)).isEqualTo(Errno.SUCCESS);
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < guest.guest.memory().readInt(16); i++) {
            int at = OUT + 32 * i;
            events.append(guest.guest.memory().readLong(at))
                    .append(":E")
                    .append(Errno.values()[guest.guest.memory().readShort(at + 8)])
                    .append(' ')
                    .append(guest.guest.memory().readLong(at + 16))
                    .append(guest.guest.memory().readShort(at + 24) == 0 ? ";" : " hangup;");
        }
        return events.toString();
    }

    @Test
    void theFirstOfManyWakesTheGuest() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 8, LOOPBACK)) {
            int fd = guest.connected(server.getLocalPort());
            int datagrams = guest.udp();
            guest.bind(datagrams, SocketGuest.LOCALHOST, 0);
            try (Socket host = server.accept()) {
                subscribe(0, 1, 0);
                subscribe(1, 1, fd);
                subscribe(2, 1, datagrams);
                subscribe(3, 0, 60_000);
                long start = System.nanoTime();
                CompletableFuture.delayedExecutor(30, TimeUnit.MILLISECONDS)
                        .execute(
                                () -> {
                                    try {
                                        host.getOutputStream().write("wake".getBytes());
                                    } catch (IOException e) {
                                        throw new IllegalStateException(e);
                                    }
                                });
                assertThat(poll("poll_oneoff", 4)).isEqualTo("101:ESUCCESS 4;");
                assertThat(System.nanoTime() - start).isLessThan(TimeUnit.SECONDS.toNanos(10));
                subscribe(0, 2, fd);
                subscribe(1, 1, fd);
                subscribe(2, 2, 99);
                assertThat(poll("epoll_oneoff", 3))
                        .isEqualTo("100:ESUCCESS 65536;101:ESUCCESS 4;102:EBADF 0;");
                assertThat(guest.received(fd, 9)).isEqualTo("wake");
                subscribe(0, 1, fd);
                subscribe(1, 0, 20);
                assertThat(poll("poll_oneoff", 2)).isEqualTo("101:ESUCCESS 0;");
            }
            subscribe(0, 1, fd);
            assertThat(poll("poll_oneoff", 1)).isEqualTo("100:ESUCCESS 0 hangup;");
        }
    }

    @Test
    void newConnectionsAndDatagramsAreReadable() throws IOException {
        int listener = guest.tcp();
        guest.bind(listener, SocketGuest.LOCALHOST, 0);
        guest.listen(listener);
        guest.local(listener);
        int port = guest.port();
        int datagrams = guest.udp();
        guest.bind(datagrams, SocketGuest.LOCALHOST, 0);
        guest.local(datagrams);
        int datagramPort = guest.port();
        try (Socket host = new Socket(LOOPBACK, port)) {
            guest.sendTo(datagrams, "to itself", SocketGuest.LOCALHOST, datagramPort);
            subscribe(0, 1, listener);
            subscribe(1, 1, datagrams);
            subscribe(2, 0, 5_000);
            String events = poll("poll_oneoff", 3);
            assertThat(events).contains("100:ESUCCESS 1;").contains("101:ESUCCESS 9;");
            assertThat(host.isConnected()).isTrue();
        }
    }

    @Test
    void socketsThatCanNeverBeReadyDoNotSpin() {
        int fd = guest.udp();
        subscribe(0, 1, fd);
        subscribe(1, 0, 100);
        assertThat(poll("poll_oneoff", 2)).isEqualTo("101:ESUCCESS 0;");
        assertThat(checks.get()).isLessThan(60);
        int connecting = guest.tcp();
        guest.poll(connecting, true, 50);
        subscribe(0, 1, connecting);
        assertThat(poll("poll_oneoff", 1)).isEqualTo("100:ESUCCESS 0 hangup;");
    }

    @Test
    void manySubscriptionsOfOneSocketAreOneWait() throws IOException {
        try (ServerSocket server = new ServerSocket(0, 8, LOOPBACK)) {
            int fd = guest.connected(server.getLocalPort());
            for (int i = 0; i < 600; i++) {
                subscribe(i, 1, fd);
            }
            subscribe(600, 0, 60);
            assertThat(poll("poll_oneoff", 601)).isEqualTo("700:ESUCCESS 0;");
            assertThat(checks.get()).isLessThan(60);
        }
    }

    @Test
    void inputAndSocketsAreToldTogether() throws IOException {
        SocketGuest fed = guest(GuestInput.of("typed".getBytes()));
        try (ServerSocket server = new ServerSocket(0, 8, LOOPBACK)) {
            int fd = fed.connected(server.getLocalPort());
            assertThat(fed.poll(0, true, 1_000)).isEqualTo("ESUCCESS bytes=5 flags=0");
            assertThat(fed.poll(fd, false, 1_000)).isEqualTo("ESUCCESS bytes=65536 flags=0");
        }
    }
}
