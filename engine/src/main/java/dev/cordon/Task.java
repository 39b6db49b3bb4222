package dev.cordon;

import dev.cordon.dispatch.Scope;
import dev.cordon.guest.RunStreams;
import org.jspecify.annotations.Nullable;

/**
 * What one call is to do, and for whom.
 *
 * @param command what the report calls it
 * @param payload its input
 * @param options of this call
 * @param streams the caller's if this is a run, else null
 * @param scope what the call is part of; null if the application made it
 * @param event whether the payload is an event
 */
record Task(
        String command,
        byte[] payload,
        CallOptions options,
        @Nullable RunStreams streams,
        @Nullable Scope scope,
        boolean event) {
    static Task of(String command, byte[] payload, CallOptions options) {
        return new Task(command, payload, options, null, null, false);
    }

    static Task run(CallOptions options, RunStreams streams) {
        return new Task("_start", new byte[0], options, streams, null, false);
    }

    static Task within(Scope scope, String command, byte[] payload) {
        return new Task(command, payload, CallOptions.defaults(), null, scope, false);
    }

    Task asEvent() {
        return new Task(command, payload, options, streams, scope, true);
    }

    /** Whether a plugin waits for this call, and holds its own places meanwhile. */
    boolean nested() {
        return scope != null && scope.insidePlugin();
    }
}
