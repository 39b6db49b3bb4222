package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import java.util.List;

/**
 * {@code clock_*}: time as coarse as the host allows.
 *
 * <p>The monotonic clock starts at one step of its precision in each run, which hides how long the
 * machine is up. It never shows 0, which Go's runtime takes for a broken clock.
 */
final class Clocks {
    static final int REALTIME = 0;
    static final int MONOTONIC = 1;
    private static final int PROCESS_CPUTIME = 2;
    private static final int THREAD_CPUTIME = 3;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("clock_res_get", "ii", Clocks::resolution),
                    simple("clock_time_get", "iIi", Clocks::time));

    private Clocks() {}

    private static Errno resolution(GuestCall call) throws Refusal {
        GuestSlice result = call.slice(1, Layouts.U64);
        requireKnown(call.i32(0));
        result.put64(0, call.host().clockPrecision());
        return Errno.SUCCESS;
    }

    private static Errno time(GuestCall call) throws Refusal {
        GuestSlice result = call.slice(2, Layouts.U64);
        result.put64(0, now(call.run(), call.i32(0)));
        return Errno.SUCCESS;
    }

    /**
     * What a clock shows, in nanoseconds.
     *
     * @throws Refusal {@code ENOTSUP} for the clocks of processor time, {@code EINVAL} for numbers
     *     that are no clock
     */
    static long now(Run run, int clock) throws Refusal {
        requireKnown(clock);
        Host host = run.host();
        long precision = host.clockPrecision();
        if (clock == REALTIME) {
            return Math.max(0, floor(host.realtime(), precision));
        }
        return floor(host.monotonic() - run.clockStart(), precision) + precision;
    }

    private static long floor(long nanos, long precision) {
        return nanos - Math.floorMod(nanos, precision);
    }

    private static void requireKnown(int clock) throws Refusal {
        switch (clock) {
            case REALTIME, MONOTONIC -> {}
            case PROCESS_CPUTIME, THREAD_CPUTIME -> throw Refusal.of(Errno.NOTSUP);
            default -> throw Refusal.of(Errno.INVAL);
        }
    }
}
