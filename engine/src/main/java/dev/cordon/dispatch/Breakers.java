package dev.cordon.dispatch;

import dev.cordon.bridge.BreakerPolicy;
import dev.cordon.bridge.Party;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.monitor.BreakerReport;
import dev.cordon.monitor.EngineListener;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import java.util.EnumSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Circuit breakers, one for each sender and command, so that neither a plugin that fails nor one
 * that sends what must fail closes the way of others. Thread-safe.
 */
final class Breakers {
    /** Most breakers; the one that was not used for the longest time is forgotten. */
    static final int MAX_BREAKERS = 1_000;

    /** What says nothing about the handler's health: it answered, or it was not asked. */
    private static final Set<ErrorCode> NOT_COUNTED =
            EnumSet.of(
                    ErrorCode.CANCELLED,
                    ErrorCode.CAPABILITY_DENIED,
                    ErrorCode.CHAIN_EXCEEDED,
                    ErrorCode.CIRCUIT_OPEN,
                    ErrorCode.NO_HANDLER,
                    ErrorCode.PAYLOAD,
                    ErrorCode.PAYLOAD_TOO_LARGE,
                    ErrorCode.PLUGIN_ERROR,
                    ErrorCode.USAGE);

    private final EngineListener listener;
    private final CircuitBreakerConfig config;
    private final Map<Way, CircuitBreaker> breakers = new LinkedHashMap<>(16, 0.75f, true);

    Breakers(BreakerPolicy policy, EngineListener listener) {
        this.listener = listener;
        this.config =
                CircuitBreakerConfig.custom()
                        .failureRateThreshold(policy.failurePercent())
                        .slidingWindow(
                                policy.window(),
                                policy.minimum(),
                                CircuitBreakerConfig.SlidingWindowType.COUNT_BASED)
                        .waitDurationInOpenState(policy.openFor())
                        .permittedNumberOfCallsInHalfOpenState(policy.trials())
                        .ignoreException(Breakers::isNotCounted)
                        .writableStackTraceEnabled(false)
                        .build();
    }

    private record Way(Party sender, String command) {}

    private static boolean isNotCounted(Throwable failure) {
        return failure instanceof CordonException typed && NOT_COUNTED.contains(typed.code());
    }

    /**
     * Does work, unless too much of its kind has failed.
     *
     * @throws CordonException with {@link ErrorCode#CIRCUIT_OPEN} if it was not done
     */
    <T> T run(Party sender, String command, Supplier<T> work) {
        CircuitBreaker breaker = breaker(new Way(sender, command));
        if (!breaker.tryAcquirePermission()) {
            throw Refusal.circuitOpen(sender, command);
        }
        long start = System.nanoTime();
        try {
            T result = work.get();
            breaker.onSuccess(System.nanoTime() - start, TimeUnit.NANOSECONDS);
            return result;
        } catch (RuntimeException | Error failure) {
            breaker.onError(System.nanoTime() - start, TimeUnit.NANOSECONDS, failure);
            throw failure;
        }
    }

    private synchronized CircuitBreaker breaker(Way way) {
        CircuitBreaker known = breakers.get(way);
        if (known != null) {
            return known;
        }
        if (breakers.size() >= MAX_BREAKERS) {
            Iterator<CircuitBreaker> eldest = breakers.values().iterator();
            eldest.next();
            eldest.remove();
        }
        CircuitBreaker made = CircuitBreaker.of(way.command(), config);
        made.getEventPublisher()
                .onStateTransition(moved -> listener.breakerMoved(report(way, made)));
        breakers.put(way, made);
        return made;
    }

    synchronized List<BreakerReport> reports() {
        return breakers.entrySet().stream()
                .map(entry -> report(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static BreakerReport report(Way way, CircuitBreaker breaker) {
        CircuitBreaker.Metrics metrics = breaker.getMetrics();
        return new BreakerReport(
                way.command(),
                way.sender().source(),
                breaker.getState().name().toLowerCase(Locale.ROOT).replace('_', '-'),
                metrics.getFailureRate(),
                metrics.getNumberOfBufferedCalls(),
                metrics.getNumberOfNotPermittedCalls());
    }
}
