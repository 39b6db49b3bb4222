package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.Network;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.audit.AuditTrail;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkAuditTest {
    private final List<String> records = new ArrayList<>();

    private SocketGuest guest(Network network) {
        WasiConfig config = WasiConfig.empty().withNetwork(network);
        AuditTrail trail =
                AuditTrail.of(
                        decision ->
                                records.add(
                                        "%s %s %s %s %s"
                                                .formatted(
                                                        decision.operation(),
                                                        decision.use(),
                                                        decision.subject(),
                                                        decision.allowed(),
                                                        decision.reason())));
        return new WasmEdgeGuest(config.withAudit(trail), true);
    }

    @Test
    void everyDecisionIsToldOnceWithItsReason() throws IOException {
        try (Network network =
                Network.builder()
                        .outboundTcp("0.0.0.0/0", 80)
                        .outboundTcp("127.0.0.1", 9)
                        .inboundUdp("127.0.0.1", 0)
                        .build()) {
            SocketGuest guest = guest(network);
            int fd = guest.tcp();
            for (int i = 0; i < 100; i++) {
                assertThat(guest.connect(fd, new byte[] {10, 0, 0, 1}, 80)).isEqualTo(Errno.ACCES);
            }
            guest.connect(fd, SocketGuest.LOCALHOST, 10);
            guest.connect(guest.opened(true, false), SocketGuest.LOCALHOST_6, 80);
            guest.bind(fd, SocketGuest.LOCALHOST, 80);
            guest.bind(guest.udp(), SocketGuest.LOCALHOST, 0);
            assertThat(records)
                    .containsExactly(
                            "sock_connect NET_OUTBOUND tcp://10.0.0.1:80 false"
                                    + " its address is private and no rule names that",
                            "sock_connect NET_OUTBOUND tcp://127.0.0.1:10 false no rule allows it",
                            "sock_connect NET_OUTBOUND tcp://[0:0:0:0:0:0:0:1]:80 false"
                                    + " no rule allows it",
                            "sock_bind NET_INBOUND tcp://127.0.0.1:80 false no rule allows it",
                            "sock_bind NET_INBOUND udp://127.0.0.1:0 true ");
        }
    }

    @Test
    void withoutANetworkThatIsTheReason() {
        SocketGuest guest = guest(Network.none());
        assertThat(guest.open(false, false)).isEqualTo(Errno.ACCES);
        assertThat(records).containsExactly("sock_open NET_OUTBOUND tcp false there is no network");
    }

    @Test
    void sendingOpensNoDoorForOthers() throws IOException {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket friend = new DatagramSocket(0, loopback);
                DatagramSocket stranger = new DatagramSocket(0, loopback);
                Network network =
                        Network.builder().outboundUdp("127.0.0.1", friend.getLocalPort()).build()) {
            SocketGuest guest = guest(network);
            int fd = guest.udp();
            assertThat(guest.receiveFrom(fd, 9, 0)).as("not bound").isEqualTo(Errno.INVAL);
            assertThat(guest.sendTo(fd, "hi", SocketGuest.LOCALHOST, friend.getLocalPort()))
                    .isEqualTo(Errno.SUCCESS);
            DatagramPacket packet = new DatagramPacket(new byte[9], 9);
            friend.receive(packet);
            byte[] bad = "bad".getBytes();
            byte[] good = "good".getBytes();
            stranger.send(new DatagramPacket(bad, 3, loopback, packet.getPort()));
            friend.send(new DatagramPacket(good, 4, loopback, packet.getPort()));
            assertThat(guest.receiveFrom(fd, 9, 0)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.text()).isEqualTo("good");
            assertThat(guest.sendTo(fd, "hi", SocketGuest.LOCALHOST, stranger.getLocalPort()))
                    .isEqualTo(Errno.ACCES);
        }
    }

    @Test
    void tooLongADatagramIsRefused() throws IOException {
        try (Network network = Network.builder().outboundUdp("127.0.0.1").build()) {
            SocketGuest guest = guest(network);
            int fd = guest.udp();
            TestGuest memory = guest.guest;
            guest.sendTo(fd, "", SocketGuest.LOCALHOST, 9);
            memory.putVectors(SocketGuest.VECTORS, 0, 40_000, 0, 40_000);
            assertThat(
                            memory.call(
                                    "sock_send_to",
                                    fd,
                                    SocketGuest.VECTORS,
                                    2,
                                    SocketGuest.ADDRESS,
                                    9,
                                    0,
                                    SocketGuest.LENGTH))
                    .isEqualTo(Errno.MSGSIZE);
        }
    }
}
