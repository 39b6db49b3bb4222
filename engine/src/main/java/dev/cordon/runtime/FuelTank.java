package dev.cordon.runtime;

import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The fuel of one call behind the slice at hand, with the deadline and the cancellation that are
 * looked at whenever a slice ends.
 *
 * <p>Slices are large: the check at a loop's head costs next to nothing as long as it never fails,
 * and C2 keeps a loop vectorised until the first failure. Their size follows the measured speed, so
 * that a slice ends about every {@value #SLICE_NANOS} ns whatever the code does.
 */
final class FuelTank {
    private static final int FIRST_SLICE = 1 << 28;

    /** The first slice of a guest that has a share of the processor only: some milliseconds. */
    private static final int FIRST_PACED_SLICE = 1 << 22;

    private static final int SMALLEST_SLICE = 1 << 16;
    private static final int LARGEST_SLICE = 1 << 30;

    /** More time than a unit takes, even in the interpreter. */
    private static final int NANOS_OF_A_UNIT = 32;

    private static final long SLICE_NANOS = 50_000_000L;
    private static final BooleanSupplier NEVER = () -> false;

    /** Fuel that stands for "no limit": centuries of work, and far from overflow. */
    private static final long UNLIMITED = 1L << 61;

    private @Nullable GuestState running;
    private long total;
    private long reserve;
    private long deadline = CallBudget.NO_DEADLINE;
    private BooleanSupplier cancelled = NEVER;
    private int slice = FIRST_SLICE;
    private long sliceStart;
    private @Nullable CpuPace pace;

    /** The guest that has the slice at hand. */
    GuestState running() {
        return Objects.requireNonNull(running);
    }

    /** Hands the slice to another guest of the same store. */
    void moveTo(GuestState next) {
        GuestState before = running;
        if (before != null) {
            next.fuel = before.fuel;
        }
        running = next;
    }

    void fill(CallBudget budget) {
        total = Math.min(budget.fuel(), UNLIMITED);
        reserve = total;
        deadline = budget.deadlineNanoTime();
        cancelled = budget.cancelled();
        running().fuel = 0;
        sliceStart = deadline == CallBudget.NO_DEADLINE ? 0 : System.nanoTime();
        slice = FIRST_SLICE;
        if (deadline != CallBudget.NO_DEADLINE) {
            slice = Math.min(slice, longestSlice(deadline - sliceStart));
        }
        CpuShare share = budget.share();
        pace = share == null ? null : new CpuPace(share);
        if (share != null) {
            slice = Math.min(slice, FIRST_PACED_SLICE);
            keepPace();
        }
        take();
    }

    /** Waits where the plugin took more of the processor than its share. */
    private void keepPace() {
        CpuPace kept = pace;
        if (kept != null) {
            kept.keep(this::poll);
            sliceStart = System.nanoTime();
        }
    }

    /** The call has ended: what it worked since the last slice counts for the next one. */
    void end() {
        CpuPace kept = pace;
        if (kept != null) {
            kept.settle();
            pace = null;
        }
    }

    private void take() {
        int units = (int) Math.min(reserve, slice);
        reserve -= units;
        running().fuel += units;
    }

    /** See {@link GuestState#refill}. */
    int refill(int have, int units) {
        running().fuel = have;
        poll();
        adapt();
        keepPace();
        long missing = (long) units - have;
        if (missing > reserve) {
            throw outOfFuel();
        }
        long wanted =
                Math.max(
                        missing,
                        Math.min(
                                reserve,
                                Math.min(slice, Integer.MAX_VALUE - (long) Math.max(have, 0))));
        reserve -= wanted;
        int next = (int) (have + wanted);
        running().fuel = next;
        return next;
    }

    void chargeBeyondSlice(long units) {
        poll();
        if (units - running().fuel > reserve) {
            throw outOfFuel();
        }
        reserve -= units - running().fuel;
        running().fuel = 0;
        take();
    }

    private CordonException outOfFuel() {
        running().fuel = -1;
        reserve = 0;
        return running()
                .quota(
                        ErrorCode.OUT_OF_FUEL,
                        "used all of its " + total + " units of fuel",
                        "raise the fuel limit, or find the loop that burns it");
    }

    /** Stops the guest when its deadline passed or its caller gave up. */
    void poll() {
        poll(deadline == CallBudget.NO_DEADLINE ? 0 : System.nanoTime());
    }

    private void poll(long now) {
        if (cancelled.getAsBoolean()) {
            throw running()
                    .quota(
                            ErrorCode.CANCELLED,
                            "was cancelled by its caller",
                            "call again if that was not meant");
        }
        if (deadline != CallBudget.NO_DEADLINE && now - deadline >= 0) {
            throw running()
                    .quota(
                            ErrorCode.DEADLINE_EXCEEDED,
                            "was still running at its deadline",
                            "raise the deadline, or give it less to do");
        }
    }

    /**
     * Looks at the deadline, the cancellation and the share after a host function, which may take
     * long and cost little fuel. What is left of the slice was meant for the time before, so it
     * shrinks with the time that is left now.
     */
    void afterHost() {
        boolean timed = deadline != CallBudget.NO_DEADLINE;
        long now = timed || pace != null ? System.nanoTime() : 0;
        poll(now);
        if (pace != null && now - sliceStart > SLICE_NANOS) {
            keepPace();
        }
        if (timed) {
            shrink(longestSlice(deadline - now));
        }
    }

    private void shrink(int most) {
        int excess = running().fuel - most;
        if (excess > 0) {
            running().fuel = most;
            reserve += excess;
            slice = Math.max(SMALLEST_SLICE, slice - excess);
        }
    }

    /** Units that end well before a deadline, even where a unit takes some nanoseconds. */
    private static int longestSlice(long nanosLeft) {
        return (int) Math.max(SMALLEST_SLICE, Math.min(LARGEST_SLICE, nanosLeft / NANOS_OF_A_UNIT));
    }

    /** Makes the next slice as long as the guest runs in about {@link #SLICE_NANOS}. */
    private void adapt() {
        long now = System.nanoTime();
        if (sliceStart != 0) {
            long elapsed = Math.max(1, now - sliceStart);
            double next = (double) slice * SLICE_NANOS / elapsed;
            slice = (int) Math.max(SMALLEST_SLICE, Math.min(LARGEST_SLICE, next));
            if (deadline != CallBudget.NO_DEADLINE) {
                double perNano = (double) slice / SLICE_NANOS;
                double untilDeadline = Math.max(0, deadline - now) * perNano;
                slice = (int) Math.max(SMALLEST_SLICE, Math.min(slice, untilDeadline + 1));
            }
        }
        sliceStart = now;
    }

    long nanosLeft() {
        return deadline == CallBudget.NO_DEADLINE ? Long.MAX_VALUE : deadline - System.nanoTime();
    }

    /** Stops a guest that ended with more spent than it had, as a leaf function may. */
    void settle() {
        if (running().fuel < 0) {
            refill(running().fuel, 0);
        }
    }

    long used() {
        return Math.min(total, Math.max(0, total - reserve - running().fuel));
    }
}
