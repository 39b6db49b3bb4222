package dev.cordon.guest;

import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.monitor.EngineListener;
import dev.cordon.process.Programs;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.wasi.GuestListener;
import dev.cordon.wasi.Preopen;
import dev.cordon.wasi.WasiDoors;
import dev.cordon.wasi.audit.AccessDecision;
import dev.cordon.wasi.audit.AuditTrail;
import dev.cordon.wasi.limit.Ledger;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The files and the network that a plugin was granted: opened once, when they are granted, shared
 * by all its instances and calls, and closed with it. Thread-safe.
 *
 * <p>Changes of grants take turns; uses wait for nothing.
 */
public final class PluginDoors implements Closeable {
    private static final String CLOSE = "close";

    private final String plugin;
    private final int firstDirectories;
    private final List<ScratchDoor> scratch;
    private final NetworkAccess network;
    private final HttpAccess http;
    private final Programs programs;
    private volatile Ledger ledger;
    private final AuditTrail trail;
    private final UseGate gate;
    private final EngineListener listener;
    private volatile Grants grants;
    private volatile List<DirectoryDoor> directories;
    private List<Preopen> kept = List.of();
    private boolean closed;

    private PluginDoors(
            String plugin,
            Grants grants,
            List<DirectoryDoor> directories,
            List<ScratchDoor> scratch,
            Programs programs,
            ResourceQuota quota,
            @Nullable SSLContext trust,
            BrokerDoor broker,
            EngineListener listener) {
        this.plugin = plugin;
        this.grants = grants;
        this.directories = directories;
        this.firstDirectories = directories.size();
        this.scratch = scratch;
        this.programs = programs;
        this.listener = listener;
        this.network = new NetworkAccess(plugin, grants);
        this.ledger = Ledger.of(Budgets.limits(quota, directories.size() + scratch.size()));
        this.http = new HttpAccess(plugin, grants, this::ledger, trust);
        this.gate = new UseGate(plugin, this::grants, broker, listener);
        this.trail =
                AuditTrail.of(
                        decision ->
                                listener.audited(
                                        Audits.record(plugin, this.directories, decision)));
    }

    /**
     * Opens what a plugin was granted.
     *
     * @param plugin its id
     * @param grants what it may do
     * @param rules which paths it may use, by the guest name of a granted directory
     * @param scratch directories in memory
     * @param quota what it may use up
     * @param trust whom its requests believe with TLS; null for the JVM's own trust
     * @param broker decides about uses that no grant covers
     * @param listener hears of each decision; never throws
     * @return doors that the caller closes
     * @throws UsageException if a directory cannot be opened or a program not be started, two have
     *     the same name, or rules are for a directory that was not granted
     */
    public static PluginDoors open(
            String plugin,
            Grants grants,
            Map<String, DirectoryRules> rules,
            List<Scratch> scratch,
            ResourceQuota quota,
            @Nullable SSLContext trust,
            BrokerDoor broker,
            EngineListener listener) {
        Map<String, List<Grant.Directory>> wanted =
                DirectoryGrants.byName(plugin, grants, DirectoryGrants.names(scratch));
        DirectoryGrants.requireGranted(plugin, rules, wanted.keySet());
        Programs programs = Programs.open(plugin, programs(grants), quota.processes());
        List<DirectoryDoor> directories = new ArrayList<>();
        try {
            wanted.forEach(
                    (name, same) ->
                            directories.add(
                                    DirectoryDoor.open(
                                            plugin,
                                            same,
                                            rules.getOrDefault(
                                                    name, DirectoryRules.everything()))));
            List<ScratchDoor> memory =
                    scratch.stream().map(each -> ScratchDoor.open(plugin, each, quota)).toList();
            return new PluginDoors(
                    plugin,
                    grants,
                    List.copyOf(directories),
                    memory,
                    programs,
                    quota,
                    trust,
                    broker,
                    listener);
        } catch (RuntimeException | Error unusable) {
            closeAll(plugin, directories, listener);
            throw unusable;
        }
    }

    private static List<Path> programs(Grants grants) {
        return grants.granted().stream()
                .filter(Grant.Program.class::isInstance)
                .map(grant -> ((Grant.Program) grant).program())
                .toList();
    }

    /**
     * What the plugin may do now.
     *
     * @return its grants without those that were revoked
     */
    public Grants grants() {
        return grants;
    }

