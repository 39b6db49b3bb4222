package dev.cordon;

import dev.cordon.bundle.BundleReader;
import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.CordonException;
import dev.cordon.error.UsageException;
import dev.cordon.extism.ExtismManifest;
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
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A loaded plugin, ready to be called. Thread-safe.
 *
 * <p>Every call either answers or throws one {@link CordonException}, which carries the call's
 * report.
 */
public final class Plugin extends CallablePlugin implements AutoCloseable {
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

    @Override
    AsyncCalls async() {
        return async;
    }

    /** What serves calls now. */
    PluginVersion current() {
        return lifecycle.current();
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
        reloaded(() -> BundleReader.read(file), PluginVersion::wantedNow);
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
        reloaded(() -> BundleReader.of(name, module), PluginVersion::wantedNow);
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
        reloaded(
                manifest::module,
                before -> before.wantedNow(before.wanted().base()).withExtismManifest(manifest));
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

    private void reloaded(
            Supplier<PluginBundle> file, Function<PluginVersion, LoadOptions> options) {
        PluginVersion old = lifecycle.reload(file, options);
        listener.pluginReloaded(id(), old.digest(), digest());
    }

    /**
     * Grants something more, while calls run; also what was taken back before.
     *
     * <p>Names of commands, topics and keys, addresses and random bytes can be used at once;
     * environment, streams, the precise clock and a directory that is new are there for the next
     * call; a directory that could only be read can be written from the next file on that is
     * opened.
     *
     * @param grant what is allowed from now on
     * @return whether it was not granted until now
     * @throws UsageException if it cannot be used, for {@code sys:memory}, for a kind that the
     *     manifest does not ask for unless the engine allows that, and for what the publisher may
     *     not get; nothing has changed then
     */
    public boolean grant(Grant grant) {
        return lifecycle.change(live -> live.grant(grant), held -> true);
    }

    /**
     * Takes a grant back, while calls run, those of versions that were replaced included.
     *
     * <p>Files are closed at once, also those that guests have open, and so are sockets that no
     * other grant covers; random bytes are refused at the next use, and so are commands, topics and
     * keys; environment, streams and the precise clock are gone for the next call.
     *
     * @param grant what is no longer allowed
     * @return whether it was granted until now
     * @throws UsageException for {@code sys:memory}, which the instances were made with
     */
    public boolean revoke(Grant grant) {
        return lifecycle.change(live -> live.revoke(grant), held -> !held.equals(grant));
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
     * Replaces all grants, while calls run: all at once, or not at all. What is granted before and
     * after stays open.
     *
     * @param next what is allowed from now on
     * @throws UsageException as for {@link #grant}; nothing has changed then
     */
    public void setGrants(Grants next) {
        lifecycle.change(live -> live.set(next), next.granted()::contains);
    }

    /**
     * What the plugin may do now.
     *
     * @return its grants, as they were last changed
     */
    public Grants grants() {
        return current().grants();
    }

    @Override
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

    /** Has the listener told what was counted and not told yet. */
    void flushAudit() {
        lifecycle.flushAudit();
    }

    /** Its side of the bridge. */
    @Override
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

    Lifecycle lifecycle() {
        return lifecycle;
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
     * <p>Waits at most 30 seconds, for a host function that does not return, and not for the call
     * that the application is answering on this thread. Closing again does nothing.
     */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            lifecycle.close(CLOSE_NANOS);
            onClose.accept(this);
        }
    }
}
