package dev.cordon.wasi.audit;

/**
 * Hears of decisions. Called on the thread that runs the guest, so it should be quick; one that is
 * shared by several guests must be thread-safe.
 */
@FunctionalInterface
public interface AccessListener {
    /** Hears nothing. */
    AccessListener NONE = decision -> {};

    /**
     * Something was decided.
     *
     * @param decision what, and how often
     */
    void decided(AccessDecision decision);
}
