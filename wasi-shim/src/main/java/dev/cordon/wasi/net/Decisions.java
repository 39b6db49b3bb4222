package dev.cordon.wasi.net;

import dev.cordon.wasi.audit.AccessDecision;

/** Hears what was decided about an address or a name. */
@FunctionalInterface
public interface Decisions {
    /**
     * Something was decided.
     *
     * @param operation the host function
     * @param use what for
     * @param subject the address or the name
     * @param allowed whether it goes on
     * @param reason why not; empty when it does
     */
    void decided(
            String operation,
            AccessDecision.Use use,
            String subject,
            boolean allowed,
            String reason);
}
