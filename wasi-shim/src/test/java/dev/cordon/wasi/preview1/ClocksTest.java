package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.GuestClock;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import org.junit.jupiter.api.Test;

class ClocksTest {
    private static final class Hand implements GuestClock {
        private long realtime;
        private long monotonic;

        @Override
        public long realtimeNanos() {
            return realtime;
        }

        @Override
        public long monotonicNanos() {
            return monotonic;
        }

        @Override
        public long precisionNanos() {
            return 1_000;
        }
    }

    private final Hand clock = new Hand();

    private TestGuest guest() {
        return TestGuest.with(WasiConfig.empty().withClock(clock));
    }

    private static long time(TestGuest guest, int id) {
        assertThat(guest.call("clock_time_get", id, 0, 8)).isEqualTo(Errno.SUCCESS);
        return guest.memory().readLong(8);
    }

    @Test
    void realtimeIsRoundedDownToThePrecision() {
        clock.realtime = 1_234_567_899;
        TestGuest guest = guest();
        assertThat(time(guest, 0)).isEqualTo(1_234_567_000);
        assertThat(guest.text(7, 8) + guest.text(16, 17)).isEqualTo("??");
    }

    @Test
    void monotonicCountsFromTheStartOfTheRunAndIsNeverZero() {
        clock.monotonic = Long.MAX_VALUE - 10;
        TestGuest guest = guest();
        assertThat(time(guest, 1)).isEqualTo(1_000);
        clock.monotonic += 5_999;
        assertThat(time(guest, 1)).isEqualTo(6_000);
        guest.wasi().restart(WasiConfig.empty().withClock(clock));
        assertThat(time(guest, 1)).isEqualTo(1_000);
    }

    @Test
    void timeBeforeTheEpochIsTheEpoch() {
        clock.realtime = -5;
        assertThat(time(guest(), 0)).isZero();
    }

    @Test
    void resolutionIsThePrecision() {
        TestGuest guest = guest();
        assertThat(guest.call("clock_res_get", 0, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readLong(8)).isEqualTo(1_000);
        assertThat(guest.call("clock_res_get", 1, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readLong(16)).isEqualTo(1_000);
    }

    @Test
    void clocksOfProcessorTimeAreNotSupportedAndOthersUnknown() {
        TestGuest guest = guest();
        byte[] before = guest.everything();
        for (long id : new long[] {2, 3}) {
            assertThat(guest.call("clock_res_get", id, 8)).isEqualTo(Errno.NOTSUP);
            assertThat(guest.call("clock_time_get", id, 0, 8)).isEqualTo(Errno.NOTSUP);
        }
        for (long id : new long[] {4, -1, 0x8000_0000L}) {
            assertThat(guest.call("clock_res_get", id, 8)).isEqualTo(Errno.INVAL);
            assertThat(guest.call("clock_time_get", id, 0, 8)).isEqualTo(Errno.INVAL);
        }
        assertThat(guest.everything()).isEqualTo(before);
    }

    @Test
    void withoutAGrantTimeStandsStill() {
        TestGuest guest = TestGuest.plain();
        assertThat(time(guest, 0)).isZero();
        assertThat(time(guest, 1)).isEqualTo(1_000_000);
    }

    @Test
    void theMachinesTimeComesInMilliseconds() {
        TestGuest guest = TestGuest.with(WasiConfig.empty().withClock(GuestClock.system()));
        long before = System.currentTimeMillis();
        long now = time(guest, 0);
        assertThat(now % 1_000_000).isZero();
        assertThat(now / 1_000_000).isBetween(before, System.currentTimeMillis());
    }
}
