package dev.cordon.runtime;

/**
 * What one instance may hold, fixed for its life.
 *
 * @param memoryBytes most bytes of linear memory, 0 to 2,147,418,112
 * @param mayGrow whether memory may grow past what the module declares initially
 * @param tableElements most elements of all tables together
 * @param callDepth most units of nested guest calls; a plain call is one unit, a frame with many
 *     locals more
 */
public record GuestLimits(long memoryBytes, boolean mayGrow, int tableElements, int callDepth) {
    /** Generous limits, for tests and tools that set their own elsewhere. */
    public static final GuestLimits GENEROUS = new GuestLimits(1L << 30, true, 10_000_000, 16_384);
}
