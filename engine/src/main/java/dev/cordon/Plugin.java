package dev.cordon;

import dev.cordon.bundle.BundleReader;
import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.Grant;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.extism.ExtismManifest;
import dev.cordon.guest.RunStreams;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.PluginKind;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.PluginHealth;
import dev.cordon.scan.ScanReport;
import dev.cordon.trust.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * A loaded plugin, ready to be called. Thread-safe.
 *
 * <p>Every call either answers or throws one {@link CordonException}, which carries the call's
 * report.
 */
public final class Plugin implements AutoCloseable {
    /** How long {@link #close()} waits for calls that it has stopped. */
    private static final long CLOSE_NANOS = 30_000_000_000L;

    private final Lifecycle lifecycle;
    private final EngineListener listener;
    private final AsyncCalls async;
    private final Consumer<Plugin> onClose;
    private final AtomicBoolean closed = new AtomicBoolean();

    Plugin(
            PluginVersion first,
            EngineParts engine,
            PluginLoader loader,
            AsyncCalls async,
            Consumer<Plugin> onClose) {
        this.lifecycle = new Lifecycle(first, engine, loader);
        this.listener = engine.listener();
        this.async = async;
        this.onClose = onClose;
    }

    /** What serves calls now. */
    PluginVersion current() {
        return lifecycle.current();
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
        Ended ended = port().calls().call(Task.of(command, payload, options));
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
        Ended ended = port().calls().call(Task.run(options.call(), streams));
        return new RunResult(ended.status(), ended.report());
    }

    /**
     * Puts a new version of the plugin in the place of this one, with the options that it was
     * loaded with and the grants that it has now.
     *
     * <p>As {@link #reload(Path, LoadOptions)} does, which see.
     *
     * @param file a {@code .wasm} file, its manifest inside or beside it
     * @throws CordonException if it is refused; then the old version goes on
     */
    public void reload(Path file) {
        reloaded(() -> BundleReader.read(file), this::live);
    }

    /**
     * Puts a new version of the plugin in the place of this one.
     *
     * <p>It goes the whole way of loading. When this returns, it serves: every call that starts
     * afterwards, every call that waited for an instance, and what the bridge sends. Calls that run
     * end on the old version, which is closed behind the last of them. Registrations, waiting
     * events and shared data stay; kept state and variables of Extism start anew.
     *
     * @param file a {@code .wasm} file, its manifest inside or beside it
     * @param options what it may do and use; replaces what held until now
     * @throws CordonException if it is refused, also because it has another id or lacks a command
     *     that this one is registered for; then the old version goes on
     */
    public void reload(Path file, LoadOptions options) {
        reloaded(() -> BundleReader.read(file), before -> options);
    }

    /**
     * The same from memory, with the options and grants that hold now.
     *
     * @param name what to call it, like a file's name
     * @param module its bytes
     * @throws CordonException as {@link #reload(Path)}
     */
    public void reload(String name, byte[] module) {
        reloaded(() -> BundleReader.of(name, module), this::live);
    }

    /**
     * The same from memory.
     *
     * @param name what to call it, like a file's name
     * @param module its bytes
     * @param options what it may do and use; replaces what held until now
     * @throws CordonException as {@link #reload(Path, LoadOptions)}
     */
    public void reload(String name, byte[] module, LoadOptions options) {
        reloaded(() -> BundleReader.of(name, module), before -> options);
    }

    /**
     * The same with a file that was read before.
     *
     * @param bundle its module, manifest and signatures
     * @param options what it may do and use; replaces what held until now
     * @throws CordonException as {@link #reload(Path, LoadOptions)}
     */
    public void reload(PluginBundle bundle, LoadOptions options) {
        reloaded(() -> bundle, before -> options);
    }

    /**
     * The same with an Extism plugin, with the options and grants that hold now; of those of
     * another Extism manifest nothing stays.
     *
     * @param manifest its module, configuration and limits
     * @throws CordonException as {@link #reload(Path)}
     */
    public void reload(ExtismManifest manifest) {
        reloaded(manifest::module, before -> live(before.base()).withExtismManifest(manifest));
    }

