package dev.cordon.wasi.limit;

/**
 * How fast something may flow.
 *
 * @param perSecond bytes in a second, on average; at least 1
 * @param burst bytes at once after a pause; at least 1
 * @param excess what becomes of a use that is too fast
 */
public record Rate(long perSecond, long burst, Excess excess) {
    /** What becomes of a use that is too fast. */
    public enum Excess {
        /**
         * It waits, as long as the guest's deadline lets it; on a descriptor that does not wait, it
         * is refused.
         */
        WAIT,
        /** It is refused: the guest sees {@code EAGAIN}. */
        REFUSE
    }

    /** As fast as the machine can. */
    public static final Rate UNLIMITED = new Rate(Long.MAX_VALUE, Long.MAX_VALUE, Excess.WAIT);

    /**
     * Checks the numbers.
     *
     * @throws IllegalArgumentException when one of them is less than 1
     */
    public Rate {
        if (perSecond < 1 || burst < 1) {
            throw new IllegalArgumentException(
                    "a rate of `"
                            + perSecond
                            + "` with bursts of `"
                            + burst
                            + "` lets nothing through");
        }
    }

    /**
     * A rate that makes guests wait, with bursts of one second's worth.
     *
     * @param perSecond bytes in a second; at least 1
     * @return the rate
     * @throws IllegalArgumentException when it is less than 1
     */
    public static Rate of(long perSecond) {
        return new Rate(perSecond, perSecond, Excess.WAIT);
    }

    /**
     * The same rate, refusing.
     *
     * @return a copy that refuses what is too fast
     */
    public Rate refusing() {
        return new Rate(perSecond, burst, Excess.REFUSE);
    }
}
