package dev.cordon.guest;

import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.GrantKind;
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
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The files and the network that a plugin was granted: opened once, when it is loaded, shared by
 * all its instances and calls, and closed with it. Thread-safe.
 */
public final class PluginDoors implements Closeable {
    private static final String CLOSE = "close";

    private final String plugin;
    private final List<DirectoryDoor> directories;
    private final List<ScratchDoor> scratch;
    private final NetworkAccess network;
    private final Programs programs;
    private final Ledger ledger;
    private final AuditTrail trail;
    private final UseTrail uses;
    private final EngineListener listener;
    private volatile Grants grants;
    private List<Preopen> kept = List.of();
    private boolean closed;

    private PluginDoors(
            String plugin,
            Grants grants,
            List<DirectoryDoor> directories,
            List<ScratchDoor> scratch,
            Programs programs,
            ResourceQuota quota,
            EngineListener listener) {
        this.plugin = plugin;
        this.grants = grants;
        this.directories = directories;
        this.scratch = scratch;
        this.programs = programs;
        this.listener = listener;
        this.network = new NetworkAccess(plugin, grants);
        this.ledger = Ledger.of(Budgets.limits(quota, directories.size() + scratch.size()));
        this.uses = new UseTrail(plugin, listener, System::currentTimeMillis);
        this.trail =
                AuditTrail.of(
                        decision -> listener.audited(Audits.record(plugin, directories, decision)));
    }

    /**
     * Opens what a plugin was granted.
     *
     * @param plugin its id
     * @param grants what it may do
     * @param rules which paths it may use, by the guest name of a granted directory
     * @param scratch directories in memory
     * @param quota what it may use up
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
            EngineListener listener) {
        Map<String, List<Grant.Directory>> wanted = byName(plugin, grants, scratch);
        requireGranted(plugin, rules, wanted.keySet());
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
                    plugin, grants, List.copyOf(directories), memory, programs, quota, listener);
        } catch (RuntimeException | Error unusable) {
            closeAll(plugin, directories, listener);
            throw unusable;
        }
    }

    private static Map<String, List<Grant.Directory>> byName(
            String plugin, Grants grants, List<Scratch> scratch) {
        Map<String, List<Grant.Directory>> names = new LinkedHashMap<>();
        for (Grant grant : grants.granted()) {
            if (grant instanceof Grant.Directory directory) {
                List<Grant.Directory> same =
                        names.computeIfAbsent(directory.guest(), name -> new ArrayList<>());
                same.add(directory);
                if (!same.get(0).host().equals(directory.host())) {
                    throw twice(plugin, directory.guest());
                }
            }
        }
        Set<String> all = new TreeSet<>(names.keySet());
        for (Scratch each : scratch) {
            if (!all.add(each.guest())) {
                throw twice(plugin, each.guest());
            }
        }
        return names;
    }

    private static List<Path> programs(Grants grants) {
        return grants.granted().stream()
                .filter(Grant.Program.class::isInstance)
                .map(grant -> ((Grant.Program) grant).program())
                .toList();
    }

    private static UsageException twice(String plugin, String name) {
        return new UsageException(
                ErrorCode.USAGE,
                plugin,
                "was given two directories that it is to know as `" + name + "`",
                "give each a name of its own, behind `::`");
    }

    private static void requireGranted(
            String plugin, Map<String, DirectoryRules> rules, Set<String> names) {
        for (String name : rules.keySet()) {
            if (!names.contains(name)) {
                throw new UsageException(
                        ErrorCode.USAGE,
                        plugin,
                        "has rules for the directory `" + name + "`, which it was not granted",
                        "grant it with `fs:read` or `fs:write`, or leave the rules out");
            }
        }
    }

    /**
     * What the plugin may do now.
     *
     * @return its grants without those that were revoked
     */
    public Grants grants() {
        return grants;
    }

    Ledger ledger() {
        return ledger;
    }

    AuditTrail trail() {
        return trail;
    }

    /** What it may start; whether it still may is for the grants to say. */
    Programs programs() {
        return programs;
    }

    /** What was decided about uses of names. */
    UseTrail uses() {
        return uses;
    }

    /** The grant that a refused use would have needed. */
    String capability(AccessDecision refusal) {
        return Audits.capability(directories, refusal);
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

    /** Everything that a session may reach. */
    WasiDoors forSession(List<Preopen> scratchNow, List<GuestListener> listeners) {
        List<Preopen> preopens = new ArrayList<>();
        directories.forEach(door -> preopens.add(door.preopen()));
        preopens.addAll(scratchNow);
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
        grants = grants.without(grant);
        try {
            for (DirectoryDoor door : directories) {
                if (grant instanceof Grant.Directory directory
                        && door.name().equals(directory.guest())) {
                    revoke(door);
                }
            }
            network.revoke(grant, grants);
        } catch (IOException unclosed) {
            listener.hostFunctionFailed(plugin, CLOSE, unclosed);
        }
        return true;
    }

    private void revoke(DirectoryDoor door) throws IOException {
        if (!granted(GrantKind.FS_WRITE, door)) {
            door.revoke(granted(GrantKind.FS_READ, door));
        }
    }

    private boolean granted(GrantKind kind, DirectoryDoor door) {
        return grants.granted().stream()
                .anyMatch(
                        grant ->
                                grant.kind() == kind
                                        && grant instanceof Grant.Directory directory
                                        && directory.guest().equals(door.name()));
    }

    /** Closes everything, also what guests have open; what fails to close is reported. */
    @Override
    public synchronized void close() {
        closed = true;
        closeAll(plugin, directories, listener);
        try {
            for (Preopen directory : kept) {
                directory.close();
            }
            network.close();
        } catch (IOException unclosed) {
            listener.hostFunctionFailed(plugin, CLOSE, unclosed);
        }
        trail.flush();
        uses.flush();
    }

    private static void closeAll(
            String plugin, List<DirectoryDoor> directories, EngineListener listener) {
        for (DirectoryDoor door : directories) {
            try {
                door.close();
            } catch (IOException unclosed) {
                listener.hostFunctionFailed(plugin, CLOSE, unclosed);
            }
        }
    }
}
