package dev.cordon.monitor;

import java.util.Optional;

/** How much a line that a guest logs matters; the order is that of guest ABI 1. */
public enum GuestLogLevel {
    /** Every step. */
    TRACE,
    /** What helps to find a mistake. */
    DEBUG,
    /** What an operator may want to know. */
    INFO,
    /** What may be wrong. */
    WARN,
    /** What went wrong. */
    ERROR;

    private static final GuestLogLevel[] LEVELS = values();

    /**
     * The level with a number of the ABI.
     *
     * @param number 0 for trace to 4 for error
     * @return empty for any other number
     */
    public static Optional<GuestLogLevel> of(int number) {
        return number < 0 || number >= LEVELS.length
                ? Optional.empty()
                : Optional.of(LEVELS[number]);
    }
}
