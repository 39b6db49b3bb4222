package dev.cordon;

import dev.cordon.dispatch.Scope;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.InvalidModuleException;
import dev.cordon.error.PluginErrorException;
import dev.cordon.error.UsageException;
import dev.cordon.guest.Allowance;
import dev.cordon.guest.BridgeLink;
import dev.cordon.guest.GuestCall;
import dev.cordon.guest.PluginInstance;
import dev.cordon.guest.PluginModule;
import dev.cordon.manifest.PluginKind;
import dev.cordon.manifest.StatePolicy;
import dev.cordon.quota.Quota;
import dev.cordon.runtime.CallBudget;
import dev.cordon.runtime.CpuShare;
import dev.cordon.runtime.GuestLimits;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The way of a call through one version of a plugin: take a clean instance, run within the budget,
 * report, then clean the instance for the next call or throw it away.
 */
final class CallPath {
    private final String plugin;
    private final PluginModule module;
    private final Commands commands;
    private final Quota quota;
    private final InstancePool pool;
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
            Supplier<Optional<CordonException>> objection,
            Reports reports,
            @Nullable CpuShare share) {
        this.plugin = module.settings().plugin();
        this.module = module;
        this.commands = commands;
        this.quota = quota;
        this.pool = new InstancePool(module, limits, instances(module, quota));
        this.objection = objection;
        this.reports = reports;
        this.share = share;
    }

    private static int instances(PluginModule module, Quota quota) {
        return module.takesTurns() ? 1 : quota.instances();
    }

    /** How many calls may run at the same time. */
    int instances() {
        return instances(module, quota);
    }

    /** What every call may use. */
    Quota quota() {
        return quota;
    }

    /** The share of the processor that all calls together take; null if it is not limited. */
    @Nullable CpuShare share() {
        return share;
    }

    /** A call that was not started yet; without a link it cannot send. */
    Attempt begin(Task task, Measured measured, @Nullable BridgeLink link) {
        Quota limits = limits(task);
        GuestCall call =
                new GuestCall(
                        module.settings(),
                        task.command(),
                        task.payload(),
                        limits,
                        budget(task, limits, measured.startNanos()),
                        task.streams());
        if (link != null) {
            call.connect(link);
        }
        return new Attempt(task, call, limits, measured);
    }

    /** Whether the call had less than the plugin's own quota, so that it may not be to blame. */
    boolean isLowered(Attempt attempt) {
        CallBudget budget = attempt.call().budget();
        long own =
                quota.deadlineNanos() == Quota.UNLIMITED
                        ? CallBudget.NO_DEADLINE
                        : attempt.measured().startNanos() + quota.deadlineNanos();
        return !attempt.limits().equals(quota)
                || budget.fuel() < quota.fuelPerCall()
                || budget.heldBytes() < quota.memoryBytes()
                || budget.deadlineNanoTime() < own;
    }

    /** Runs a call that was admitted. */
    Ended run(Attempt attempt) {
        onInstance(attempt, export(attempt.task()));
        Measured measured = attempt.measured();
        judge(attempt.call(), measured.status(), attempt.task().streams() != null);
        return reports.ended(
                attempt.call(), attempt.task().command(), attempt.limits(), measured, null);
    }

    /** Reports a call that came to nothing; gives what its caller is told. */
    CordonException failed(Attempt attempt, Throwable failure) {
        CordonException typed = explained(Failures.typed(plugin, failure));
        typed.attachReport(
                reports.ended(
                                attempt.call(),
                                attempt.task().command(),
                                attempt.limits(),
                                attempt.measured(),
                                typed.code())
                        .report());
        return typed;
    }

    /** A call that was stopped because the plugin is not trusted any more says so. */
    private CordonException explained(CordonException failure) {
        return closing && failure.code() == ErrorCode.CANCELLED
                ? objection.get().orElse(failure)
                : failure;
    }

    /** The export that a task starts at; refuses the name of a command that there is not. */
    String export(Task task) {
        if (task.event()) {
            return requireSubscriptions(task.command());
        }
        return task.streams() == null ? commands.export(task.command()) : commands.start();
    }

    /** An event can wait for a version that took events, and come to one that takes none. */
    private String requireSubscriptions(String export) {
        if (!commands.receivesEvents()) {
            throw new InvalidModuleException(
                    ErrorCode.UNKNOWN_COMMAND,
                    plugin,
                    "does not receive events any more",
                    "load a version that has subscriptions");
        }
        return export;
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
            return new CallBudget(
                    limits.fuelPerCall(), deadline, cancelled, share, CallBudget.UNLIMITED);
        }
        Allowance both =
                new Allowance(limits.fuelPerCall(), deadline, cancelled, CallBudget.UNLIMITED)
                        .tighter(scope.left());
        return new CallBudget(
                both.fuel(), both.deadlineNanoTime(), both.cancelled(), share, both.heldBytes());
    }

    private void onInstance(Attempt attempt, String export) {
        // What was trusted when it was loaded may be revoked by now.
        Optional<CordonException> untrusted = objection.get();
        if (untrusted.isPresent()) {
            throw untrusted.get();
        }
        if (closing) {
            throw closed();
        }
        boolean pooled = Instances.fits(pool.limits(), attempt.limits());
        PluginInstance instance =
                pooled
                        ? pool.take(attempt.call().budget().heldBytes())
                        : ownInstance(attempt.limits());
        PluginInstance.Ending ending;
        try {
            ending = instance.call(attempt.call(), export);
            attempt.measured().ended(ending.status());
        } finally {
            attempt.measured().used(instance);
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

    /** Why it was closed tells more than that it was. */
    CordonException closed() {
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

    /** Refuses further calls and stops those that run. */
    void stop() {
        closing = true;
    }

    /** Lets go of the instances that no call has. */
    void clear() {
        pool.clear();
    }
}
