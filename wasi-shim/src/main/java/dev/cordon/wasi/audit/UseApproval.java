package dev.cordon.wasi.audit;

/**
 * Has the last word on what a guest wants to reach on the network, beside the rules. Called on the
 * thread that runs the guest, with no lock held; it may take long, since the guest's deadline is
 * looked at afterwards.
 */
@FunctionalInterface
public interface UseApproval {
    /** Leaves it to the rules. */
    UseApproval NONE = (operation, use, subject, byRule) -> byRule;

    /**
     * Decides one use.
     *
     * @param operation the host function, such as {@code sock_connect}
     * @param use what for
     * @param subject the address with its scheme and port, or the name to look up
     * @param byRule whether a rule allows it
     * @return whether it goes on
     */
    boolean approves(String operation, AccessDecision.Use use, String subject, boolean byRule);
}
