package dev.cordon.wasi;

import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever a guest passes, a function answers with a number, or the guest ends. */
class AnyArgumentsTest {
    private static final List<Witx> FUNCTIONS = Witx.functions();

    /** Ends a wait, as an embedder's deadline would. */
    private static final class TimeUp extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    private static final Checkpoint SHORT =
            new Checkpoint() {
                @Override
                public void check(Instance instance) {
                    if (instance.memory().read(0) == 'T') {
                        throw new TimeUp();
                    }
                    instance.memory().writeByte(0, (byte) 'T');
                }

                @Override
                public long nanosLeft(Instance instance) {
                    return 1_000;
                }
            };

    @Provide
    Arbitrary<long[]> arguments() {
        Arbitrary<Long> small = Arbitraries.longs().between(0, 6);
        Arbitrary<Long> address = Arbitraries.longs().between(0, 65_600);
        Arbitrary<Long> edge =
                Arbitraries.of(
                        -1L,
                        1024L,
                        1025L,
                        4096L,
                        65_528L,
                        65_536L,
                        0x7fff_ffffL,
                        0x8000_0000L,
                        0xffff_ffffL,
                        Long.MAX_VALUE,
                        Long.MIN_VALUE);
        return Arbitraries.oneOf(small, address, edge, Arbitraries.longs())
                .array(long[].class)
                .ofSize(9);
    }

    @Property(tries = 4_000)
    void onlyNumbersComeBack(
            @ForAll("arguments") long[] pool, @ForAll("functions") Witx function, @ForAll long seed)
            throws IOException {
        int[] faults = {0};
        MemoryDirectory files = MemoryDirectory.create(1 << 18, 50);
        files.write("a/b", new byte[5000]);
        Preopen writable = Preopen.of(files).name("/").writable().open();
        Preopen readable = Preopen.of(files).name("/ro").open();
        TestGuest guest =
                TestGuest.with(
                        WasiConfig.empty()
                                .withPreopens(List.of(writable, readable))
                                .withArguments(List.of("one", "two"))
                                .withEnvironment(Map.of("name", "value"))
                                .withStdin(seed % 2 == 0 ? GuestInput.empty() : silent())
                                .withCheckpoint(SHORT)
                                .withListener((name, failure) -> faults[0]++));
        fill(guest, seed);
        if (seed % 3 != 0) {
            openFile(guest);
        }
        long[] arguments = Arrays.copyOf(pool, function.parameters().size());
        boolean ended = false;
        try {
            guest.call(function.name(), arguments);
            assertThat(function.returns()).isTrue();
        } catch (GuestExit exit) {
            assertThat(function.name()).isEqualTo("proc_exit");
            assertThat(exit.status()).isEqualTo((int) arguments[0]);
        } catch (TimeUp expected) {
            ended = true;
            assertThat(function.name()).isIn("fd_read", "poll_oneoff", "random_get", "sched_yield");
        }
        assertThat(faults[0]).isZero();
        // A read charges for what it got, so one that was ended while it waited has not yet.
        assertThat(guest.charges()).as("charged once").hasSizeBetween(ended ? 0 : 1, 1);
        assertThat(files.usedBytes()).isBetween(0L, 1L << 18);
    }

    @Provide
    Arbitrary<Witx> functions() {
        return Arbitraries.of(FUNCTIONS);
    }

    /** Mostly small numbers, so that lists and subscriptions often make sense. */
    private static void fill(TestGuest guest, long seed) {
        Random random = new Random(seed);
        byte[] bytes = new byte[TestGuest.MEMORY_BYTES];
        for (int i = 1; i < 2048; i++) {
            bytes[i] = random.nextInt(4) == 0 ? (byte) random.nextInt() : 0;
        }
        guest.memory().write(0, bytes);
    }

    /** A file as descriptor 5, and its path where small addresses find it. */
    private static void openFile(TestGuest guest) {
        guest.put(3, "a/b");
        assertThat(guest.call("path_open", 3, 1, 3, 3, 0, (1L << 28) - 1, -1, 0, 8))
                .isEqualTo(Errno.SUCCESS);
        guest.charges().clear();
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
}
