package dev.cordon.runtime;

import java.util.function.BooleanSupplier;

/**
 * What one call may use.
 *
 * @param fuel units of fuel, at least 0; {@link #UNLIMITED} for no limit
 * @param deadlineNanoTime when the call must have ended, on the scale of {@link System#nanoTime()};
 *     {@link #NO_DEADLINE} for none
 * @param cancelled asked now and then from the calling thread; true stops the guest
 */
public record CallBudget(long fuel, long deadlineNanoTime, BooleanSupplier cancelled) {
    /** No limit on fuel. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** No deadline. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final BooleanSupplier NEVER = () -> false;

    /**
     * A budget of fuel alone.
     *
     * @param fuel units, or {@link #UNLIMITED}
     * @return no deadline, never cancelled
     */
    public static CallBudget ofFuel(long fuel) {
        return new CallBudget(fuel, NO_DEADLINE, NEVER);
    }
}
