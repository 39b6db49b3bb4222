package dev.cordon.monitor;

import dev.cordon.error.ErrorCode;
import java.time.Instant;
import java.util.Optional;

/**
 * How a plugin is, at one moment. Immutable.
 *
 * @param state whether it may be called
 * @param crashesInARow crashes since a call was last answered
 * @param crashes crashes since it was loaded, reloaded or released; calls that were running already
 *     when it went down are not counted
 * @param lastCrash why the last of them was stopped; empty if there is none
 * @param nextAttempt when it may be tried again; empty unless it is backing off
 */
public record PluginHealth(
        PluginState state,
        int crashesInARow,
        long crashes,
        Optional<ErrorCode> lastCrash,
        Optional<Instant> nextAttempt) {}
