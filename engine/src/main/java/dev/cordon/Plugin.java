package dev.cordon;

import dev.cordon.capability.Grant;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.guest.RunStreams;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.PluginKind;
import dev.cordon.scan.ScanReport;
import dev.cordon.trust.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A loaded plugin, ready to be called. Thread-safe.
 *
 * <p>Every call either answers or throws one {@link CordonException}, which carries the call's
 * report.
 */
public final class Plugin implements AutoCloseable {
    /** How long {@link #close()} waits for calls that it has stopped. */
    private static final long CLOSE_NANOS = 30_000_000_000L;

    private final String id;
    private final PluginOnBridge port;
    private final AsyncCalls async;
    private final Consumer<Plugin> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile PluginVersion current;

    Plugin(PluginVersion first, EngineParts engine, AsyncCalls async, Consumer<Plugin> onClose) {
        this.id = first.manifest().id();
        this.current = first;
        this.async = async;
        this.onClose = onClose;
        this.port = new PluginOnBridge(engine.bridge(), this);
    }

    /** What serves calls now. */
    PluginVersion current() {
        return current;
    }

    /** The one way of all calls, whoever makes them. */
    Ended dispatch(Task task) {
        PluginVersion serving = current;
        return serving.path().call(task, serving.sends() ? port.link(task.scope()) : null);
    }

    /**
     * Sends a command.
     *
     * @param command one of {@link #commands()}
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
     * @param command one of {@link #commands()}
     * @param payload its input; not to be changed before the call has ended
     * @param options limits, cancellation, measurement
     * @return what the plugin answered
     * @throws dev.cordon.error.PluginErrorException if it answered with an error
     * @throws CordonException if the call was refused or the guest was stopped
     */
    public CallResult call(String command, byte[] payload, CallOptions options) {
        Ended ended = dispatch(Task.of(command, payload, options));
        return new CallResult(id(), ended.output(), ended.report());
    }

    /**
     * Sends a command whose payload and result are JSON.
     *
     * @param command one of {@link #commands()}
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
     * @param command one of {@link #commands()}
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
     * @param command one of {@link #commands()}
     * @param payload its input; not to be changed before the call has ended
     * @return the answer or the exception to come; cancelling it stops the guest
     */
    public CompletableFuture<CallResult> callAsync(String command, byte[] payload) {
        return callAsync(command, payload, CallOptions.defaults());
    }

    /**
     * Sends a command without waiting for its answer, with options.
     *
     * @param command one of {@link #commands()}
     * @param payload its input; not to be changed before the call has ended
     * @param options limits, cancellation, measurement
     * @return the answer or the exception to come; cancelling it stops the guest
     */
    public CompletableFuture<CallResult> callAsync(
            String command, byte[] payload, CallOptions options) {
        Cancellation token = new Cancellation(options.token());
        CallOptions own = options.withCancellation(token);
        return async.submit(id(), token, () -> call(command, payload, own));
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
        Ended ended = dispatch(Task.run(options.call(), streams));
        return new RunResult(ended.status(), ended.report());
    }

    /**
     * Takes a grant back, while calls run.
     *
     * <p>Files and sockets are closed at once, also those that guests have open; random bytes are
     * refused at the next use, and so are commands and topics; environment, streams and the precise
     * clock are gone for the next call. What is taken back cannot be given again: load the plugin
     * anew.
     *
     * @param grant what is no longer allowed
     * @return whether it was granted until now
     * @throws UsageException for {@code sys:memory}, which the instances were made with
     */
    public boolean revoke(Grant grant) {
        if (grant.kind() == GrantKind.SYS_MEMORY) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    id(),
                    "was loaded with `sys:memory`, which its instances were made with",
                    "close it, and load it again without this grant");
        }
        return current.doors().revoke(grant);
    }

    /**
     * What the plugin may do now.
     *
     * @return its grants without those that were revoked
     */
    public Grants grants() {
        return current.grants();
    }

    /**
     * What the plugin is called.
     *
     * @return the manifest's id
     */
    public String id() {
        return id;
    }

    /**
     * Which version of the plugin it is.
     *
     * @return a semantic version
     */
    public String version() {
        return current.manifest().version();
    }

    /**
     * What the plugin says about itself.
     *
     * @return its manifest, or one made of its exports
     */
    public Manifest manifest() {
        return current.manifest();
    }

    /**
     * The plugin's identity.
     *
     * @return SHA-256 of the module's bytes as loaded, 64 hexadecimal digits
     */
    public String digest() {
        return current.digest();
    }

    /** Its side of the bridge. */
    PluginOnBridge port() {
        return port;
    }

    /**
     * What was found out about who made it.
     *
     * @return the verdict as of loading, about the bytes with this digest
     */
    public Verdict verdict() {
        return current.trusted().verdict();
    }

    /** Whether it was trusted once and is not any more. */
    boolean isUntrusted() {
        return current.isUntrusted();
    }

    /**
     * What kind of plugin it is.
     *
     * @return the kind
     */
    public PluginKind kind() {
        return current.module().kind();
    }

    /**
     * What can be called.
     *
     * @return names in the manifest's order
     */
    public List<String> commands() {
        return List.copyOf(current.commands().names());
    }

    /**
     * What the plugin asks for and was not granted.
     *
     * @return requests of its manifest
     */
    public List<String> missingGrants() {
        return current.missingGrants();
    }

    /**
     * What the scan found that {@link LoadOptions#withScan} asked for.
     *
     * @return empty if the plugin was not scanned
     */
    public Optional<ScanReport> scanReport() {
        return current.scanReport();
    }

    /**
     * Functions that run in the interpreter although the module is compiled, and so slowly.
     *
     * @return their indices, imports counted first; usually none
     */
    public List<Integer> interpretedFunctions() {
        return current.module().compiled().interpretedFunctions();
    }

    /**
     * Refuses further calls, stops those that run or wait, and returns when they have ended.
     *
     * <p>Waits at most 30 seconds, for a host function that does not return. Closing again does
     * nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            current.close(CLOSE_NANOS);
            onClose.accept(this);
        }
    }
}
