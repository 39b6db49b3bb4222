package dev.cordon.guest;

import dev.cordon.runtime.CallBudget;
import java.util.function.BooleanSupplier;

/**
 * What a caller has left, and so the most that whoever it calls may use.
 *
 * @param fuel units, at least 0; {@link CallBudget#UNLIMITED} for no limit
 * @param deadlineNanoTime when the caller must have ended, on the scale of {@link
 *     System#nanoTime()}; {@link CallBudget#NO_DEADLINE} for none
 * @param cancelled whether the caller is to stop
 * @param heldBytes what memories and tables may hold together, at least 0; {@link
 *     CallBudget#UNLIMITED} for no limit. Who waits does not grow, so nobody has to count together
 *     what a chain holds: it is what each left to the next.
 */
public record Allowance(
        long fuel, long deadlineNanoTime, BooleanSupplier cancelled, long heldBytes) {
    private static final BooleanSupplier NEVER = () -> false;

    /** No bound of a caller. */
    public static final Allowance UNLIMITED =
            new Allowance(
                    CallBudget.UNLIMITED, CallBudget.NO_DEADLINE, NEVER, CallBudget.UNLIMITED);

    /**
     * What is left after some was used.
     *
     * @param used units of fuel
     * @return the rest, with the same deadline and memory
     */
    public Allowance less(long used) {
        return fuel == CallBudget.UNLIMITED
                ? this
                : new Allowance(Math.max(0, fuel - used), deadlineNanoTime, cancelled, heldBytes);
    }

    /**
     * The bounds of both.
     *
     * @param other another caller's
     * @return of each the smaller one
     */
    public Allowance tighter(Allowance other) {
        BooleanSupplier either = () -> cancelled.getAsBoolean() || other.cancelled.getAsBoolean();
        return new Allowance(
                Math.min(fuel, other.fuel),
                earlier(deadlineNanoTime, other),
                either,
                Math.min(heldBytes, other.heldBytes));
    }

    private static long earlier(long deadline, Allowance other) {
        if (deadline == CallBudget.NO_DEADLINE) {
            return other.deadlineNanoTime;
        }
        boolean otherIsLater =
                other.deadlineNanoTime == CallBudget.NO_DEADLINE
                        || other.deadlineNanoTime - deadline > 0;
        return otherIsLater ? deadline : other.deadlineNanoTime;
    }
}
