package dev.cordon.wasi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.EgressException.Reason;
import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Limits;
import dev.cordon.wasi.limit.Rate;
import dev.cordon.wasi.limit.Traffic;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EgressTest implements EgressWatch {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private final List<String> audit = new ArrayList<>();
    private final AtomicLong charged = new AtomicLong();
    private final AtomicLong moved = new AtomicLong();
    private final ServerSocket server = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
    private int checksLeft = Integer.MAX_VALUE;

    EgressTest() throws IOException {}

    @AfterEach
    void close() throws IOException {
        server.close();
    }

    @Override
    public void check() {
        if (--checksLeft < 0) {
            throw new IllegalStateException("stopped");
        }
    }

    @Override
    public void charge(long bytes) {
        charged.addAndGet(bytes);
    }

    @Override
    public void moved(boolean inbound, long bytes) {
        moved.addAndGet(inbound ? bytes : 1000 * bytes);
    }

    private EgressSession session(Egress egress) {
        AuditTrail trail =
                AuditTrail.of(
                        it ->
                                audit.add(
                                        it.operation()
                                                + " "
                                                + it.subject()
                                                + (it.allowed() ? "" : " " + it.reason())));
        return egress.session("op", trail, this);
    }

    private static Egress egress(Network.Builder rules, Limits limits) {
        Ledger ledger = Ledger.of(limits);
        return new Egress(rules.build(), () -> ledger);
    }

    private Egress local() {
        return egress(Network.builder().outboundHttp(false, "127.0.0.1"), Limits.defaults());
    }

    private static void fails(Reason reason, Attempt attempt) {
        assertThatThrownBy(attempt::run)
                .isInstanceOfSatisfying(
                        EgressException.class, it -> assertThat(it.reason()).isEqualTo(reason));
    }

    private interface Attempt {
        void run() throws IOException;
    }

    @Test
    void bytesGoBothWaysAndAreTold() throws IOException {
        try (Egress egress = local();
                EgressSession session = session(egress)) {
            session.admit(false, "127.0.0.1", server.getLocalPort());
            EgressConnection connection =
                    session.connect(false, "127.0.0.1", server.getLocalPort());
            try (Socket other = server.accept()) {
                byte[] got = new byte[8];
                assertThatThrownBy(() -> connection.read(got, 0, 8, false))
                        .isInstanceOf(SocketTimeoutException.class);
                connection.write(HELLO, 0, 5);
                assertThat(other.getInputStream().readNBytes(5)).isEqualTo(HELLO);
                other.getOutputStream().write(HELLO);
                other.shutdownOutput();
                assertThat(connection.read(got, 1, 7, true)).isEqualTo(5);
                assertThat(got).startsWith(0, 'h', 'e');
                assertThat(connection.read(got, 0, 8, true)).isEqualTo(-1);
            }
            assertThat(moved.get()).isEqualTo(5005);
            assertThat(charged.get()).isEqualTo(10);
            assertThat(audit).containsExactly("op http://127.0.0.1:" + server.getLocalPort());
            connection.useIn(null);
            fails(Reason.CLOSED, () -> connection.write(HELLO, 0, 5));
        }
    }

    @Test
    void aNameLeadsToWhatWasCheckedAndNowhereElse() throws IOException {
        Network.Builder rules =
                Network.builder()
                        .outboundHttp(true, "*.example")
                        .outboundHttp(true, "127.0.0.1")
                        .resolver(
                                name ->
                                        List.of(
                                                InetAddress.getByName("10.0.0.1"),
                                                InetAddress.getByName("::1"),
                                                InetAddress.getByName("127.0.0.1")));
        try (Egress egress = egress(rules, Limits.defaults());
                EgressSession session = session(egress)) {
            int port = server.getLocalPort();
            session.admit(true, "a.example", port);
            assertThat(session.connect(true, "a.example", port).address())
                    .isEqualTo(new InetSocketAddress("127.0.0.1", port));
            assertThat(audit)
                    .containsExactly(
                            "op https://a.example:" + port, "op https://127.0.0.1:" + port);
            fails(Reason.DENIED, () -> session.admit(false, "a.example", port));
            fails(Reason.DENIED, () -> session.admit(true, "example", port));
            fails(Reason.DENIED, () -> session.connect(false, "a.example", port));
        }
    }

    @Test
    void aNameThatPointsInsideIsDeniedAndTold() throws IOException {
        Network.Builder rules =
                Network.builder()
                        .outboundHttp(false, "*")
                        .resolver(name -> List.of(InetAddress.getByName("192.168.1.1")));
        try (Egress egress = egress(rules, Limits.defaults());
                EgressSession session = session(egress)) {
            fails(Reason.DENIED, () -> session.connect(false, "a.example", 80));
            assertThat(audit.get(0)).startsWith("op http://a.example:80 its addresses are none");
        }
    }

    @Test
    void lookupsEndWithTheWatch() throws IOException {
        CountDownLatch never = new CountDownLatch(1);
        Network.Builder rules =
                Network.builder()
                        .outboundHttp(false, "a.example")
                        .resolver(
                                name -> {
                                    try {
                                        never.await();
                                    } catch (InterruptedException e) {
                                        Thread.currentThread().interrupt();
                                    }
                                    return List.of();
                                });
        try (Egress egress = egress(rules, Limits.defaults());
                EgressSession session = session(egress)) {
            checksLeft = 3;
            assertThatThrownBy(() -> session.connect(false, "a.example", 80)).hasMessage("stopped");
            assertThatThrownBy(session::rethrow).hasMessage("stopped");
        } finally {
            never.countDown();
        }
    }

    @Test
    void connectionsAndRatesAreLimited() throws IOException {
        Limits limits =
                Limits.defaults()
                        .withConnections(1)
                        .withRate(Traffic.NETWORK, Rate.of(1).refusing());
        try (Egress egress = egress(Network.builder().outboundHttp(false, "127.0.0.1"), limits);
                EgressSession session = session(egress)) {
            int port = server.getLocalPort();
            EgressConnection first = session.connect(false, "127.0.0.1", port);
            fails(Reason.QUOTA, () -> session.connect(false, "127.0.0.1", port));
            first.write(HELLO, 0, 5);
            fails(Reason.QUOTA, () -> first.write(HELLO, 0, 5));
            first.close();
            session.connect(false, "127.0.0.1", port);
        }
    }

    @Test
    void whatNewRulesDoNotAllowIsClosed() throws IOException {
        try (Egress egress = local();
                EgressSession session = session(egress)) {
            int port = server.getLocalPort();
            EgressConnection kept = session.connect(false, "127.0.0.1", port);
            egress.change(Network.builder().outboundHttp(false, "127.0.0.0/8", port).build());
            assertThat(kept.isOpen()).isTrue();
            egress.change(Network.builder().outboundHttp(true, "127.0.0.1").build());
            assertThat(kept.isOpen()).isFalse();
            fails(Reason.CLOSED, () -> kept.write(HELLO, 0, 5));
            fails(Reason.DENIED, () -> session.connect(false, "127.0.0.1", port));
        }
        Egress closed = local();
        closed.close();
        try (EgressSession session = session(closed)) {
            fails(Reason.DENIED, () -> session.connect(false, "127.0.0.1", 1));
        }
    }

    @Test
    void guestsSocketsHaveNoPartInIt() {
        assertThatThrownBy(() -> Network.builder().outboundTcp("*"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(Egress.host("A.Example.")).isEqualTo("a.example");
        assertThat(Egress.host("::ffff:1.2.3.4")).isEqualTo("1.2.3.4");
        assertThat(Egress.host("127.1")).isNull();
        assertThat(Egress.host("*")).isNull();
    }
}
