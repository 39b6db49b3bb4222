package dev.cordon.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.HostFunction;
import com.dylibso.chicory.runtime.Instance;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a guest passes to the socket functions: an error number, charged once. */
class AnySocketArgumentsTest {
    private static final List<HostFunction> FUNCTIONS =
            WasiPreview1.start(WasiConfig.empty()).allHostFunctions().stream()
                    .filter(each -> each.name().startsWith("sock_") || each.name().contains("poll"))
                    .toList();

    private static final class TimeUp extends RuntimeException {
        private static final long serialVersionUID = 1L;

        TimeUp() {
            super(null, null, false, false);
        }
    }

    /** Lets a guest wait twice. */
    private static Checkpoint brief() {
        return new Checkpoint() {
            private int checks;

            @Override
            public void check(Instance instance) {
                if (++checks > 2) {
                    throw new TimeUp();
                }
            }

            @Override
            public long nanosLeft(Instance instance) {
                return 1_000;
            }
        };
    }

    @Provide
    Arbitrary<HostFunction> functions() {
        return Arbitraries.of(FUNCTIONS);
    }

    @Provide
    Arbitrary<long[]> arguments() {
        Arbitrary<Long> small = Arbitraries.longs().between(0, 9);
        Arbitrary<Long> address = Arbitraries.longs().between(0, 65_600);
        Arbitrary<Long> edge =
                Arbitraries.of(
                        -1L,
                        16L,
                        17L,
                        128L,
                        1025L,
                        4097L,
                        65_528L,
                        65_535L,
                        65_536L,
                        0x7fff_ffffL,
                        0x8000_0000L,
                        0xffff_ffffL,
                        Long.MAX_VALUE,
                        Long.MIN_VALUE);
        return Arbitraries.oneOf(small, small, address, edge, Arbitraries.longs())
                .array(long[].class)
                .ofSize(9);
    }

    @Property(tries = 3_000)
    void onlyNumbersComeBack(
            @ForAll("functions") HostFunction function,
            @ForAll("arguments") long[] pool,
            @ForAll long seed)
            throws IOException {
        int[] faults = {0};
        try (Network network =
                        Network.builder()
                                .inboundTcp("127.0.0.1", 0)
                                .inboundUdp("127.0.0.1", 0)
                                .outboundTcp("a.org")
                                .resolver(name -> List.of())
                                .build();
                GuestListener listener =
                        GuestListener.of(
                                ServerSocketChannel.open()
                                        .bind(
                                                new InetSocketAddress(
                                                        InetAddress.getLoopbackAddress(), 0)))) {
            TestGuest guest =
                    TestGuest.with(
                            WasiConfig.empty()
                                    .withNetwork(network)
                                    .withListeners(List.of(listener))
                                    .withCheckpoint(brief())
                                    .withListener((name, failure) -> faults[0]++));
            sockets(guest);
            fill(guest, seed);
            int before = guest.charges().size();
            byte[] memory = guest.everything();
            try {
                Errno errno =
                        guest.call(
                                function.name(), Arrays.copyOf(pool, function.paramTypes().size()));
                if (errno == Errno.FAULT || errno == Errno.BADF || errno == Errno.NOTSOCK) {
                    assertThat(guest.everything()).isEqualTo(memory);
                }
                assertThat(guest.charges()).as("charged once").hasSize(before + 1);
            } catch (TimeUp expected) {
                // It waits before it knows how much there is to pay for, and this guest is over.
                assertThat(function.name())
                        .matches("sock_(accept|recv|recv_from|getaddrinfo|addr_resolve)|e?poll.*");
            }
            assertThat(faults[0]).isZero();
            guest.wasi().close();
        }
    }

    /** 3 is the listener, 4 a stream, 5 and 6 datagrams, of which one is bound. */
    private static void sockets(TestGuest guest) {
        guest.call("sock_open", 1, 2, 0);
        guest.call("sock_open", 1, 1, 0);
        guest.call("sock_open", 1, 1, 0);
        guest.putVectors(0, 8, 4, 0x0100_007f);
        assertThat(guest.call("sock_bind", 6, 0, 0)).isEqualTo(Errno.SUCCESS);
    }

    /** Mostly small numbers, so that lists and addresses often make sense. */
    private static void fill(TestGuest guest, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[TestGuest.MEMORY_BYTES];
        for (int i = 1; i < 2048; i++) {
            bytes[i] = random.nextInt(4) == 0 ? (byte) random.nextInt(random.nextInt(255) + 1) : 0;
        }
        guest.memory().write(0, bytes);
    }
}