    /**
     * Goes on with the account of doors that these replace, if the limits are the same, so that
     * what was used up stays used up. To be called before anybody uses these.
     *
     * @param before what these replace
     */
    public void succeed(PluginDoors before) {
        if (ledger.limits().equals(before.ledger.limits())) {
            ledger = before.ledger;
        }
        programs.succeed(before.programs);
    }

    Ledger ledger() {
        return ledger;
    }

    AuditTrail trail() {
        return trail;
    }

    /**
     * Where uses are decided that need no open file.
     *
     * @return the same at each call
     */
    public UseGate gate() {
        return gate;
    }

    /** Tells the listener what was counted and not told yet. */
    public void flush() {
        trail.flush();
        gate.flush();
    }

    /** The granted directories, those first that the plugin was loaded with. */
    List<DirectoryDoor> directories() {
        return directories;
    }

    List<String> scratchNames() {
        return scratch.stream().map(ScratchDoor::name).toList();
    }

    NetworkAccess network() {
        return network;
    }

    /** What it may start; whether it still may is for the grants to say. */
    Programs programs() {
        return programs;
    }

    /** The grant that a refused use would have needed. */
    String capability(AccessDecision refusal) {
        return Audits.capability(directories, refusal);
    }

    /** Requests over HTTP. */
    HttpAccess http() {
        return http;
    }

    /** New scratch directories, to be closed by the caller. */
    List<Preopen> makeScratch() {
        return scratch.stream().map(ScratchDoor::make).toList();
    }

    /** The scratch directories of a plugin that keeps its state, made when they are first used. */
    synchronized List<Preopen> keptScratch() {
        if (kept.isEmpty()) {
            kept = makeScratch();
        }
        return kept;
    }

    /**
     * Everything that a session may reach. What was granted later comes last, since guests remember
     * the numbers of what was there before.
     */
    WasiDoors forSession(List<Preopen> scratchNow, List<GuestListener> listeners) {
        List<DirectoryDoor> all = directories;
        List<Preopen> preopens = new ArrayList<>();
        all.subList(0, firstDirectories).forEach(door -> preopens.add(door.preopen()));
        preopens.addAll(scratchNow);
        all.subList(firstDirectories, all.size()).forEach(door -> preopens.add(door.preopen()));
        return new WasiDoors(preopens, listeners, network.network());
    }

    /**
     * Takes a grant back, while calls run.
     *
     * @param grant what is no longer allowed
     * @return whether it was granted until now
     */
    public synchronized boolean revoke(Grant grant) {
        if (closed || !grants.granted().contains(grant)) {
            return false;
        }
        change(grants.without(grant));
        return true;
    }

    /**
     * Replaces the grants, while calls run: all at once, or not at all.
     *
     * @param next makes what is allowed from now on of what is allowed now
     * @return what was allowed until now
     * @throws UsageException if one of them cannot be used, or the plugin was closed; nothing has
     *     changed then
     */
    public synchronized Grants set(UnaryOperator<Grants> next) {
        if (closed) {
            throw new UsageException(
                    ErrorCode.CLOSED,
                    plugin,
                    "was closed",
                    "load the plugin again, with the grants that it is to have");
        }
        Grants before = grants;
        change(next.apply(before));
        return before;
    }

    private void change(Grants after) {
        try (GrantChange change =
                new GrantChange(
                        plugin, grants, after, directories, scratchNames(), network, http)) {
            // What was granted before may be gone from the disk; that must not keep anybody from
            // taking something else back.
            List<Path> added = new ArrayList<>(programs(after));
            added.removeAll(programs(grants));
            Map<Path, Path> found = Programs.look(plugin, added);
            if (!change.opened().isEmpty()) {
                directories =
                        Stream.concat(directories.stream(), change.opened().stream()).toList();
            }
            programs.pin(found);
            grants = after; // before anything is closed: whoever comes later is refused
            change.apply();
        } catch (IOException unclosed) {
            listener.hostFunctionFailed(plugin, CLOSE, unclosed);
        }
    }

    /** Closes everything, also what guests have open; what fails to close is reported. */
    @Override
    public void close() {
        synchronized (this) {
            closed = true;
            closeAll(plugin, directories, listener);
            closeAll(plugin, kept, listener);
            closeAll(plugin, List.of(http, network), listener);
        }
        flush(); // with no lock held: the listener hears of it
    }

    private static void closeAll(
            String plugin, List<? extends Closeable> doors, EngineListener listener) {
        for (Closeable door : doors) {
            try {
                door.close();
            } catch (IOException unclosed) {
                listener.hostFunctionFailed(plugin, CLOSE, unclosed);
            }
        }
    }
}
