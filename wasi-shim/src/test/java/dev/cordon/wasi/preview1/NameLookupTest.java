package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.NameResolver;
import dev.cordon.wasi.Network;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NameLookupTest {
    private static final int HOST = 0;
    private static final int SERVICE = 300;
    private static final int HINTS = 400;
    private static final int HEAD = 440;
    private static final int COUNT = 444;
    private static final int NODES = 512;
    private static final int NODE_BYTES = 28 + 12 + 26 + 6;

    private final List<String> asked = Collections.synchronizedList(new ArrayList<>());
    private final Map<String, List<String>> zone =
            Map.of(
                    "api.example.org", List.of("93.184.216.34", "2606:2800:220:1::1"),
                    "inside.example.org", List.of("10.0.0.1", "127.0.0.1", "169.254.169.254"),
                    "mixed.example.org", List.of("10.0.0.1", "93.184.216.35", "::1"),
                    "private.example.org", List.of("192.168.7.7"),
                    "broken.example.org", List.of());
    private final Network network =
            Network.builder()
                    .outboundTcp("*.example.org", 443)
                    .outboundTcp("192.168.7.0/24", 443)
                    .outboundTcp("localhost", 80)
                    .resolver(this::answer)
                    .build();
    private final TestGuest guest = TestGuest.with(WasiConfig.empty().withNetwork(network));

    private List<InetAddress> answer(String name) throws UnknownHostException {
        asked.add(name);
        List<InetAddress> found = new ArrayList<>();
        for (String each : zone.getOrDefault(name, List.of())) {
            found.add(InetAddress.getByName(each));
        }
        if (name.startsWith("broken")) {
            throw new IllegalStateException("a fault of the resolver");
        }
        return found;
    }

    @AfterEach
    void close() throws IOException {
        network.close();
    }

    /** A list of nodes as guests in Rust make it: 14 bytes said, 26 there. */
    private static void list(TestGuest guest, int nodes) {
        guest.zero(HINTS, NODES + nodes * NODE_BYTES);
        guest.memory().writeI32(HEAD, NODES);
        for (int i = 0; i < nodes; i++) {
            int at = NODES + i * NODE_BYTES;
            guest.memory().writeI32(at + 12, at + 28);
            guest.memory().writeI32(at + 24, i + 1 < nodes ? at + NODE_BYTES : 0);
            guest.memory().writeI32(at + 28 + 4, 14);
            guest.memory().writeI32(at + 28 + 8, at + 40);
        }
    }

    static Errno lookUp(TestGuest guest, String host, String service, int nodes) {
        guest.put(HOST, host + "\0").put(SERVICE, service + "\0");
        list(guest, nodes);
        return again(guest, host, service, nodes);
    }

    private static Errno again(TestGuest guest, String host, String service, int nodes) {
        return guest.call(
                "sock_getaddrinfo",
                HOST,
                host.isEmpty() ? 0 : host.length() + 1,
                SERVICE,
                service.isEmpty() ? 0 : service.length() + 1,
                HINTS,
                HEAD,
                nodes,
                COUNT);
    }

    private static String node(TestGuest guest, int index) throws IOException {
        int data = NODES + index * NODE_BYTES + 40;
        boolean four = guest.memory().readInt(NODES + index * NODE_BYTES + 28 + 4) == 14;
        byte[] address = guest.memory().readBytes(data + 2, four ? 4 : 16);
        int port = (guest.memory().read(data) & 0xff) << 8 | guest.memory().read(data + 1) & 0xff;
        return InetAddress.getByAddress(address).getHostAddress() + " " + port;
    }

    private static Errno connect(TestGuest guest, String address, int port) throws IOException {
        byte[] bytes = InetAddress.getByName(address).getAddress();
        guest.call("sock_open", bytes.length == 4 ? 1 : 2, 2, 0);
        int fd = guest.memory().readInt(0);
        guest.call("fd_fdstat_set_flags", fd, 4);
        guest.putVectors(8, 32, bytes.length).memory().write(32, bytes);
        return guest.call("sock_connect", fd, 8, port);
    }

    @Test
    void addressesOfAnAllowedNameAreWritten() throws IOException {
        assertThat(lookUp(guest, "API.Example.org.", "https", 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readInt(COUNT)).isEqualTo(2);
        assertThat(node(guest, 0)).isEqualTo("93.184.216.34 443");
        assertThat(node(guest, 1)).isEqualTo("2606:2800:220:1:0:0:0:1 443");
        assertThat(guest.memory().readInt(NODES)).as("family 1, stream").isEqualTo(0x0201_0000);
        assertThat(guest.memory().readInt(NODES + 4)).as("tcp").isEqualTo(1);
        assertThat(guest.memory().readInt(NODES + 8)).as("length").isEqualTo(16);
        assertThat(asked).containsExactly("api.example.org");
    }

    @Test
    void theFirstAnswerIsPinned() throws IOException {
        AtomicInteger answers = new AtomicInteger();
        NameResolver turning =
                name ->
                        List.of(
                                InetAddress.getByName(
                                        answers.getAndIncrement() == 0 ? "8.8.8.8" : "8.8.4.4"));
        try (Network other = Network.builder().outboundTcp("a.org", 9).resolver(turning).build()) {
            TestGuest turned = TestGuest.with(WasiConfig.empty().withNetwork(other));
            assertThat(connect(turned, "8.8.8.8", 9)).as("never asked").isEqualTo(Errno.ACCES);
            assertThat(lookUp(turned, "a.org", "9", 1)).isEqualTo(Errno.SUCCESS);
            assertThat(node(turned, 0)).isEqualTo("8.8.8.8 9");
            assertThat(lookUp(turned, "a.org", "9", 1)).isEqualTo(Errno.SUCCESS);
            assertThat(node(turned, 0)).isEqualTo("8.8.8.8 9");
            assertThat(answers).hasValue(1);
            assertThat(connect(turned, "8.8.4.4", 9)).isEqualTo(Errno.ACCES);
            assertThat(connect(turned, "8.8.8.8", 10)).isEqualTo(Errno.ACCES);
        }
    }

    @Test
    void aNameThatPointsInsideIsDenied() throws IOException {
        byte[] before = guest.everything();
        assertThat(lookUp(guest, "inside.example.org", "", 4)).isEqualTo(Errno.ACCES);
        assertThat(connect(guest, "10.0.0.1", 443)).isEqualTo(Errno.ACCES);
        assertThat(connect(guest, "127.0.0.1", 443)).isEqualTo(Errno.ACCES);
        assertThat(connect(guest, "169.254.169.254", 443)).isEqualTo(Errno.ACCES);
        assertThat(before).hasSize(TestGuest.MEMORY_BYTES);
    }

    @Test
    void onlyTheOutsideOfAMixedAnswerIsTold() throws IOException {
        assertThat(lookUp(guest, "mixed.example.org", "", 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readInt(COUNT)).isEqualTo(1);
        assertThat(node(guest, 0)).isEqualTo("93.184.216.35 0");
        assertThat(connect(guest, "10.0.0.1", 443)).isEqualTo(Errno.ACCES);
    }

    @Test
    void anInsideThatARuleNamesIsReached() throws IOException {
        assertThat(lookUp(guest, "private.example.org", "", 1)).isEqualTo(Errno.SUCCESS);
        assertThat(node(guest, 0)).isEqualTo("192.168.7.7 0");
    }

    @Test
    void localhostIsNeverAskedFor() throws IOException {
        assertThat(lookUp(guest, "localhost", "http", 4)).isEqualTo(Errno.SUCCESS);
        assertThat(node(guest, 0)).isEqualTo("127.0.0.1 80");
        assertThat(node(guest, 1)).isEqualTo("0:0:0:0:0:0:0:1 80");
        assertThat(asked).isEmpty();
    }

    @Test
    void namesWithoutARuleAreNotToldToAnyServer() {
        assertThat(lookUp(guest, "secret.elsewhere.org", "", 1)).isEqualTo(Errno.ACCES);
        assertThat(lookUp(guest, "example.org", "", 1)).isEqualTo(Errno.ACCES);
        assertThat(lookUp(TestGuest.plain(), "api.example.org", "", 1)).isEqualTo(Errno.ACCES);
        assertThat(asked).isEmpty();
    }

    @Test
    void whatIsNoNameOrNotKnownSaysSo() {
        assertThat(lookUp(guest, "", "", 1)).isEqualTo(Errno.AINONAME);
        assertThat(lookUp(guest, "127.1", "", 1)).isEqualTo(Errno.AINONAME);
        assertThat(lookUp(guest, "0x7f000001", "", 1)).isEqualTo(Errno.AINONAME);
        assertThat(lookUp(guest, "a b", "", 1)).isEqualTo(Errno.AINONAME);
        assertThat(lookUp(guest, "x".repeat(256), "", 1)).isEqualTo(Errno.AINONAME);
        assertThat(lookUp(guest, "none.example.org", "", 1)).isEqualTo(Errno.AINONAME);
        assertThat(lookUp(guest, "broken.example.org", "", 1)).isEqualTo(Errno.AIFAIL);
        assertThat(lookUp(guest, "api.example.org", "gopher", 1)).isEqualTo(Errno.AISERVICE);
        assertThat(lookUp(guest, "api.example.org", "65536", 1)).isEqualTo(Errno.AISERVICE);
        assertThat(lookUp(guest, "api.example.org", "", 0)).isEqualTo(Errno.AIMEMORY);
    }

    @Test
    void addressesNeedNoServerAndHintsChoose() throws IOException {
        assertThat(lookUp(guest, "10.1.2.3", "7", 2)).isEqualTo(Errno.SUCCESS);
        assertThat(node(guest, 0)).isEqualTo("10.1.2.3 7");
        guest.put(HOST, "api.example.org\0");
        list(guest, 2);
        guest.memory().writeByte(HINTS + 2, (byte) 2);
        guest.memory().writeByte(HINTS + 3, (byte) 1);
        assertThat(again(guest, "api.example.org", "", 2)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readInt(COUNT)).isEqualTo(1);
        assertThat(node(guest, 0)).startsWith("2606:");
        assertThat(guest.memory().readInt(NODES + 4)).as("udp").isEqualTo(2);
        guest.memory().writeI32(HINTS, 4);
        assertThat(again(guest, "api.example.org", "", 2)).isEqualTo(Errno.AINONAME);
        guest.memory().writeByte(HINTS + 2, (byte) 9);
        assertThat(again(guest, "api.example.org", "", 2)).isEqualTo(Errno.AIFAMILY);
    }

    @Test
    void aRingOfNodesAndNodesOutOfMemoryAreNoTrap() {
        guest.put(HOST, "10.1.2.3\0");
        list(guest, 1);
        guest.memory().writeI32(NODES + 24, NODES);
        assertThat(again(guest, "10.1.2.3", "", -1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readInt(COUNT)).isEqualTo(1);
        guest.memory().writeI32(NODES + 24, 65_530);
        byte[] before = guest.everything();
        assertThat(again(guest, "10.1.2.3", "", 2)).isEqualTo(Errno.FAULT);
        assertThat(guest.everything()).isEqualTo(before);
    }

    @Test
    void namesOfWamrAreArrays() {
        guest.put(HOST, "api.example.org\0").put(SERVICE, "443\0");
        guest.zero(HINTS, 1024);
        guest.memory().writeI32(HINTS, 1);
        guest.memory().writeI32(HINTS + 4, 2);
        guest.memory().writeByte(HINTS + 8, (byte) 1);
        assertThat(guest.call("sock_addr_resolve", HOST, SERVICE, HINTS, NODES, 1, COUNT))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readInt(COUNT)).as("there are more").isEqualTo(2);
        assertThat(guest.memory().readBytes(NODES, 10))
                .isEqualTo(new byte[] {0, 0, 0, 0, 93, (byte) 184, (byte) 216, 34, (byte) 187, 1});
        assertThat(guest.memory().readInt(NODES + 24)).isEqualTo(1);
        assertThat(guest.memory().readInt(NODES + 28)).as("the second").isZero();
        assertThat(guest.call("sock_addr_resolve", HOST, SERVICE, HINTS, NODES, 0x1000_0000, 4))
                .isEqualTo(Errno.FAULT);
    }
}
