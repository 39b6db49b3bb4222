package dev.cordon.wasi;

import com.dylibso.chicory.runtime.Instance;
import dev.cordon.wasi.limit.Traffic;

/**
 * Makes guests pay for host functions.
 *
 * <p>Called exactly once for each call of a function, before the call has any effect, and also for
 * calls that end with an error number. What a call and a byte cost is the embedder's business.
 */
@FunctionalInterface
public interface HostCallMeter {
    /** Charges nothing. */
    HostCallMeter FREE = (instance, function, bytes) -> {};

    /**
     * Charges for one call.
     *
     * <p>What it throws, any {@link RuntimeException}, leaves the host function as it is.
     *
     * @param instance who calls
     * @param function the function's name, such as {@code fd_write}
     * @param bytes how many bytes the call copies: content and lists whose length the guest chose;
     *     results of a fixed size are part of the call
     */
    void charge(Instance instance, String function, long bytes);

    /**
     * Takes note of bytes that went between the guest and the host, after they did.
     *
     * @param traffic which way they took
     * @param inbound whether the guest got them; otherwise it gave them
     * @param bytes how many; at least 1
     */
    default void moved(Traffic traffic, boolean inbound, long bytes) {}
}
