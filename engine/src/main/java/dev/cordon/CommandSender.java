package dev.cordon;

import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.Party;
import dev.cordon.dispatch.Bridge;
import dev.cordon.dispatch.Resilience;
import dev.cordon.error.CordonException;
import dev.cordon.monitor.BreakerReport;
import java.util.List;

/**
 * Sends commands for one part of the application that wants them retried, or kept back while their
 * handler fails. Thread-safe.
 *
 * <p>Each attempt is a dispatch of its own, with its own report and span. Deadline, fuel and
 * cancellation of a {@code send} hold for all attempts and the waits between them together.
 */
public final class CommandSender {
    private final Bridge bridge;
    private final Resilience resilience;

    CommandSender(Bridge bridge, Resilience resilience) {
        this.bridge = bridge;
        this.resilience = resilience;
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param name which one
     * @param payload its input; not to be changed before it is answered
     * @return the answer
     * @throws CordonException of the last attempt, if there is none; with {@link
     *     dev.cordon.error.ErrorCode#CIRCUIT_OPEN} if it was kept back
     */
    public CommandResult send(String name, byte[] payload) {
        return send(name, payload, CallOptions.defaults());
    }

    /**
     * Sends a command with options and waits for its answer.
     *
     * @param name which one
     * @param payload its input; not to be changed before it is answered
     * @param options fuel, deadline and cancellation, which hold for all attempts together, and
     *     memory, which holds for each
     * @return the answer
     * @throws CordonException of the last attempt, if there is none; with {@link
     *     dev.cordon.error.ErrorCode#CIRCUIT_OPEN} if it was kept back
     */
    public CommandResult send(String name, byte[] payload, CallOptions options) {
        return bridge.send(name, payload, CommandBridge.allowance(options), resilience);
    }

    /**
     * Sends a command whose payload and answer are JSON.
     *
     * @param name which one
     * @param request what Jackson turns into the payload
     * @param type what Jackson turns the answer into
     * @param <T> the same
     * @return the answer
     * @throws CordonException if there is none, or one of them cannot be mapped
     */
    public <T> T send(String name, Object request, Class<T> type) {
        String host = Party.host().id();
        CommandResult result = send(name, Payloads.bytes(host, request));
        return Payloads.value(host, result.payload(), type);
    }

    /**
     * How its circuit breakers stand.
     *
     * @return one for each command that was sent, the least recently used first; empty without a
     *     policy for them
     */
    public List<BreakerReport> breakers() {
        return resilience.breakers();
    }
}
