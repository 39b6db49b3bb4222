package dev.cordon.dispatch;

import dev.cordon.bridge.Party;
import dev.cordon.capability.Grants;
import dev.cordon.guest.UseGate;

/** A loaded plugin as the dispatcher sees it. Thread-safe. */
public interface PluginPort {
    /**
     * Who it is.
     *
     * @return the same at each call
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

    /**
     * Has it handle one of its commands.
     *
     * @param command as the plugin names it
     * @param payload its input
     * @param scope what the call is part of
     * @return the answer
     * @throws dev.cordon.error.CordonException with the call's report, if there is none
     */
    Answer call(String command, byte[] payload, Scope scope);

    /**
     * Has it receive an event.
     *
     * @param document CloudEvents JSON
     * @param scope what the call is part of
     * @throws dev.cordon.error.CordonException if it failed
     */
    void receive(byte[] document, Scope scope);

    /**
     * What a plugin answered.
     *
     * @param payload the result
     * @param fuelUsed units
     */
    record Answer(byte[] payload, long fuelUsed) {}
}
