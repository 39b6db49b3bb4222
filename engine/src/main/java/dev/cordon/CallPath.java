package dev.cordon;

import dev.cordon.dispatch.Scope;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InternalException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.error.UsageException;
import dev.cordon.guest.Allowance;
import dev.cordon.guest.BridgeLink;
import dev.cordon.guest.GuestCall;
import dev.cordon.guest.PluginInstance;
import dev.cordon.guest.PluginModule;
import dev.cordon.manifest.PluginKind;
import dev.cordon.manifest.StatePolicy;
import dev.cordon.quota.Quota;
import dev.cordon.quota.ResourceQuota;
import dev.cordon.runtime.CallBudget;
import dev.cordon.runtime.CpuShare;
import dev.cordon.runtime.GuestLimits;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of a call: admit, take a clean instance, run within the budget, report, then clean the
 * instance for the next call or throw it away.
 */
final class CallPath {
    /** How long a plugin that sends a command waits for an instance of the receiver. */
    private static final long NESTED_WAIT_NANOS = 1_000_000_000L;

    private final String plugin;
    private final PluginModule module;
    private final Commands commands;
    private final Quota quota;
    private final InstancePool pool;
    private final Admission places;
    private final @Nullable Admission engine;
    private final Supplier<Optional<CordonException>> objection;
    private final Reports reports;
    private final @Nullable CpuShare share;
    private volatile boolean closing;
    private final BooleanSupplier untilClosed = () -> closing;

    CallPath(
            PluginModule module,
            Commands commands,
            Quota quota,
            GuestLimits limits,
            @Nullable Admission engine,
            Supplier<Optional<CordonException>> objection,
            Reports reports) {
        int instances = module.takesTurns() ? 1 : quota.instances();
        this.plugin = module.settings().plugin();
        this.module = module;
        this.commands = commands;
        this.quota = quota;
        this.pool = new InstancePool(module, limits, instances);
        this.places = new Admission(instances, quota.waitingCalls());
        this.engine = engine;
        this.objection = objection;
        this.reports = reports;
        int percent = quota.resources().cpuPercent();
        this.share = percent == ResourceQuota.ALL_CORES ? null : new CpuShare(percent);
    }

    /** Makes one call and reports it, whatever becomes of it; without a link it cannot send. */
    Ended call(Task task, @Nullable BridgeLink link) {
        String command = task.command();
        Measured measured = new Measured(task.options().measureCpu());
        Quota limits = limits(task);
        GuestCall call =
                new GuestCall(
                        module.settings(),
                        command,
                        task.payload(),
                        limits,
                        budget(task, limits, measured.startNanos()),
                        task.streams());
        if (link != null) {
            call.connect(link);
        }
        try {
            admitted(call, export(task), limits, task, measured);
            judge(call, measured.status(), task.streams() != null);
            return reports.ended(call, command, limits, measured, null);
        } catch (CordonException failure) {
            throw fail(call, command, limits, measured, explained(failure));
        } catch (OutOfMemoryError exhausted) {
            throw fail(call, command, limits, measured, heapExhausted(exhausted));
        } catch (StackOverflowError exhausted) {
            throw fail(call, command, limits, measured, stackExhausted(exhausted));
        } catch (RuntimeException | Error defect) {
            throw fail(call, command, limits, measured, defect(defect));
        }
    }

    private CordonException fail(
            GuestCall call,
            String command,
            Quota limits,
            Measured measured,
            CordonException failure) {
        failure.attachReport(
                reports.ended(call, command, limits, measured, failure.code()).report());
        return failure;
    }

    /** A call that was stopped because the plugin is not trusted any more says so. */
    private CordonException explained(CordonException failure) {
        return closing && failure.code() == ErrorCode.CANCELLED
                ? objection.get().orElse(failure)
                : failure;
    }

    private String export(Task task) {
        if (task.event()) {
            return task.command();
        }
        return task.streams() == null ? commands.export(task.command()) : commands.start();
    }

    /** The quota of the call; one that is part of another work has no more fuel than that. */
    private Quota limits(Task task) {
        Quota limits = quota.tighter(task.options().quota());
        Scope scope = task.scope();
        if (scope == null) {
            return limits;
        }
        return limits.withFuelPerCall(Math.min(limits.fuelPerCall(), scope.left().fuel()));
    }

    private CallBudget budget(Task task, Quota limits, long start) {
        long nanos = limits.deadlineNanos();
        long deadline = nanos == Quota.UNLIMITED ? CallBudget.NO_DEADLINE : start + nanos;
        Cancellation token = task.options().token();
        BooleanSupplier cancelled =
                token == null ? untilClosed : () -> closing || token.cancelled();
        Scope scope = task.scope();
        if (scope == null) {
            return new CallBudget(limits.fuelPerCall(), deadline, cancelled, share);
        }
        Allowance both =
                new Allowance(limits.fuelPerCall(), deadline, cancelled).tighter(scope.left());
        return new CallBudget(both.fuel(), both.deadlineNanoTime(), both.cancelled(), share);
    }

