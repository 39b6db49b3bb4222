package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Instance;
import dev.cordon.wasi.Checkpoint;
import dev.cordon.wasi.GuestClock;
import dev.cordon.wasi.GuestInput;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import org.junit.jupiter.api.Test;

class PollTest {
    private static final int IN = 1024;
    private static final int OUT = 8192;
    private static final int COUNT = 64;
    private static final long MILLISECOND = 1_000_000;

    private static void clock(TestGuest guest, int index, int id, long timeout, int flags) {
        int at = IN + 48 * index;
        guest.zero(at, at + 48);
        guest.memory().writeLong(at, 0x1111_0000L + index);
        guest.memory().writeI32(at + 16, id);
        guest.memory().writeLong(at + 24, timeout);
        guest.memory().writeShort(at + 40, (short) flags);
    }

    private static void descriptor(TestGuest guest, int index, int tag, int number) {
        int at = IN + 48 * index;
        guest.zero(at, at + 48);
        guest.memory().writeLong(at, 0x2222_0000L + index);
        guest.memory().writeByte(at + 8, (byte) tag);
        guest.memory().writeI32(at + 16, number);
    }

    private static String poll(TestGuest guest, int subscriptions) {
        assertThat(guest.call("poll_oneoff", IN, OUT, subscriptions, COUNT))
                .isEqualTo(Errno.SUCCESS);
        StringBuilder events = new StringBuilder();
        for (int i = 0; i < guest.memory().readInt(COUNT); i++) {
            int at = OUT + 32 * i;
            events.append(
                    "%x E%s type=%d bytes=%d flags=%d%n"
                            .formatted(
                                    guest.memory().readLong(at),
                                    Errno.values()[guest.memory().readShort(at + 8)],
                                    guest.memory().read(at + 10),
                                    guest.memory().readLong(at + 16),
                                    guest.memory().readShort(at + 24)));
        }
        int end = OUT + 32 * guest.memory().readInt(COUNT);
        assertThat(guest.text(end, end + 1)).as("behind the events").isEqualTo("?");
        return events.toString();
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

    @Test
    void relativeTimeIsSlept() {
        TestGuest guest = TestGuest.plain();
        clock(guest, 0, 1, 30 * MILLISECOND, 0);
        long start = System.nanoTime();
        assertThat(poll(guest, 1)).isEqualTo("11110000 ESUCCESS type=0 bytes=0 flags=0\n");
        assertThat(System.nanoTime() - start).isBetween(30 * MILLISECOND, 2_000 * MILLISECOND);
        assertThat(guest.charges()).containsExactly("poll_oneoff 80");
    }

    @Test
    void absoluteTimeIsSleptUntil() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withClock(GuestClock.system()));
        guest.call("clock_time_get", 1, 0, 0);
        long until = guest.memory().readLong(0) + 30 * MILLISECOND;
        clock(guest, 0, 1, until, 1);
        poll(guest, 1);
        guest.call("clock_time_get", 1, 0, 0);
        assertThat(guest.memory().readLong(0)).isGreaterThanOrEqualTo(until);
    }

    @Test
    void timeThatHasPassedIsAnEventAtOnce() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withClock(GuestClock.system()));
        clock(guest, 0, 0, 5, 1);
        clock(guest, 1, 1, 0, 0);
        clock(guest, 2, 1, 3_600_000 * MILLISECOND, 0);
        assertThat(poll(guest, 3))
                .isEqualTo(
                        """
                        11110000 ESUCCESS type=0 bytes=0 flags=0
                        11110001 ESUCCESS type=0 bytes=0 flags=0
                        """);
    }

    @Test
    void hugeTimesAreFarAwayAndNotLongAgo() {
        for (long timeout : new long[] {-1, Long.MIN_VALUE, Long.MAX_VALUE}) {
            for (int flags = 0; flags < 2; flags++) {
                TestGuest guest = TestGuest.plain();
                clock(guest, 0, 0, timeout, flags);
                clock(guest, 1, 1, 5 * MILLISECOND, 0);
                assertThat(poll(guest, 2)).isEqualTo("11110001 ESUCCESS type=0 bytes=0 flags=0\n");
            }
        }
    }

    @Test
    void unusableClocksAreEventsWithAnError() {
        TestGuest guest = TestGuest.plain();
        clock(guest, 0, 2, MILLISECOND, 0);
        clock(guest, 1, 9, MILLISECOND, 0);
        clock(guest, 2, 0, MILLISECOND, 2);
        assertThat(poll(guest, 3))
                .isEqualTo(
                        """
                        11110000 ENOTSUP type=0 bytes=0 flags=0
                        11110001 EINVAL type=0 bytes=0 flags=0
                        11110002 EINVAL type=0 bytes=0 flags=0
                        """);
    }

    @Test
    void inputWithBytesIsReadable() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withStdin(GuestInput.of(new byte[7])));
        descriptor(guest, 0, 1, 0);
        assertThat(poll(guest, 1)).isEqualTo("22220000 ESUCCESS type=1 bytes=7 flags=0\n");
    }

    @Test
    void inputAtItsEndIsReadableAndHungUp() {
        TestGuest guest = TestGuest.plain();
        descriptor(guest, 0, 1, 0);
        assertThat(poll(guest, 1)).isEqualTo("22220000 ESUCCESS type=1 bytes=0 flags=1\n");
    }

    @Test
    void silentInputLosesAgainstTheClock() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withStdin(silent()));
        descriptor(guest, 0, 1, 0);
        clock(guest, 1, 1, 3 * MILLISECOND, 0);
        assertThat(poll(guest, 2)).isEqualTo("11110001 ESUCCESS type=0 bytes=0 flags=0\n");
    }

    @Test
    void outputsAreAlwaysWritable() {
        TestGuest guest = TestGuest.plain();
        descriptor(guest, 0, 2, 1);
        descriptor(guest, 1, 2, 2);
        assertThat(poll(guest, 2))
                .isEqualTo(
                        """
                        22220000 ESUCCESS type=2 bytes=65536 flags=0
                        22220001 ESUCCESS type=2 bytes=65536 flags=0
                        """);
    }

    @Test
    void badDescriptorsAreEventsWithAnError() {
        TestGuest guest = TestGuest.plain();
        guest.call("fd_fdstat_set_rights", 2, 1L << 6, 0);
        descriptor(guest, 0, 1, 5);
        descriptor(guest, 1, 1, 1);
        descriptor(guest, 2, 2, 0);
        descriptor(guest, 3, 2, 2);
        assertThat(poll(guest, 4))
                .isEqualTo(
                        """
                        22220000 EBADF type=1 bytes=0 flags=0
                        22220001 EBADF type=1 bytes=0 flags=0
                        22220002 EBADF type=2 bytes=0 flags=0
                        22220003 ENOTCAPABLE type=2 bytes=0 flags=0
                        """);
    }

    @Test
    void listsMayOverlap() {
        TestGuest guest = TestGuest.plain();
        descriptor(guest, 0, 2, 1);
        descriptor(guest, 1, 2, 2);
        assertThat(guest.call("poll_oneoff", IN, IN, 2, COUNT)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readLong(IN)).isEqualTo(0x2222_0000L);
        assertThat(guest.memory().readLong(IN + 32)).isEqualTo(0x2222_0001L);
    }

    @Test
    void nothingTooMuchAndTheUnknownAreRefused() {
        TestGuest guest = TestGuest.plain();
        byte[] before = guest.everything();
        assertThat(guest.call("poll_oneoff", IN, OUT, 0, COUNT)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("poll_oneoff", IN, OUT, 4097, COUNT)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("poll_oneoff", IN, OUT, -1, COUNT)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("poll_oneoff", IN, OUT, 4096, COUNT)).isEqualTo(Errno.FAULT);
        assertThat(guest.call("poll_oneoff", IN, OUT, 1, COUNT)).isEqualTo(Errno.INVAL);
        assertThat(guest.everything()).isEqualTo(before);
    }

    @Test
    void sleepEndsAtTheDeadline() {
        long end = System.nanoTime() + 50 * MILLISECOND;
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
        TestGuest guest = TestGuest.with(WasiConfig.empty().withCheckpoint(deadline));
        clock(guest, 0, 1, -1, 0);
        assertThatThrownBy(() -> poll(guest, 1)).hasMessage("time is up");
        assertThat(System.nanoTime() - end).isBetween(0L, 1_000 * MILLISECOND);
    }
}
