package dev.cordon.wasi.preview1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import dev.cordon.wasi.Checkpoint;
import dev.cordon.wasi.GuestInput;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class StreamsTest {
    private static TestGuest reading(String input) {
        return TestGuest.with(WasiConfig.empty().withStdin(GuestInput.of(input.getBytes(UTF_8))));
    }

    /** An input that has something only after it was asked some times. */
    private static final class LateInput implements GuestInput {
        private int asks;

        @Override
        public long ready() {
            return asks++ < 3 ? 0 : 2;
        }

        @Override
        public int read(byte[] target, int offset, int length) {
            target[offset] = 'o';
            target[offset + 1] = 'k';
            return 2;
        }
    }

    @Test
    void writesBuffersInOrder() {
        TestGuest guest = TestGuest.plain();
        guest.put(100, "world").put(200, "hello ").putVectors(0, 200, 6, 300, 0, 100, 5);
        assertThat(guest.call("fd_write", 1, 0, 3, 24)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stdout()).isEqualTo("hello world");
        assertThat(guest.text(24, 29)).isEqualTo("\13\0\0\0?");
        assertThat(guest.charges()).containsExactly("fd_write 35");
    }

    @Test
    void standardErrorIsApart() {
        TestGuest guest = TestGuest.plain();
        guest.put(100, "oops").putVectors(0, 100, 4);
        assertThat(guest.call("fd_write", 2, 0, 1, 24)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stderr()).isEqualTo("oops");
        assertThat(guest.stdout()).isEmpty();
    }

    @Test
    void readsIntoBuffersInOrderUntilTheEnd() {
        TestGuest guest = reading("abcde");
        guest.putVectors(0, 100, 2, 110, 2);
        assertThat(guest.call("fd_read", 0, 0, 2, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(16, 20)).isEqualTo("\4\0\0\0");
        assertThat(guest.text(100, 103) + guest.text(110, 113)).isEqualTo("ab?cd?");
        assertThat(guest.call("fd_read", 0, 0, 2, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(16, 20)).isEqualTo("\1\0\0\0");
        assertThat(guest.text(100, 102)).isEqualTo("eb");
        assertThat(guest.call("fd_read", 0, 0, 2, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(16, 20)).isEqualTo("\0\0\0\0");
        assertThat(guest.charges()).containsExactly("fd_read 20", "fd_read 17", "fd_read 16");
    }

    @Test
    void directionsAreNotMixedUp() {
        TestGuest guest = reading("abc");
        guest.putVectors(0, 100, 2);
        assertThat(guest.call("fd_read", 1, 0, 1, 16)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_write", 0, 0, 1, 16)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_read", 3, 0, 1, 16)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_write", -1, 0, 1, 16)).isEqualTo(Errno.BADF);
    }

    @Test
    void oneBadBufferSpoilsTheWholeCall() {
        TestGuest guest = reading("abc");
        guest.put(100, "abc").putVectors(0, 100, 3, 65_530, 7);
        byte[] before = guest.everything();
        assertThat(guest.call("fd_write", 1, 0, 2, 32)).isEqualTo(Errno.FAULT);
        assertThat(guest.call("fd_read", 0, 0, 2, 32)).isEqualTo(Errno.FAULT);
        guest.putVectors(8, 16, 0x7fff_ffff);
        assertThat(guest.call("fd_write", 1, 0, 2, 32)).isEqualTo(Errno.FAULT);
        guest.putVectors(8, 65_530, 7);
        assertThat(guest.stdout()).isEmpty();
        assertThat(guest.everything()).isEqualTo(before);
    }

    @Test
    void listsAreLimited() {
        TestGuest guest = TestGuest.plain();
        guest.zero(0, 16_384);
        assertThat(guest.call("fd_write", 1, 0, 1024, 20_000)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_write", 1, 0, 1025, 20_000)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_read", 0, 0, 0xffff_ffffL, 20_000)).isEqualTo(Errno.INVAL);
    }

    @Test
    void oneCallMovesOneMebibyteAtMostInPiecesOfTheBuffer() {
        List<Integer> pieces = new ArrayList<>();
        TestGuest guest =
                TestGuest.with(WasiConfig.empty().withStdout((b, at, n) -> pieces.add(n)));
        for (int i = 0; i < 17; i++) {
            guest.putVectors(8 * i, 0, 65_536);
        }
        assertThat(guest.call("fd_write", 1, 0, 17, 200)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readInt(200)).isEqualTo(1 << 20);
        assertThat(pieces).hasSize(16).containsOnly(65_536);
        assertThat(guest.charges()).containsExactly("fd_write " + ((1 << 20) + 17 * 8));
    }

    @Test
    void nothingToMoveIsDoneWithoutWaiting() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withStdin(new LateInput()));
        assertThat(guest.call("fd_read", 0, 0, 0, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readInt(16)).isZero();
    }

    @Test
    void readingWaitsForInput() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withStdin(new LateInput()));
        guest.putVectors(0, 100, 10);
        assertThat(guest.call("fd_read", 0, 0, 1, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(100, 103)).isEqualTo("ok?");
        assertThat(guest.charges()).containsExactly("fd_read 10");
    }

    @Test
    void readingWithoutWaitingSaysTryAgain() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withStdin(new LateInput()));
        guest.putVectors(0, 100, 10);
        assertThat(guest.call("fd_fdstat_set_flags", 0, 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_read", 0, 0, 1, 16)).isEqualTo(Errno.AGAIN);
    }

    @Test
    void waitingEndsAtTheDeadline() {
        Checkpoint third =
                new Checkpoint() {
                    private int checks;

                    @Override
                    public void check(Instance instance) {
                        if (++checks == 3) {
                            throw new IllegalStateException("time is up");
                        }
                    }

                    @Override
                    public long nanosLeft(Instance instance) {
                        return 1_000_000;
                    }
                };
        GuestInput silent =
                new GuestInput() {
                    @Override
                    public long ready() {
                        return 0;
                    }

                    @Override
                    public int read(byte[] target, int offset, int length) {
                        return 0;
                    }
                };
        TestGuest guest =
                TestGuest.with(WasiConfig.empty().withStdin(silent).withCheckpoint(third));
        guest.putVectors(0, 100, 10);
        assertThatThrownBy(() -> guest.call("fd_read", 0, 0, 1, 16)).hasMessage("time is up");
    }

    @Test
    void waitingOutlastsAnInterruptAndKeepsIt() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withStdin(new LateInput()));
        guest.putVectors(0, 100, 10);
        Thread.currentThread().interrupt();
        assertThat(guest.call("fd_read", 0, 0, 1, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void brokenOutputIsAnErrorNumber() {
        TestGuest guest =
                TestGuest.with(
                        WasiConfig.empty()
                                .withStdout(
                                        (b, at, n) -> {
                                            throw new IOException("Broken pipe");
                                        })
                                .withStderr(
                                        (b, at, n) -> {
                                            throw new IOException("disk on fire");
                                        }));
        guest.putVectors(0, 100, 1);
        assertThat(guest.call("fd_write", 1, 0, 1, 16)).isEqualTo(Errno.PIPE);
        assertThat(guest.call("fd_write", 2, 0, 1, 16)).isEqualTo(Errno.IO);
        assertThat(guest.text(16, 20)).isEqualTo("????");
    }

    @Test
    void outputThatBreaksUnderWayTellsHowMuchWasWritten() {
        int[] writes = {0};
        TestGuest guest =
                TestGuest.with(
                        WasiConfig.empty()
                                .withStdout(
                                        (b, at, n) -> {
                                            if (++writes[0] == 2) {
                                                throw new IOException("disk full");
                                            }
                                        }));
        guest.putVectors(0, 0, 65_536, 0, 20_000);
        assertThat(guest.call("fd_write", 1, 0, 2, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readInt(16)).isEqualTo(65_536);
    }
}
