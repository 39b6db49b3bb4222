package dev.cordon.wasi;

import com.dylibso.chicory.runtime.Instance;

/**
 * The embedder's word on how long a guest may go on.
 *
 * <p>Functions that wait do so in slices of at most 20 ms and ask before each of them. Called on
 * the thread that runs the guest.
 */
public interface Checkpoint {
    /** Lets every guest wait as long as it likes. */
    Checkpoint NONE =
            new Checkpoint() {
                @Override
                public void check(Instance instance) {}

                @Override
                public long nanosLeft(Instance instance) {
                    return Long.MAX_VALUE;
                }
            };

    /**
     * Ends the guest if its time is up or its call was cancelled.
     *
     * <p>What it throws, any {@link RuntimeException}, leaves the host function as it is.
     *
     * @param instance who waits
     */
    void check(Instance instance);

    /**
     * How long the guest may still wait; shortens the last slice.
     *
     * @param instance who waits
     * @return nanoseconds; {@link Long#MAX_VALUE} for no end; 0 or less makes the slice no shorter,
     *     since {@link #check} is what ends a guest
     */
    long nanosLeft(Instance instance);
}
