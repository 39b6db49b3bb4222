package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.Network;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SocketOptionsTest {
    private final Network network = Network.builder().outboundTcp("127.0.0.1").build();
    private final SocketGuest guest =
            new WasmEdgeGuest(WasiConfig.empty().withNetwork(network), true);
    private final int fd = guest.tcp();

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    private Errno set(int option, int value) {
        guest.guest.memory().writeI32(0, value);
        return guest.guest.call("sock_setsockopt", fd, 0, option, 0, 4);
    }

    private int get(int option) {
        assertThat(guest.guest.call("sock_getsockopt", fd, 0, option, 0, 4))
                .isEqualTo(Errno.SUCCESS);
        return guest.guest.memory().readInt(0);
    }

    @Test
    void whatIsSetIsTold() {
        assertThat(get(1)).as("type").isEqualTo(2);
        assertThat(get(13)).as("listens").isZero();
        assertThat(set(0, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(get(0)).isEqualTo(1);
        assertThat(set(7, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(get(7)).isEqualTo(1);
        assertThat(set(6, 100_000)).isEqualTo(Errno.SUCCESS);
        assertThat(get(6)).isEqualTo(100_000);
    }

    @Test
    void buffersStayWithinBounds() {
        assertThat(set(5, -1)).isEqualTo(Errno.SUCCESS);
        assertThat(get(5)).isEqualTo(1 << 20);
        assertThat(set(5, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(get(5)).isEqualTo(1024);
    }

    @Test
    void timesAndLingeringTakeMoreRoom() {
        guest.guest.memory().writeLong(0, 3);
        guest.guest.memory().writeLong(8, 5);
        assertThat(guest.guest.call("sock_setsockopt", fd, 0, 12, 0, 15)).isEqualTo(Errno.INVAL);
        assertThat(guest.guest.call("sock_setsockopt", fd, 0, 12, 0, 16)).isEqualTo(Errno.SUCCESS);
        guest.guest.memory().writeI32(100, 16);
        assertThat(guest.guest.call("sock_getsockopt", fd, 0, 12, 32, 100))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.memory().readLong(32)).isEqualTo(3);
        assertThat(guest.guest.memory().readLong(40)).isEqualTo(5);
        guest.guest.putVectors(0, 1, 7);
        assertThat(guest.guest.call("sock_setsockopt", fd, 0, 9, 0, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.call("sock_getsockopt", fd, 0, 9, 64, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.memory().readInt(64)).isEqualTo(1);
        assertThat(guest.guest.memory().readInt(68)).isEqualTo(7);
    }

    @Test
    void theSizeIsAValueOrAPointer() {
        guest.guest.memory().writeI32(100, 64);
        assertThat(guest.guest.call("sock_getsockopt", fd, 0, 1, 0, 100)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.memory().readInt(100)).isEqualTo(4);
        guest.guest.memory().writeI32(100, 3);
        assertThat(guest.guest.call("sock_getsockopt", fd, 0, 1, 0, 100)).isEqualTo(Errno.INVAL);
        assertThat(guest.guest.call("sock_getsockopt", fd, 0, 1, 0, 3)).isEqualTo(Errno.INVAL);
        assertThat(guest.guest.call("sock_getsockopt", fd, 0, 1, 0, 65_534)).isEqualTo(Errno.FAULT);
    }

    @Test
    void whatWouldReachBeyondTheSocketIsRefused() {
        assertThat(set(14, 1)).as("device").isEqualTo(Errno.ACCES);
        assertThat(set(4, 1)).as("broadcast").isEqualTo(Errno.ACCES);
        assertThat(set(4, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(set(3, 1)).as("no route").isEqualTo(Errno.NOPROTOOPT);
        assertThat(set(1, 1)).as("type").isEqualTo(Errno.NOPROTOOPT);
        assertThat(set(15, 1)).isEqualTo(Errno.NOPROTOOPT);
        assertThat(guest.guest.call("sock_setsockopt", fd, 1, 0, 0, 4)).isEqualTo(Errno.NOPROTOOPT);
    }

    @Test
    void optionsOfWamrHaveFunctionsOfTheirOwn() {
        assertThat(guest.guest.call("sock_set_keep_alive", fd, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.call("sock_get_keep_alive", fd, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(0, 2)).isEqualTo("\u0001?");
        assertThat(guest.guest.call("sock_set_recv_timeout", fd, 1_500_000))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.call("sock_get_recv_timeout", fd, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.memory().readLong(0)).isEqualTo(1_500_000);
        assertThat(guest.guest.call("sock_set_recv_timeout", fd, -1)).isEqualTo(Errno.DOM);
        assertThat(guest.guest.call("sock_set_linger", fd, 1, 9)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.call("sock_get_linger", fd, 0, 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest.memory().readInt(4)).isEqualTo(9);
        assertThat(guest.guest.call("sock_set_reuse_port", fd, 1)).isEqualTo(Errno.NOPROTOOPT);
        assertThat(guest.guest.call("sock_get_ip_ttl", fd, 0)).isEqualTo(Errno.NOPROTOOPT);
        assertThat(guest.guest.call("sock_set_broadcast", fd, 1)).isEqualTo(Errno.ACCES);
        assertThat(guest.guest.call("sock_set_ip_add_membership", fd, 0, 0))
                .isEqualTo(Errno.NOPROTOOPT);
        assertThat(guest.guest.call("sock_set_keep_alive", 1, 1)).isEqualTo(Errno.NOTSOCK);
    }
}
