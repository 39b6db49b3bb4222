package dev.cordon;

import dev.cordon.capability.CapabilityBroker;
import dev.cordon.data.SharedData;
import dev.cordon.dispatch.Bridge;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.guest.ApplicationFunctions;
import dev.cordon.guest.BrokerDoor;
import dev.cordon.host.HostModule;
import dev.cordon.meter.CostTable;
import dev.cordon.monitor.AuditRing;
import dev.cordon.monitor.EngineListener;
import dev.cordon.quota.Quota;
import dev.cordon.runtime.CompileCache;
import dev.cordon.runtime.ModuleCompiler;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.judge.TrustJudge;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How an engine is to behave. Not thread-safe. */
public final class PluginEngineBuilder {
    /**
     * Names what compiled code depends on beside the module: the engine and what its fuel costs.
     */
    private static final String CACHE_VARIANT = "cordon-0.1.0-" + CostTable.SCHEMA;

    private EngineKind engine = EngineKind.COMPILED;
    private Quota quota = Quota.defaults();
    private EngineListener listener = EngineListener.NONE;
    private @Nullable Path cache;
    private @Nullable SharedData data;
    private int callsInParallel;
    private TrustPolicy trust = TrustPolicy.enforce();
    private boolean allowUnrequested;
    private @Nullable CapabilityBroker broker;
    private CapabilityBroker.Mode brokerMode = CapabilityBroker.Mode.MISSING_GRANTS;
    private int auditRecords = AuditLog.DEFAULT_RECORDS;
    private final List<HostModule> hostModules = new ArrayList<>();

    PluginEngineBuilder() {}

    /**
     * Sets how modules are executed; compiled unless set.
     *
     * @param next compiled or interpreted
     * @return this
     */
    public PluginEngineBuilder engine(EngineKind next) {
        engine = next;
        return this;
    }

    /**
     * Sets what plugins may use at most; {@link Quota#defaults()} unless set.
     *
     * @param next limits for every call of every plugin
     * @return this
     */
    public PluginEngineBuilder quota(Quota next) {
        quota = next;
        return this;
    }

    /**
     * Keeps compiled code on disk.
     *
     * @param folder for this engine's use alone; made if it does not exist
     * @return this
     */
    public PluginEngineBuilder cache(Path folder) {
        cache = folder;
        return this;
    }

    /**
     * Keeps nothing on disk, as it is unless a cache is set.
     *
     * @return this
     */
    public PluginEngineBuilder noCache() {
        cache = null;
        return this;
    }

    /**
     * Sets what plugins share; data in memory with the default quota unless set.
     *
     * @param next may be given to several engines; whoever made it closes it after them
     * @return this
     */
    public PluginEngineBuilder data(SharedData next) {
        data = next;
        return this;
    }

    /**
     * Sets who hears what happens; nobody unless set.
     *
     * @param next called on the threads of the calls
     * @return this
     */
    public PluginEngineBuilder listener(EngineListener next) {
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
    public PluginEngineBuilder trust(TrustPolicy next) {
        trust = next;
        return this;
    }

    /**
     * Sets whether a plugin with a manifest may use directories, network, programs and the bridge
     * if they are granted but of a kind that it does not ask for; not unless set.
     *
     * @param next true if it may
     * @return this
     */
    public PluginEngineBuilder allowUnrequested(boolean next) {
        allowUnrequested = next;
        return this;
    }

    /**
     * Lets the application decide about uses of commands, topics, keys, addresses and random bytes
     * that no grant covers; nobody unless set, and what is not granted is refused.
     *
     * @param next asked on the threads of the calls
     * @return this
     */
    public PluginEngineBuilder broker(CapabilityBroker next) {
        return broker(next, CapabilityBroker.Mode.MISSING_GRANTS);
    }

    /**
     * The same, and says when the application is asked.
     *
     * @param next asked on the threads of the calls
     * @param mode for what it is asked
     * @return this
     */
    public PluginEngineBuilder broker(CapabilityBroker next, CapabilityBroker.Mode mode) {
        broker = next;
        brokerMode = mode;
        return this;
    }

    /**
     * Bounds the audit records that are kept to be looked at; {@value AuditLog#DEFAULT_RECORDS}
     * unless set, and never more than about 16 MiB.
     *
     * @param most at least 0, for none
     * @return this
     * @throws UsageException if it is less
     */
    public PluginEngineBuilder auditRecords(int most) {
        if (most < 0) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "engine",
                    "`auditRecords` cannot be `" + most + "`: it is less than 0",
                    "choose 0 to keep none, or more");
        }
        auditRecords = most;
        return this;
    }

    /**
     * Offers guests functions of the application; each use needs a grant {@code host:call}.
     *
     * @param next another module
     * @return this
     */
    public PluginEngineBuilder hostModule(HostModule next) {
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
    public PluginEngineBuilder maxCallsInParallel(int most) {
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
        CompileCache compiled = cache == null ? null : new CompileCache(cache, CACHE_VARIANT);
        AuditRing audit = new AuditRing(auditRecords, AuditLog.MAX_BYTES);
        EngineListener contained = new ContainedListener(listener, audit);
        return new PluginEngine(
                new EngineParts(
                        quota,
                        contained,
                        data == null ? SharedData.inMemory() : data,
                        new ModuleCompiler(engine.runtime(), compiled),
                        callsInParallel == 0
                                ? null
                                : new Admission<>(
                                        new Places<>("engine", callsInParallel),
                                        quota.waitingCalls()),
                        new TrustJudge(trust),
                        allowUnrequested,
                        ApplicationFunctions.of(hostModules),
                        new Bridge(contained),
                        new BrokerDoor(broker, brokerMode, contained),
                        audit));
    }
}
