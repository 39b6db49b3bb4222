package dev.cordon;

import dev.cordon.error.CordonException;
import dev.cordon.guest.RunStreams;
import java.util.concurrent.CompletableFuture;

/** The calls that can be made of a plugin; all of them go through {@link Calls}. Thread-safe. */
abstract sealed class CallablePlugin permits Plugin {
    /**
     * What the plugin is called.
     *
     * @return the manifest's id
     */
    public abstract String id();

    abstract PluginOnBridge port();

    abstract AsyncCalls async();

    /**
     * Sends a command.
     *
     * @param command one of {@link Plugin#commands()}
     * @param payload its input; not to be changed before the call has ended
     * @return what the plugin answered
     * @throws dev.cordon.error.PluginErrorException if it answered with an error
     * @throws CordonException if the call was refused or the guest was stopped
     */
    public CallResult call(String command, byte[] payload) {
        return call(command, payload, CallOptions.defaults());
    }

    /**
     * Sends a command with options.
     *
     * @param command one of {@link Plugin#commands()}
     * @param payload its input; not to be changed before the call has ended
     * @param options limits, cancellation, measurement
     * @return what the plugin answered
     * @throws dev.cordon.error.PluginErrorException if it answered with an error
     * @throws CordonException if the call was refused or the guest was stopped
     */
    public CallResult call(String command, byte[] payload, CallOptions options) {
        Ended ended = port().calls().call(Task.of(command, payload, options));
        return new CallResult(id(), ended.output(), ended.report());
    }

    /**
     * Sends a command whose payload and result are JSON.
     *
     * @param command one of {@link Plugin#commands()}
     * @param request what Jackson turns into the payload
     * @param type what Jackson turns the result into
     * @param <T> the same
     * @return the value and the call's report
     * @throws CordonException as for any call, or if one of them cannot be mapped
     */
    public <T> Reply<T> call(String command, Object request, Class<T> type) {
        return call(command, request, type, CallOptions.defaults());
    }

    /**
     * Sends a command whose payload and result are JSON, with options.
     *
     * @param command one of {@link Plugin#commands()}
     * @param request what Jackson turns into the payload
     * @param type what Jackson turns the result into
     * @param options limits, cancellation, measurement
     * @param <T> the same
     * @return the value and the call's report
     * @throws CordonException as for any call, or if one of them cannot be mapped
     */
    public <T> Reply<T> call(String command, Object request, Class<T> type, CallOptions options) {
        CallResult result = call(command, Payloads.bytes(id(), request), options);
        try {
            return new Reply<>(result.as(type), result.report());
        } catch (CordonException unmappable) {
            unmappable.attachReport(result.report());
            throw unmappable;
        }
    }

    /**
     * Sends a command without waiting for its answer.
     *
     * @param command one of {@link Plugin#commands()}
     * @param payload its input; not to be changed before the call has ended
     * @return the answer or the exception to come; cancelling it stops the guest
     */
    public CompletableFuture<CallResult> callAsync(String command, byte[] payload) {
        return callAsync(command, payload, CallOptions.defaults());
    }

    /**
     * Sends a command without waiting for its answer, with options.
     *
     * @param command one of {@link Plugin#commands()}
     * @param payload its input; not to be changed before the call has ended
     * @param options limits, cancellation, measurement
     * @return the answer or the exception to come; cancelling it stops the guest
     */
    public CompletableFuture<CallResult> callAsync(
            String command, byte[] payload, CallOptions options) {
        Cancellation token = new Cancellation(options.token());
        CallOptions own = options.withCancellation(token);
        return async().submit(id(), token, () -> call(command, payload, own));
    }

    /**
     * Runs a WASI command from its start to its exit.
     *
     * @param options arguments, environment and streams
     * @return the exit status and the run's report
     * @throws CordonException if the run was refused or the guest was stopped
     */
    public RunResult run(RunOptions options) {
        RunStreams streams =
                new RunStreams(
                                options.args(),
                                options.environment(),
                                options.input(),
                                options.output(),
                                options.error(),
                                options.listeners())
                        .checked(id());
        Ended ended = port().calls().call(Task.run(options.call(), streams));
        return new RunResult(ended.status(), ended.report());
    }
}
