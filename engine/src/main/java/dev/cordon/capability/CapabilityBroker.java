package dev.cordon.capability;

/**
 * Lets the application decide about a use when it happens.
 *
 * <p>Called on the thread of the plugin's call, by several threads at once, and never while the
 * engine holds a lock: it may take its time, ask people, and use the engine, for example to grant
 * what was asked for. The plugin waits meanwhile; its deadline is looked at when the answer is
 * there. What it throws, and null, are a no. A use that it causes itself on the same thread is
 * refused without asking it again.
 */
@FunctionalInterface
public interface CapabilityBroker {
    /** What the application says. */
    enum Answer {
        /** This one use goes on; nothing is granted. */
        ALLOW_ONCE,
        /** This use is refused. */
        DENY
    }

    /** When the application is asked. */
    enum Mode {
        /** For uses that no grant covers; those that one covers go on unasked. */
        MISSING_GRANTS,
        /** For every use; one that a grant covers can be refused all the same. */
        EVERY_USE
    }

    /**
     * Decides one use.
     *
     * @param request who wants to do what
     * @return the answer for this use alone
     */
    Answer decide(CapabilityRequest request);
}
