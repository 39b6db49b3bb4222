package dev.cordon.host;

import java.time.Duration;
import java.util.Optional;

/**
 * Who called a function of the application, and what the call has left.
 *
 * <p>A function that wants it takes it as a parameter; the guest knows nothing of it. To be used by
 * the function's own thread until it returns; later use throws {@link IllegalStateException}.
 */
public interface HostContext {
    /**
     * Which plugin called.
     *
     * @return its id
     */
    String plugin();

    /**
     * How long the call may still take.
     *
     * @return not negative; empty if it has no deadline
     */
    Optional<Duration> timeLeft();

    /**
     * Whether nobody waits for the answer any more. Code of the application is not interrupted: a
     * function that works for long looks at this now and then.
     *
     * @return true if the call was cancelled or is past its deadline
     */
    boolean isCancelled();

    /**
     * Makes the guest pay for work beyond the function's fixed price and copied bytes.
     *
     * @param fuel units, at least 0
     * @throws dev.cordon.error.QuotaExceededException if the guest has less left; it is stopped
     *     even if the function catches this
     */
    void charge(long fuel);
}
