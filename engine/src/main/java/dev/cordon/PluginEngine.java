package dev.cordon;

import dev.cordon.bridge.TraceContext;
import dev.cordon.bundle.BundleReader;
import dev.cordon.bundle.PluginBundle;
import dev.cordon.data.SharedData;
import dev.cordon.dispatch.Scope;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.extism.ExtismManifest;
import dev.cordon.quota.Quota;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import dev.cordon.trust.judge.Examination;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * Loads plugins that strangers wrote and lets them do what they were granted, and no more.
 * Thread-safe.
 *
 * <p>An engine without settings trusts nobody, grants nothing, keeps nothing on disk and holds
 * every plugin to {@link Quota#defaults()}.
 */
public final class PluginEngine implements AutoCloseable {
    private static final long CLOSE_NANOS = 30_000_000_000L;

    private final EngineParts parts;
    private final PluginLoader loader;
    private final AsyncCalls async = new AsyncCalls();
    private final CommandBridge commandBridge;
    private final EventBridge eventBridge;
    private final AuditLog audit;
    private final Set<Plugin> plugins = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    PluginEngine(EngineParts parts) {
        this.parts = parts;
        this.loader = new PluginLoader(parts);
        this.commandBridge = new CommandBridge(parts.bridge());
        this.eventBridge = new EventBridge(parts.bridge());
        this.audit = new AuditLog(parts.audit(), () -> plugins.forEach(Plugin::flushAudit));
    }

    /**
     * Starts to describe an engine.
     *
     * @return a builder with the defaults
     */
    public static PluginEngineBuilder builder() {
        return new PluginEngineBuilder();
    }

    /**
     * Loads a plugin that is granted nothing.
     *
     * @param file a {@code .wasm} file, its manifest inside or beside it
     * @return the plugin, ready to be called
     * @throws dev.cordon.error.CordonException if it is refused
     */
    public Plugin load(Path file) {
        return load(file, LoadOptions.defaults());
    }

    /**
     * Loads a plugin.
     *
     * @param file a {@code .wasm} file, its manifest inside or beside it
     * @param options what it may do and use
     * @return the plugin, ready to be called
     * @throws dev.cordon.error.CordonException if it is refused
     */
    public Plugin load(Path file, LoadOptions options) {
        return load(BundleReader.read(file), options);
    }

    /**
     * Loads a plugin from memory that is granted nothing.
     *
     * @param name what to call it, like a file's name
     * @param module its bytes
     * @return the plugin, ready to be called
     * @throws dev.cordon.error.CordonException if it is refused
     */
    public Plugin load(String name, byte[] module) {
        return load(name, module, LoadOptions.defaults());
    }

    /**
     * Loads a plugin from memory.
     *
     * @param name what to call it, like a file's name
     * @param module its bytes
     * @param options what it may do and use
     * @return the plugin, ready to be called
     * @throws dev.cordon.error.CordonException if it is refused
     */
    public Plugin load(String name, byte[] module, LoadOptions options) {
        return load(BundleReader.of(name, module), options);
    }

    /**
     * Loads an Extism plugin that is granted no more than the directories of its manifest.
     *
     * @param manifest its module, configuration and limits
     * @return the plugin, ready to be called
     * @throws dev.cordon.error.CordonException if it is refused
     */
    public Plugin load(ExtismManifest manifest) {
        return load(manifest, LoadOptions.defaults());
    }

    /**
     * Loads an Extism plugin.
     *
     * @param manifest its module, configuration, directories and limits
     * @param options what it may do and use beside; of two limits the tighter holds, of two
     *     configuration values that of the options
     * @return the plugin, ready to be called
     * @throws dev.cordon.error.CordonException if it is refused
     */
    public Plugin load(ExtismManifest manifest, LoadOptions options) {
        return load(manifest.module(), options.withExtismManifest(manifest));
    }

    /**
     * Loads a plugin whose file was read before.
     *
     * @param bundle its module, manifest and signatures
     * @param wanted what it may do and use
     * @return the plugin, ready to be called
     * @throws dev.cordon.error.CordonException if it is refused
     */
    public Plugin load(PluginBundle bundle, LoadOptions wanted) {
        requireOpen();
        PluginVersion version = loader.load(bundle, wanted, null);
        Plugin plugin = new Plugin(version, parts, loader, async, this::forget);
        try {
            parts.bridge().subscribe(plugin.port(), version.topics(), wanted.durableEvents());
            loader.accept(version); // the last step that can fail: a refusal leaves no floor behind
        } catch (RuntimeException | Error refused) {
            parts.bridge().unsubscribe(plugin.port());
            plugin.lifecycle().close(CLOSE_NANOS);
            throw refused;
        }
        plugins.add(plugin);
        if (closed) { // while this one was loading
            plugin.close();
            requireOpen();
        }
        parts.listener().pluginLoaded(plugin.id(), version.digest());
        return plugin;
    }

    private void forget(Plugin plugin) {
        plugins.remove(plugin);
        parts.bridge().remove(plugin.port());
        parts.listener().pluginClosed(plugin.id());
    }

    /**
     * The commands between the application and its plugins.
     *
     * @return the same at each call
     */
    public CommandBridge commands() {
        return commandBridge;
    }

    /**
     * The events of the application and its plugins.
     *
     * @return the same at each call
     */
    public EventBridge events() {
        return eventBridge;
    }

    /**
     * Does some of the application's work as a part of a trace that began elsewhere: commands that
     * it sends and events that it publishes on this thread are spans of it.
     *
     * @param trace the span that caused the work
     * @param work what to do
     * @param <T> what it gives
     * @return what it gave
     */
    public <T> T inTrace(TraceContext trace, Supplier<T> work) {
        return Scope.of(trace).with(work);
    }

    /**
     * Tells what is in a plugin's file; loads and runs nothing.
     *
     * @param file a {@code .wasm} file
     * @return what it contains, needs and offers
     * @throws dev.cordon.error.CordonException if it is no plugin that can be read
     */
    public ModuleFacts inspect(Path file) {
        return inspect(BundleReader.read(file));
    }

    /**
     * Tells what is in a plugin's file that was read before; loads and runs nothing.
     *
     * @param bundle its module, manifest and signatures
     * @return what it contains, needs and offers
     * @throws dev.cordon.error.CordonException if it is no plugin that can be read
     */
    public ModuleFacts inspect(PluginBundle bundle) {
        return Inspection.of(bundle, parts.functions());
    }

    /**
     * Tells whether the engine's policy trusts a plugin's file, and why; loads and runs nothing.
     *
     * @param file a {@code .wasm} file, its signatures inside or beside it
     * @return the verdict and how it came about, whatever the policy's mode is
     * @throws dev.cordon.error.CordonException if the file cannot be read
     */
    public Verification verify(Path file) {
        Examination examination = parts.judge().examine(BundleReader.read(file));
        return new Verification(examination.verdict(), examination.lines());
    }

    /**
     * Reads the policy's lists of revocations again. Plugins that are not trusted any more are
     * closed, calls that run are stopped, and further calls say why.
     *
     * @return the plugins that were closed
     */
    public List<Plugin> refreshTrust() {
        parts.judge().recheck();
        plugins.forEach(plugin -> plugin.lifecycle().stopUntrusted());
        List<Plugin> untrusted =
                plugins.stream().filter(plugin -> plugin.lifecycle().isUntrusted()).toList();
        untrusted.forEach(Plugin::close);
        return untrusted;
    }

    /**
     * Scans a plugin's file by the default policy; loads and runs nothing.
     *
     * @param file a {@code .wasm} file
     * @return what was found, also if the file is no module at all
     * @throws dev.cordon.error.CordonException if it cannot be read or is too large
     */
    public ScanReport scan(Path file) {
        return scan(file, ScanPolicy.defaults());
    }

    /**
     * Scans a plugin's file; loads and runs nothing.
     *
     * @param file a {@code .wasm} file
     * @param policy what to hold it against
     * @return what was found, also if the file is no module at all
     * @throws dev.cordon.error.CordonException if it cannot be read or is too large
     */
    public ScanReport scan(Path file, ScanPolicy policy) {
        return Scanning.scan(BundleReader.read(file), policy, parts.functions());
    }

    /**
     * What plugins share with each other and with the application.
     *
     * @return the data that the engine was given, or data in memory that it made
     */
    public SharedData data() {
        return parts.data();
    }

    /**
     * What was decided about plugins.
     *
     * @return the same at each call
     */
    public AuditLog audit() {
        return audit;
    }

    private void requireOpen() {
        if (closed) {
            throw new UsageException(
                    ErrorCode.CLOSED, "engine", "the engine was closed", "make another engine");
        }
    }

    /**
     * Closes every plugin, stopping calls that still run, and ends the engine's threads. Closing
     * again does nothing.
     */
    @Override
    public void close() {
        closed = true;
        plugins.forEach(Plugin::close);
        parts.bridge().close();
        async.close(CLOSE_NANOS);
    }
}
