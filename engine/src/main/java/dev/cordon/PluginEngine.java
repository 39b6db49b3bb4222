package dev.cordon;

import dev.cordon.bundle.BundleReader;
import dev.cordon.bundle.PluginBundle;
import dev.cordon.data.SharedData;
import dev.cordon.dispatch.Bridge;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.error.UsageException;
import dev.cordon.extism.ExtismManifest;
import dev.cordon.guest.ApplicationFunctions;
import dev.cordon.guest.HostApi;
import dev.cordon.guest.HostImports;
import dev.cordon.guest.PluginModule;
import dev.cordon.guest.PluginSettings;
import dev.cordon.guest.PluginShape;
import dev.cordon.host.HostModule;
import dev.cordon.manifest.Manifest;
import dev.cordon.manifest.PluginKind;
import dev.cordon.meter.CostTable;
import dev.cordon.meter.FuelPlanner;
import dev.cordon.meter.MeteredModule;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.runtime.CompileCache;
import dev.cordon.runtime.CompiledModule;
import dev.cordon.runtime.ModuleCompiler;
import dev.cordon.scan.ScanPolicy;
import dev.cordon.scan.ScanReport;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.judge.Examination;
import dev.cordon.trust.judge.TrustJudge;
import dev.cordon.trust.judge.TrustedBundle;
import dev.cordon.wasm.ModuleOutline;
import dev.cordon.wasm.ModuleReader;
import dev.cordon.wasm.ModuleValidator;
import dev.cordon.wasm.ValidModule;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads plugins that strangers wrote and lets them do what they were granted, and no more.
 * Thread-safe.
 *
 * <p>An engine without settings trusts nobody, grants nothing, keeps nothing on disk and holds
 * every plugin to {@link Quota#defaults()}.
 */
public final class PluginEngine implements AutoCloseable {
    /**
     * Names what compiled code depends on beside the module: the engine and what its fuel costs.
     */
    private static final String CACHE_VARIANT = "cordon-0.1.0-" + CostTable.SCHEMA;

    private static final long CLOSE_NANOS = 30_000_000_000L;

    private final Quota quota;
    private final EngineListener listener;
    private final SharedData data;
    private final ModuleCompiler compiler;
    private final @Nullable Admission places;
    private final TrustJudge judge;
    private final boolean allowUnrequested;
    private final ApplicationFunctions functions;
    private final AsyncCalls async = new AsyncCalls();
    private final Bridge bridge;
    private final CommandBridge commandBridge;
    private final EventBridge eventBridge;
    private final Set<Plugin> plugins = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    private PluginEngine(Builder settings) {
        this.quota = settings.quota;
        this.listener = new ContainedListener(settings.listener);
        SharedData shared = settings.data;
        this.data = shared == null ? SharedData.inMemory() : shared;
        Path folder = settings.cache;
        CompileCache cache = folder == null ? null : new CompileCache(folder, CACHE_VARIANT);
        this.judge = new TrustJudge(settings.trust);
        this.allowUnrequested = settings.allowUnrequested;
        this.functions = ApplicationFunctions.of(settings.hostModules);
        this.compiler = new ModuleCompiler(settings.engine.runtime(), cache);
        this.bridge = new Bridge(listener);
        this.commandBridge = new CommandBridge(bridge);
        this.eventBridge = new EventBridge(bridge);
        this.places =
                settings.callsInParallel == 0
                        ? null
                        : new Admission(settings.callsInParallel, quota.waitingCalls());
    }

    /**
     * Starts to describe an engine.
     *
     * @return a builder with the defaults
     */
    public static Builder builder() {
        return new Builder();
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

    /** The way of a plugin from its file to its first call. */
    private Plugin load(PluginBundle bundle, LoadOptions wanted) {
        requireOpen();
        TrustedBundle trusted = judge.judge(bundle);
        LoadOptions allowed = Loading.allowed(trusted, wanted, listener);
        ModuleOutline outline = ModuleReader.read(bundle.name(), bundle.module());
        Manifest manifest = Loading.manifest(bundle, outline, allowed);
        LoadOptions options =
                allowUnrequested ? allowed : Loading.requested(bundle, outline, manifest, allowed);
        HostImports imports = HostApi.resolve(outline, manifest.id(), functions, options.extism());
        List<String> missing = Loading.missingGrants(manifest, options);
        Optional<ScanReport> scanned = Scanning.required(bundle, manifest, options, functions);
        CompiledModule compiled = compiled(bundle, manifest, outline);
        judge.accept(trusted);
        return ready(trusted, manifest, outline, imports, compiled, missing, scanned, options);
    }

    /** From the cache, where only what went this way before can be; else the whole way. */
    private CompiledModule compiled(PluginBundle bundle, Manifest manifest, ModuleOutline outline) {
        String digest = bundle.digest().hex();
        CompiledModule cached = compiler.cached(manifest.id(), bundle.module(), digest, outline);
        if (cached != null) {
            return cached;
        }
        ValidModule valid = ModuleValidator.validate(manifest.id(), bundle.module(), outline);
        MeteredModule metered = FuelPlanner.meter(valid);
        return compiler.compile(metered);
    }

    private Plugin ready(
            TrustedBundle trusted,
            Manifest manifest,
            ModuleOutline outline,
            HostImports imports,
            CompiledModule compiled,
            List<String> missing,
            Optional<ScanReport> scanned,
            LoadOptions options) {
        PluginKind kind = PluginShape.kind(manifest, outline);
        Quota limits = quota.tighter(options.quota()).tighter(manifest.quota());
        PluginSettings settings = Loading.settings(manifest.id(), options, limits, data, listener);
        PluginModule module = new PluginModule(compiled, imports, kind, manifest.state(), settings);
        Commands commands = new Commands(manifest, kind);
        String digest = trusted.bundle().digest().hex();
        PluginOnBridge port = new PluginOnBridge(bridge, module);
        CallPath path =
                new CallPath(
                        module,
                        commands,
                        limits,
                        Instances.limits(limits, options.grants()),
                        places,
                        () -> trusted.objection(digest),
                        new Reports(module, digest, listener),
                        port);
        port.serve(path);
        Plugin plugin =
                new Plugin(
                        manifest,
                        trusted,
                        module,
                        commands,
                        missing,
                        scanned,
                        path,
                        async,
                        this::forget);
        plugins.add(plugin);
        if (closed) { // while this one was loading
            plugin.close();
            requireOpen();
        }
        try {
            bridge.subscribe(port, manifest.subscriptions());
        } catch (QuotaExceededException tooMany) {
            plugin.close();
            throw tooMany;
        }
        listener.pluginLoaded(manifest.id(), digest);
        return plugin;
    }

    private void forget(Plugin plugin) {
        plugins.remove(plugin);
        bridge.remove(plugin.port());
        listener.pluginClosed(plugin.id());
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
     * Tells what is in a plugin's file; loads and runs nothing.
     *
     * @param file a {@code .wasm} file
     * @return what it contains, needs and offers
     * @throws dev.cordon.error.CordonException if it is no plugin that can be read
     */
    public ModuleFacts inspect(Path file) {
        return Inspection.of(BundleReader.read(file), functions);
    }

    /**
     * Tells whether the engine's policy trusts a plugin's file, and why; loads and runs nothing.
     *
     * @param file a {@code .wasm} file, its signatures inside or beside it
     * @return the verdict and how it came about, whatever the policy's mode is
     * @throws dev.cordon.error.CordonException if the file cannot be read
     */
    public Verification verify(Path file) {
        Examination examination = judge.examine(BundleReader.read(file));
        return new Verification(examination.verdict(), examination.lines());
    }

    /**
     * Reads the policy's lists of revocations again. Plugins that are not trusted any more are
     * closed, calls that run are stopped, and further calls say why.
     *
     * @return the plugins that were closed
     */
    public List<Plugin> refreshTrust() {
        judge.recheck();
        List<Plugin> untrusted = plugins.stream().filter(Plugin::isUntrusted).toList();
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
        return Scanning.scan(BundleReader.read(file), policy, functions);
    }

    /**
     * What plugins share with each other and with the application.
     *
     * @return the data that the engine was given, or data in memory that it made
     */
    public SharedData data() {
        return data;
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
        bridge.close();
        async.close(CLOSE_NANOS);
    }

    /** How an engine is to behave. */
    public static final class Builder {
        private EngineKind engine = EngineKind.COMPILED;
        private Quota quota = Quota.defaults();
        private EngineListener listener = EngineListener.NONE;
        private @Nullable Path cache;
        private @Nullable SharedData data;
        private int callsInParallel;
        private TrustPolicy trust = TrustPolicy.enforce();
        private boolean allowUnrequested;
        private final List<HostModule> hostModules = new ArrayList<>();

        private Builder() {}

        /**
         * Sets how modules are executed; compiled unless set.
         *
         * @param next compiled or interpreted
         * @return this
         */
        public Builder engine(EngineKind next) {
            engine = next;
            return this;
        }

        /**
         * Sets what plugins may use at most; {@link Quota#defaults()} unless set.
         *
         * @param next limits for every call of every plugin
         * @return this
         */
        public Builder quota(Quota next) {
            quota = next;
            return this;
        }

        /**
         * Keeps compiled code on disk.
         *
         * @param folder for this engine's use alone; made if it does not exist
         * @return this
         */
        public Builder cache(Path folder) {
            cache = folder;
            return this;
        }

        /**
         * Keeps nothing on disk, as it is unless a cache is set.
         *
         * @return this
         */
        public Builder noCache() {
            cache = null;
            return this;
        }

        /**
         * Sets what plugins share; data in memory with the default quota unless set.
         *
         * @param next may be given to several engines; whoever made it closes it after them
         * @return this
         */
        public Builder data(SharedData next) {
            data = next;
            return this;
        }

        /**
         * Sets who hears what happens; nobody unless set.
         *
         * @param next called on the threads of the calls
         * @return this
         */
        public Builder listener(EngineListener next) {
            listener = next;
            return this;
        }

        /**
         * Sets whose plugins are loaded; nobody's unless set, since an engine that was told nothing
         * requires signatures and trusts no one.
         *
         * @param next the policy; {@link TrustPolicy#off()} loads anything
         * @return this
         */
        public Builder trust(TrustPolicy next) {
            trust = next;
            return this;
        }

        /**
         * Sets whether a plugin with a manifest may use directories, network, programs and the
         * bridge if they are granted but of a kind that it does not ask for; not unless set.
         *
         * @param next true if it may
         * @return this
         */
        public Builder allowUnrequested(boolean next) {
            allowUnrequested = next;
            return this;
        }

        /**
         * Offers guests functions of the application; each use needs a grant {@code host:call}.
         *
         * @param next another module
         * @return this
         */
        public Builder hostModule(HostModule next) {
            hostModules.add(next);
            return this;
        }

        /**
         * Bounds the calls that run at the same time, all plugins together; only each plugin's
         * instances bound them unless set.
         *
         * @param most at least 1
         * @return this
         * @throws UsageException if it is less
         */
        public Builder maxCallsInParallel(int most) {
            if (most < 1) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        "engine",
                        "`maxCallsInParallel` cannot be `" + most + "`: it is less than 1",
                        "choose at least 1, or leave it out for no limit");
            }
            callsInParallel = most;
            return this;
        }

        /**
         * Makes the engine.
         *
         * @return an engine to be closed after use
         */
        public PluginEngine build() {
            return new PluginEngine(this);
        }
    }
}
