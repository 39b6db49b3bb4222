package dev.cordon;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.PluginHealth;
import dev.cordon.monitor.PluginState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * The versions of one plugin, from its loading to its closing: the one that serves, and older ones
 * whose last calls are ending. Thread-safe.
 *
 * <p>{@code reloading} is held while a version is loaded, by one thread at a time. {@code changing}
 * is held for a moment by whatever changes what serves and what it may do, so that each change
 * happens before or after a replacement.
 */
final class Lifecycle {
    /** Most old versions that may have calls running. */
    static final int MAX_RETIRING = 8;

    /** How long a reload waits for one of them to end. */
    private static final long RETIRING_WAIT_NANOS = 10_000_000_000L;

    private static final long POLL_NANOS = 1_000_000;

    private final String plugin;
    private final EngineParts engine;
    private final PluginLoader loader;
    private final Admission<PluginVersion> versions;
    private final CrashGuard guard;
    private final PluginOnBridge port;
    private final Set<Places<PluginVersion>> retiring = ConcurrentHashMap.newKeySet();
    private final ReentrantLock reloading = new ReentrantLock();
    private final ReentrantLock changing = new ReentrantLock();

    /** What was changed since a version that is being loaded looked; guarded by changing. */
    private final List<GrantsChange> changes = new ArrayList<>();

    private volatile boolean closed;

    Lifecycle(PluginVersion first, EngineParts engine, PluginLoader loader) {
        this.plugin = first.manifest().id();
        this.engine = engine;
        this.loader = loader;
        this.versions = new Admission<>(places(first), waitingCalls(first));
        this.guard =
                new CrashGuard(
                        plugin,
                        first.wanted().crashPolicy(),
                        health -> engine.listener().pluginStateChanged(plugin, health));
        this.port = new PluginOnBridge(engine, this);
    }

    private static Places<PluginVersion> places(PluginVersion version) {
        return new Places<>(version, version.path().instances());
    }

    private static int waitingCalls(PluginVersion version) {
        return version.path().quota().waitingCalls();
    }

    String plugin() {
        return plugin;
    }

    PluginOnBridge port() {
        return port;
    }

    Admission<PluginVersion> versions() {
        return versions;
    }

    CrashGuard guard() {
        return guard;
    }

    /** Whether the plugin may be called, and why not. */
    PluginHealth health() {
        PluginHealth health = guard.health();
        return closed
                ? new PluginHealth(
                        PluginState.CLOSED,
                        health.crashesInARow(),
                        health.crashes(),
                        health.lastCrash(),
                        Optional.empty())
                : health;
    }

    /** What serves calls now. */
    PluginVersion current() {
        return versions.current().owner();
    }

    /** Does something that must not fall between a check of what serves and its replacement. */
    <T> T unreplaced(Supplier<T> work) {
        changing.lock();
        try {
            requireOpen();
            return work.get();
        } finally {
            changing.unlock();
        }
    }

    /**
     * Changes what the plugin may do, at once and in every version: in the one that serves, in one
     * that is being loaded, and in old ones whose calls run. Those are given nothing more, and lose
     * also what the serving version never had.
     *
     * @param change makes it, or throws and changes nothing; says whether it made a difference
     * @param kept what an old version may still have afterwards
     * @return what the change of the serving version gave
     */
    boolean change(Predicate<LiveGrants> change, Predicate<Grant> kept) {
        List<AuditRecord> records = new ArrayList<>();
        try {
            return changed(change, kept, records);
        } finally { // with no lock held: a listener may change grants itself, or wait for who does
            records.forEach(engine.listener()::audited);
        }
    }

    private boolean changed(
            Predicate<LiveGrants> change, Predicate<Grant> kept, List<AuditRecord> records) {
        changing.lock();
        PluginVersion serving = current();
        try {
            Grants before = serving.grants();
            boolean made = change.test(serving.live());
            changes.add(GrantsChange.between(before, serving.grants()));
            retiring.forEach(
                    old -> GrantsChange.to(old.owner().grants(), kept).narrow(old.owner().doors()));
            return made;
        } finally {
            records.addAll(serving.live().untold());
            if (!reloading.isLocked()) {
                changes.clear();
            }
            changing.unlock();
        }
    }

