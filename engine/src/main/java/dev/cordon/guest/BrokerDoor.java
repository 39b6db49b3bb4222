package dev.cordon.guest;

import dev.cordon.capability.CapabilityBroker;
import dev.cordon.capability.CapabilityRequest;
import dev.cordon.monitor.EngineListener;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The way to the application's broker, if there is one: what it throws is a no, and it is never
 * asked about what it causes itself. Thread-safe; one for each engine.
 */
public final class BrokerDoor {
    /**
     * What asking costs the plugin, in fuel, so that it cannot flood the application for nothing.
     */
    public static final int FUEL = 20_000;

    private static final String FUNCTION = "broker";

    private final @Nullable CapabilityBroker broker;
    private final CapabilityBroker.Mode mode;
    private final EngineListener listener;
    private final ThreadLocal<@Nullable Boolean> asking = new ThreadLocal<>();

    /**
     * A way to a broker.
     *
     * @param broker who decides; null if grants alone do
     * @param mode when it is asked
     * @param listener hears of its failures; never throws
     */
    public BrokerDoor(
            @Nullable CapabilityBroker broker,
            CapabilityBroker.Mode mode,
            EngineListener listener) {
        this.broker = broker;
        this.mode = mode;
        this.listener = listener;
    }

    /** Whether there is anybody to ask. */
    boolean exists() {
        return broker != null;
    }

    /** What becomes of a use. */
    Ruling decide(CapabilityRequest request) {
        boolean granted = request.granted();
        CapabilityBroker asked = broker;
        if (asked == null || (granted && mode == CapabilityBroker.Mode.MISSING_GRANTS)) {
            return granted ? Ruling.GRANTED : Ruling.NOT_GRANTED;
        }
        if (asking.get() != null) {
            return Ruling.NESTED;
        }
        if (!allows(asked, request)) {
            return Ruling.REFUSED;
        }
        return granted ? Ruling.CONFIRMED : Ruling.ALLOWED_ONCE;
    }

    private boolean allows(CapabilityBroker asked, CapabilityRequest request) {
        asking.set(true);
        try {
            CapabilityBroker.Answer answer =
                    Objects.requireNonNull(asked.decide(request), "a broker answered with null");
            return answer == CapabilityBroker.Answer.ALLOW_ONCE;
        } catch (RuntimeException | Error failed) { // the application's own; a no is always safe
            listener.hostFunctionFailed(request.plugin(), FUNCTION, failed);
            return false;
        } finally {
            asking.remove();
        }
    }
}