    /**
     * The same with an Extism plugin.
     *
     * @param manifest its module, configuration, directories and limits
     * @param options what it may do and use beside; replaces what held until now
     * @throws CordonException as {@link #reload(Path, LoadOptions)}
     */
    public void reload(ExtismManifest manifest, LoadOptions options) {
        reloaded(manifest::module, before -> options.withExtismManifest(manifest));
    }

    /** The options with the grants that hold now. */
    private LoadOptions live(LoadOptions before) {
        LoadOptions now = Loading.narrowed(before, lifecycle.live(before.grants()));
        return before.base() == before ? now : now.withBase(live(before.base()));
    }

    private void reloaded(Supplier<PluginBundle> file, UnaryOperator<LoadOptions> options) {
        PluginVersion old = lifecycle.reload(file, options);
        listener.pluginReloaded(id(), old.digest(), digest());
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
        return lifecycle.change(doors -> doors.revoke(grant));
    }

    /**
     * Whether the plugin may be called, by its {@link CrashPolicy}.
     *
     * @return how it is at this moment
     */
    public PluginHealth health() {
        return lifecycle.health();
    }

    /**
     * Lets a plugin be called again that is quarantined or backing off, and forgets its crashes.
     *
     * @return whether it was
     */
    public boolean release() {
        return lifecycle.guard().release();
    }

    /**
     * What the plugin may do now.
     *
     * @return its grants without those that were revoked
     */
    public Grants grants() {
        return current().grants();
    }

    /**
     * What the plugin is called.
     *
     * @return the manifest's id
     */
    public String id() {
        return lifecycle.plugin();
    }

    /**
     * Which version of the plugin it is.
     *
     * @return a semantic version
     */
    public String version() {
        return current().manifest().version();
    }

    /**
     * What the plugin says about itself.
     *
     * @return its manifest, or one made of its exports
     */
    public Manifest manifest() {
        return current().manifest();
    }

    /**
     * The plugin's identity.
     *
     * @return SHA-256 of the module's bytes as loaded, 64 hexadecimal digits
     */
    public String digest() {
        return current().digest();
    }

    /** Its side of the bridge. */
    PluginOnBridge port() {
        return lifecycle.port();
    }

    /**
     * What was found out about who made it.
     *
     * @return the verdict as of loading, about the bytes with this digest
     */
    public Verdict verdict() {
        return current().trusted().verdict();
    }

    /** Whether it was trusted once and is not any more. */
    boolean isUntrusted() {
        return lifecycle.isUntrusted();
    }

    /** Stops old versions that were trusted once and are not any more. */
    void stopUntrusted() {
        lifecycle.stopUntrusted();
    }

    /**
     * What kind of plugin it is.
     *
     * @return the kind
     */
    public PluginKind kind() {
        return current().module().kind();
    }

    /**
     * What can be called.
     *
     * @return names in the manifest's order
     */
    public List<String> commands() {
        return List.copyOf(current().commands().names());
    }

    /**
     * What the plugin asks for and was not granted.
     *
     * @return requests of its manifest
     */
    public List<String> missingGrants() {
        return current().missingGrants();
    }

    /**
     * What the scan found that {@link LoadOptions#withScan} asked for.
     *
     * @return empty if the plugin was not scanned
     */
    public Optional<ScanReport> scanReport() {
        return current().scanReport();
    }

    /**
     * Functions that run in the interpreter although the module is compiled, and so slowly.
     *
     * @return their indices, imports counted first; usually none
     */
    public List<Integer> interpretedFunctions() {
        return current().module().compiled().interpretedFunctions();
    }

    /**
     * Ends what the plugin handles and receives, lets its calls end, and closes it.
     *
     * @param grace how long to wait for calls that run or wait; then they are stopped
     * @return whether no call had to be stopped
     */
    public boolean closeWithin(Duration grace) {
        lifecycle.leaveBridge();
        boolean idle = lifecycle.awaitIdle(grace.toNanos());
        close();
        return idle;
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
            lifecycle.close(CLOSE_NANOS);
            onClose.accept(this);
        }
    }
}
