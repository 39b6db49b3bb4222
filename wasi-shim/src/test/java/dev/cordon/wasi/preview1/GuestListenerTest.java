package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import dev.cordon.wasi.Checkpoint;
import dev.cordon.wasi.GuestListener;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.channels.ServerSocketChannel;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Preview 1 itself, whose only sockets are those handed in. */
class GuestListenerTest {
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    private GuestListener one;
    private GuestListener two;
    private int port;
    private SocketGuest guest;

    @BeforeEach
    void listen() throws IOException {
        ServerSocketChannel channel =
                ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0));
        port = channel.socket().getLocalPort();
        one = GuestListener.of(channel);
        two = GuestListener.of(ServerSocketChannel.open().bind(new InetSocketAddress(LOOPBACK, 0)));
        guest = new WasmEdgeGuest(config(), true);
    }

    private WasiConfig config() {
        return WasiConfig.empty().withListeners(List.of(one, two));
    }

    @AfterEach
    void close() throws IOException {
        one.close();
        two.close();
    }

    @Test
    void listenersAreTheFirstDescriptorsAndStayOpen() throws IOException {
        guest.guest.call("fd_fdstat_get", 3, 0);
        assertThat(guest.guest.memory().read(0)).as("a stream").isEqualTo((byte) 6);
        guest.nonBlocking(4);
        assertThat(guest.guest.call("sock_accept", 4, 0, 16)).isEqualTo(Errno.AGAIN);
        assertThat(guest.guest.call("sock_accept", 5, 0, 16)).isEqualTo(Errno.BADF);
        assertThat(guest.guest.call("fd_close", 3)).isEqualTo(Errno.SUCCESS);
        SocketGuest next = new WasmEdgeGuest(config(), true);
        try (Socket host = new Socket(LOOPBACK, port)) {
            assertThat(next.guest.call("sock_accept", 3, 4, 16)).isEqualTo(Errno.SUCCESS);
            int fd = next.result();
            assertThat(next.receive(fd, 1, 0)).as("does not wait").isEqualTo(Errno.AGAIN);
            host.getOutputStream().write("x".getBytes());
            assertThat(next.poll(fd, true, 5_000)).isEqualTo("ESUCCESS bytes=1 flags=0");
            assertThat(next.send(fd, "answer")).isEqualTo(Errno.SUCCESS);
            assertThat(new String(host.getInputStream().readNBytes(6))).isEqualTo("answer");
        }
    }

    @Test
    void flagsAreChecked() {
        assertThat(guest.guest.call("sock_accept", 3, 1, 16)).isEqualTo(Errno.INVAL);
        assertThat(guest.guest.call("sock_accept", 3, 0, 65_533)).isEqualTo(Errno.FAULT);
        assertThat(guest.receive(3, 1, 0)).isEqualTo(Errno.NOTCONN);
        assertThat(guest.send(3, "x")).isEqualTo(Errno.NOTCONN);
        assertThat(guest.receive(3, 1, 4)).isEqualTo(Errno.INVAL);
        assertThat(guest.guest.call("sock_shutdown", 3, 3)).isEqualTo(Errno.NOTCONN);
    }

    @Test
    void theDeadlineEndsTheWait() {
        long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(60);
        Checkpoint deadline =
                new Checkpoint() {
                    @Override
                    public void check(Instance instance) {
                        if (nanosLeft(instance) <= 0) {
                            throw new IllegalStateException("time is up");
                        }
                    }

                    @Override
                    public long nanosLeft(Instance instance) {
                        return end - System.nanoTime();
                    }
                };
        SocketGuest waiting = new WasmEdgeGuest(config().withCheckpoint(deadline), true);
        assertThatThrownBy(() -> waiting.accept(3)).hasMessage("time is up");
        assertThat(System.nanoTime() - end).isBetween(0L, TimeUnit.SECONDS.toNanos(2));
    }

    @Test
    void anInterruptOfTheThreadNeitherEndsTheWaitNorIsLost() throws Exception {
        try (Socket host = new Socket()) {
            Thread.currentThread().interrupt();
            Thread later =
                    new Thread(
                            () -> {
                                try {
                                    Thread.sleep(30);
                                    host.connect(new InetSocketAddress(LOOPBACK, port));
                                } catch (IOException | InterruptedException e) {
                                    throw new IllegalStateException(e);
                                }
                            });
            later.start();
            assertThat(guest.accept(3)).isEqualTo(Errno.SUCCESS);
            assertThat(Thread.interrupted()).isTrue();
            later.join();
        }
    }
}