    private void admitted(
            GuestCall call, String export, Quota limits, Task task, Measured measured) {
        long deadline = call.budget().deadlineNanoTime();
        boolean nested = task.nested();
        Cancellation token = task.options().token();
        enter(places, "instances of the plugin", nested ? soon(deadline) : deadline, token);
        try {
            if (engine == null || nested) { // who waits for a nested call has a place already
                onInstance(call, export, limits, measured);
                return;
            }
            enter(engine, "places of the engine", deadline, token);
            try {
                onInstance(call, export, limits, measured);
            } finally {
                engine.leave();
            }
        } finally {
            places.leave();
        }
    }

    /** Plugins that wait for each other's instances would wait for ever, or to their deadline. */
    private static long soon(long deadline) {
        long soon = System.nanoTime() + NESTED_WAIT_NANOS;
        return deadline == CallBudget.NO_DEADLINE || deadline - soon > 0 ? soon : deadline;
    }

    private void onInstance(GuestCall call, String export, Quota limits, Measured measured) {
        // What was trusted when it was loaded may be revoked by now.
        Optional<CordonException> untrusted = objection.get();
        if (untrusted.isPresent()) {
            throw untrusted.get();
        }
        if (closing) {
            throw closed();
        }
        boolean pooled = Instances.fits(pool.limits(), limits);
        PluginInstance instance = pooled ? pool.take() : ownInstance(limits);
        PluginInstance.Ending ending;
        try {
            ending = instance.call(call, export);
            measured.ended(ending.status());
        } finally {
            measured.used(instance);
        }
        // Only an instance that ended by returning, or by the exit that ends every run, is reused.
        boolean reusable = !ending.exited() || module.kind() == PluginKind.WASI_COMMAND;
        if (pooled && reusable) {
            instance.clean();
            pool.giveBack(instance);
        }
    }

    private PluginInstance ownInstance(Quota limits) {
        if (module.state() == StatePolicy.KEPT) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    plugin,
                    "keeps its state, so memory, tables and call depth cannot be lowered for one"
                            + " call",
                    "lower them with the load options");
        }
        return module.instantiate(Instances.limits(limits, module.settings().grants()));
    }

    private void enter(Admission door, String what, long deadline, @Nullable Cancellation token) {
        boolean late = token != null && token.cancelled();
        switch (late ? Admission.Answer.CANCELLED : door.enter(deadline, token)) {
            case ADMITTED:
                return;
            case CLOSED:
                throw closed();
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

    private QuotaExceededException busy(String what) {
        return new QuotaExceededException(
                ErrorCode.BUSY,
                plugin,
                what,
                "call later, or raise the quota of instances or of waiting calls");
    }

    /** Why it was closed tells more than that it was. */
    private CordonException closed() {
        return objection
                .get()
                .orElseGet(
                        () ->
                                new UsageException(
                                        ErrorCode.CLOSED,
                                        plugin,
                                        "was closed",
                                        "load the plugin again to call it"));
    }

    /** Turns an answer that is an error into the exception that callers get. */
    private void judge(GuestCall call, int status, boolean run) {
        boolean failed =
                module.kind() == PluginKind.WASI_COMMAND ? status != 0 && !run : status != 0;
        if (failed || call.failed()) {
            throw new PluginErrorException(plugin, call.command(), call.errorText());
        }
    }

    private CordonException heapExhausted(OutOfMemoryError exhausted) {
        return new QuotaExceededException(
                ErrorCode.MEMORY_EXCEEDED,
                plugin,
                "needed more Java heap than there is",
                "lower the memory quota or the number of instances, or give the JVM more heap",
                exhausted);
    }

    private CordonException stackExhausted(StackOverflowError exhausted) {
        return new QuotaExceededException(
                ErrorCode.CALL_DEPTH_EXCEEDED,
                plugin,
                "was called with too little Java stack left",
                "call it from a thread with a larger stack",
                exhausted);
    }

    private CordonException defect(Throwable defect) {
        return new InternalException(
                ErrorCode.INTERNAL,
                plugin,
                "the engine failed with " + defect.getClass().getName(),
                "report it to Cordon with the cause below; the plugin is not to blame",
                defect);
    }

    /** Turns new calls away, stops running ones and waits for them. */
    void close(long nanos) {
        closing = true;
        places.close();
        places.awaitEmpty(nanos);
        pool.clear();
    }
}
