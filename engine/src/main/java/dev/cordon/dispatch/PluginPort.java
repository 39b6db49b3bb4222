package dev.cordon.dispatch;

import dev.cordon.bridge.CommandHandler;
import dev.cordon.capability.NamePattern;
import java.util.List;
import java.util.Optional;

/** A loaded plugin as the dispatcher sees it. Thread-safe. */
public interface PluginPort extends Sender {
    /**
     * What it subscribes to now.
     *
     * @return the patterns of its manifest
     */
    List<NamePattern> topics();

    /**
     * Who answers for it while it is down.
     *
     * @return empty if nobody does
     */
    Optional<CommandHandler> standIn();

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
