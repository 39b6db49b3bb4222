package dev.cordon.runtime;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What one call may use.
 *
 * @param fuel units of fuel, at least 0; {@link #UNLIMITED} for no limit
 * @param deadlineNanoTime when the call must have ended, on the scale of {@link System#nanoTime()};
 *     {@link #NO_DEADLINE} for none
 * @param cancelled asked now and then from the calling thread; true stops the guest
 * @param share of the processor, shared with other calls; null for all of it
 * @param heldBytes what the guest may hold in memories and tables together, beside its limits; at
 *     least 0, {@link #UNLIMITED} for no limit
 */
public record CallBudget(
        long fuel,
        long deadlineNanoTime,
        BooleanSupplier cancelled,
        @Nullable CpuShare share,
        long heldBytes) {
    /** No limit on fuel or on what is held. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** No deadline. */
    public static final long NO_DEADLINE = Long.MAX_VALUE;

    private static final BooleanSupplier NEVER = () -> false;

    /**
     * A budget with all of the processor.
     *
     * @param fuel units, or {@link #UNLIMITED}
     * @param deadlineNanoTime when the call must have ended, or {@link #NO_DEADLINE}
     * @param cancelled true stops the guest
     */
    public CallBudget(long fuel, long deadlineNanoTime, BooleanSupplier cancelled) {
        this(fuel, deadlineNanoTime, cancelled, null, UNLIMITED);
    }

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
