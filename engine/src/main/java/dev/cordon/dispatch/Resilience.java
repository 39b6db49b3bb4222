package dev.cordon.dispatch;

import dev.cordon.bridge.Command;
import dev.cordon.bridge.CommandMiddleware;
import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.Party;
import dev.cordon.monitor.BreakerReport;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What stands around commands that may fail: retries outside, a circuit breaker inside, so that the
 * breaker sees each attempt. Thread-safe.
 */
public final class Resilience implements CommandMiddleware {
    private final @Nullable Retries retries;
    private final @Nullable Breakers breakers;

    Resilience(@Nullable Retries retries, @Nullable Breakers breakers) {
        this.retries = retries;
        this.breakers = breakers;
    }

    /** As a middleware: the attempts are one dispatch. */
    @Override
    public CommandResult handle(Command command, Next next) {
        return run(command.sender(), command.name(), () -> proceed(command, next));
    }

    /** What a handler throws gets its type later, but what is retried goes by the type. */
    private static CommandResult proceed(Command command, Next next) {
        try {
            return next.proceed(command.payload());
        } catch (RuntimeException | Error failure) {
            throw Refusal.typed(command.name(), failure);
        }
    }

    /** Does work; the scope of the thread bounds all attempts together. */
    <T> T run(Party sender, String command, Supplier<T> work) {
        Breakers guard = breakers;
        Supplier<T> attempt = guard == null ? work : () -> guard.run(sender, command, work);
        return retries == null
                ? attempt.get()
                : retries.run(Scope.orRoot(Scope.current()), attempt);
    }

    /**
     * How the breakers stand.
     *
     * @return those that were used, least recently used first
     */
    public List<BreakerReport> breakers() {
        return breakers == null ? List.of() : breakers.reports();
    }
}
