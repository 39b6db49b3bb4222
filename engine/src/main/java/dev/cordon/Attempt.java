package dev.cordon;

import dev.cordon.guest.GuestCall;
import dev.cordon.quota.Quota;

/**
 * One call as one version of a plugin would run it.
 *
 * @param task what is to be done
 * @param call the same for the guest
 * @param limits what it may use
 * @param measured what is known of its use; the same for every version that it comes to
 */
record Attempt(Task task, GuestCall call, Quota limits, Measured measured) {
    /** When it ends, at the latest. */
    long deadline() {
        return call.budget().deadlineNanoTime();
    }
}
