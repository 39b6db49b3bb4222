package dev.cordon.dispatch;

import dev.cordon.bridge.Party;
import dev.cordon.capability.Grants;
import dev.cordon.guest.UseGate;

/** A plugin that sends, as one version of it. Thread-safe. */
public interface Sender {
    /**
     * Who it is.
     *
     * @return equal for all versions
     */
    Party party();

    /**
     * What it may do now.
     *
     * @return its grants without those that were revoked
     */
    Grants grants();

    /**
     * Where its uses of names are decided and taken note of.
     *
     * @return the same at each call
     */
    UseGate gate();
}
