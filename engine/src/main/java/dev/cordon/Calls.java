package dev.cordon;

import dev.cordon.dispatch.Scope;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.guest.BridgeLink;
import dev.cordon.runtime.CallBudget;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The way of every call of one plugin: admit it to whichever version serves by then, have that run
 * it, report it once. Thread-safe.
 */
final class Calls {
    /** How long a plugin that sends a command waits for an instance of the receiver. */
    private static final long NESTED_WAIT_NANOS = 1_000_000_000L;

    /** The calls on whose way the thread is now. */
    private static final ThreadLocal<@Nullable Inside> INSIDE = new ThreadLocal<>();

    private final String plugin;
    private final Admission<PluginVersion> versions;
    private final @Nullable Admission<String> engine;
    private final CrashGuard guard;
    private final BiFunction<PluginVersion, @Nullable Scope, BridgeLink> links;

    /**
     * Serves nobody's calls yet.
     *
     * @param plugin its id
     * @param versions the places of the version that serves
     * @param engine places for the calls of all plugins; null if there are as many as they like
     * @param guard keeps calls from it while it is down
     * @param links a call's way to send, given the version and what the call is part of
     */
    Calls(
            String plugin,
            Admission<PluginVersion> versions,
            @Nullable Admission<String> engine,
            CrashGuard guard,
            BiFunction<PluginVersion, @Nullable Scope, BridgeLink> links) {
        this.plugin = plugin;
        this.versions = versions;
        this.engine = engine;
        this.guard = guard;
        this.links = links;
    }

    /**
     * A call that has a place.
     *
     * @param places where
     * @param outer the call that it is part of; null if there is none
     */
    private record Inside(Places<PluginVersion> places, @Nullable Inside outer) {}

    /** How many calls with these places this thread is inside of, and so cannot wait for. */
    static int inside(Places<PluginVersion> places) {
        int count = 0;
        for (Inside each = INSIDE.get(); each != null; each = each.outer()) {
            count += each.places() == places ? 1 : 0;
        }
        return count;
    }

    /** A call on its way; it goes on with a newer version if it is admitted to one. */
    private final class Passage {
        private final Task task;
        private final Measured measured;
        private CallPath path;
        private Attempt attempt;

        Passage(Task task, PluginVersion version) {
            this.task = task;
            this.measured = new Measured(task.options().measureCpu());
            this.path = version.path();
            this.attempt = begin(version);
        }

        private Attempt begin(PluginVersion version) {
            BridgeLink link = version.sends() ? links.apply(version, task.scope()) : null;
            return version.path().begin(task, measured, link);
        }

        void moveTo(PluginVersion version) {
            if (path != version.path()) {
                attempt = begin(version);
                path = version.path();
            }
        }

        @Nullable Cancellation token() {
            return task.options().token();
        }
    }

    /** Makes one call and reports it, whatever becomes of it. */
    Ended call(Task task) {
        Passage passage = new Passage(task, versions.current().owner());
        try {
            passage.path.export(task); // who asks for what there is not need not wait
            guard.check();
            Ended ended = admitted(passage, false);
            while (ended == null) {
                ended = admitted(passage, true);
            }
            return ended;
        } catch (RuntimeException | Error failure) {
            throw passage.path.failed(passage.attempt, failure);
        }
    }

    /** Runs the call; gives null if its version was replaced before it could run. */
    private @Nullable Ended admitted(Passage passage, boolean again) {
        long deadline = passage.attempt.deadline();
        boolean nested = passage.task.nested();
        Places<PluginVersion> places =
                admitted(
                        versions.enter(nested ? soon(deadline) : deadline, passage.token(), again),
                        "instances of the plugin",
                        passage);
        Inside outer = INSIDE.get();
        INSIDE.set(new Inside(places, outer));
        try {
            passage.moveTo(places.owner());
            if (engine == null || nested) { // who waits for a nested call has a place already
                return guarded(passage);
            }
            Places<String> place =
                    admitted(
                            engine.enter(passage.attempt.deadline(), passage.token()),
                            "places of the engine",
                            passage);
            try {
                return places.retired() ? null : guarded(passage);
            } finally {
                engine.leave(place);
            }
        } finally {
            if (outer == null) {
                INSIDE.remove();
            } else {
                INSIDE.set(outer);
            }
            versions.leave(places);
        }
    }

    private Ended guarded(Passage passage) {
        CrashGuard.Permit permit = guard.enter();
        try {
            Ended ended = passage.path.run(passage.attempt);
            guard.answered(permit);
            return ended;
        } catch (RuntimeException | Error failure) {
            judge(passage, permit, failure);
            throw failure;
        }
    }

    private void judge(Passage passage, CrashGuard.Permit permit, Throwable failure) {
        Crashes.Kind kind = Crashes.kind(failure, passage.path.isLowered(passage.attempt));
        if (kind == Crashes.Kind.ANSWERED) {
            guard.answered(permit);
        } else if (kind == Crashes.Kind.UNDECIDED) {
            guard.undecided(permit);
        } else if (guard.crashed(permit, Failures.typed(plugin, failure).code())) {
            passage.path.clear(); // what serves next is made anew
        }
    }

    /** Plugins that wait for each other's instances would wait for ever, or to their deadline. */
    private static long soon(long deadline) {
        long soon = System.nanoTime() + NESTED_WAIT_NANOS;
        return deadline == CallBudget.NO_DEADLINE || deadline - soon > 0 ? soon : deadline;
    }

    private <T> Places<T> admitted(Admission.Entry<T> entry, String what, Passage passage) {
        Places<T> places = entry.places();
        if (places != null) {
            return places;
        }
        switch (entry.answer()) {
            case CLOSED:
                throw passage.path.closed();
            case CANCELLED:
                throw new QuotaExceededException(
                        ErrorCode.CANCELLED,
                        plugin,
                        "was cancelled by its caller before it started",
                        "call again if that was not meant");
            case FULL:
                throw busy("all " + what + " are busy, and as many calls as may are waiting");
            default:
                throw busy("all " + what + " were busy for as long as the call could wait");
        }
    }

    private CordonException busy(String what) {
        return new QuotaExceededException(
                ErrorCode.BUSY,
                plugin,
                what,
                "call later, or raise the quota of instances or of waiting calls");
    }
}