    /**
     * Puts a new version in the place of the one that serves, or leaves everything as it is.
     *
     * @param options what it may do and use, given what holds now
     * @return the version that was replaced
     */
    PluginVersion reload(
            Supplier<PluginBundle> file, Function<PluginVersion, LoadOptions> options) {
        reloading.lock();
        try {
            requireRoom();
            LoadOptions wanted = wanted(options);
            PluginVersion next = loader.load(file.get(), wanted, current());
            Places<PluginVersion> old;
            try {
                old = replaced(next);
            } catch (RuntimeException | Error refused) {
                next.closeDoors();
                throw refused;
            }
            guard.renew(next.wanted().crashPolicy());
            old.retire(() -> clear(old));
            return old.owner();
        } finally {
            reloading.unlock();
        }
    }

    private LoadOptions wanted(Function<PluginVersion, LoadOptions> options) {
        changing.lock();
        try {
            requireOpen();
            changes.clear();
            return options.apply(current());
        } finally {
            changing.unlock();
        }
    }

    /** The step after which the new version serves; nothing after it can fail. */
    private Places<PluginVersion> replaced(PluginVersion next) {
        changing.lock();
        try {
            requireOpen();
            Succession.require(plugin, next, engine.bridge().handled(port));
            changes.forEach(change -> next.live().follow(change));
            boolean durable = next.wanted().durableEvents();
            boolean subscribed = engine.bridge().subscribe(port, next.topics(), durable);
            try {
                loader.accept(next);
            } catch (RuntimeException | Error refused) {
                if (subscribed) {
                    engine.bridge().unsubscribe(port);
                }
                throw refused;
            }
            Places<PluginVersion> old = versions.current();
            retiring.add(old);
            versions.replace(places(next), waitingCalls(next));
            return old;
        } finally {
            changing.unlock();
        }
    }

    /** Runs once the last call of an old version has ended. */
    private void clear(Places<PluginVersion> old) {
        if (retiring.remove(old)) {
            old.owner().path().clear();
            old.owner().closeDoors();
        }
    }

    private void requireRoom() {
        long start = System.nanoTime();
        while (retiring.size() >= MAX_RETIRING) {
            boolean late = System.nanoTime() - start > RETIRING_WAIT_NANOS;
            if (late || Thread.currentThread().isInterrupted()) {
                throw new QuotaExceededException(
                        ErrorCode.BUSY,
                        plugin,
                        "still runs calls of " + MAX_RETIRING + " versions that were replaced",
                        "cancel them, or set a deadline that ends them");
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
    }

    private void requireOpen() {
        if (closed) {
            throw current().path().closed();
        }
    }

    /** Has the listener told what was counted and not told yet. */
    void flushAudit() {
        current().doors().flush();
        retiring.forEach(old -> old.owner().doors().flush());
    }

    /** Whether the version that serves was trusted once and is not any more. */
    boolean isUntrusted() {
        return current().isUntrusted();
    }

    /** Stops what still runs of old versions that are not trusted any more. */
    void stopUntrusted() {
        retiring.stream()
                .map(Places::owner)
                .filter(PluginVersion::isUntrusted)
                .forEach(old -> old.path().stop());
    }

    /** Ends what the plugin handles and receives. */
    void leaveBridge() {
        engine.bridge().remove(port);
    }

    /**
     * Waits until no call runs or waits, in any version.
     *
     * @return whether that is so; not if it took longer
     */
    boolean awaitIdle(long nanos) {
        long start = System.nanoTime();
        while (!idle()) {
            boolean late = System.nanoTime() - start > nanos;
            if (late || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
        return true;
    }

    private boolean idle() {
        return versions.nobodyWaits()
                && versions.current().empty()
                && retiring.stream().allMatch(Places::empty);
    }

    /**
     * Ends every version: stops calls and waits for them, at most so long; not for those that this
     * thread is inside of, since the application may close a plugin that it is answering.
     */
    void close(long nanos) {
        List<Places<PluginVersion>> all;
        changing.lock();
        try {
            closed = true;
            all = new ArrayList<>(retiring);
            all.add(versions.current());
        } finally {
            changing.unlock();
        }
        all.forEach(version -> version.owner().path().stop());
        versions.close();
        long start = System.nanoTime();
        for (Places<PluginVersion> version : all) {
            long left = nanos - (System.nanoTime() - start);
            version.awaitOthers(Calls.inside(version), left);
            boolean mine = version == versions.current() || retiring.remove(version);
            if (mine) { // else its last call has cleared it away
                version.owner().path().clear();
                version.owner().closeDoors();
            }
        }
    }
}
