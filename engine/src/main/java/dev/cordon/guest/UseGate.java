package dev.cordon.guest;

import dev.cordon.capability.CapabilityRequest;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.Grants;
import dev.cordon.error.GuestText;
import dev.cordon.monitor.EngineListener;
import java.util.function.Supplier;

/**
 * Where each use of a plugin is decided that needs no open file: its grants as they are now, then
 * the application's broker. Takes note of each. Thread-safe.
 */
public final class UseGate {
    private static final int MAX_TEXT = 256;

    private final String plugin;
    private final Supplier<Grants> grants;
    private final BrokerDoor broker;
    private final UseTrail trail;

    UseGate(String plugin, Supplier<Grants> grants, BrokerDoor broker, EngineListener listener) {
        this.plugin = plugin;
        this.grants = grants;
        this.broker = broker;
        this.trail = new UseTrail(plugin, listener, System::currentTimeMillis);
    }

    /**
     * Decides about a name, and takes note of it.
     *
     * @param operation the host function
     * @param kind a kind whose scope is a pattern of names
     * @param name a checked name
     * @return what was decided
     */
    public Ruling decide(String operation, GrantKind kind, String name) {
        Ruling ruling = ask(operation, kind, name, grants.get().allows(kind, name));
        note(operation, kind, name, ruling.allowed(), ruling.reason());
        return ruling;
    }

    /** The same for a kind without a scope. */
    Ruling decide(String operation, GrantKind kind) {
        Ruling ruling = ask(operation, kind, "", grants.get().has(kind));
        note(operation, kind, "", ruling.allowed(), ruling.reason());
        return ruling;
    }

    /** Decides, and leaves it to the caller to take note of what became of it. */
    Ruling ask(String operation, GrantKind kind, String subject, boolean granted) {
        if (!broker.exists()) {
            return granted ? Ruling.GRANTED : Ruling.NOT_GRANTED;
        }
        return ask(operation, kind, UseTrail.text(kind, subject), subject, granted);
    }

    /** The same where the grant is written otherwise than with the subject alone. */
    Ruling ask(
            String operation, GrantKind kind, String capability, String subject, boolean granted) {
        return broker.decide(
                new CapabilityRequest(
                        plugin,
                        kind,
                        capability,
                        GuestText.printable(subject, MAX_TEXT),
                        operation,
                        granted));
    }

    /**
     * Takes note of what was decided elsewhere.
     *
     * @param operation the host function
     * @param kind the kind of grant that the use needs
     * @param subject what it is about
     * @param allowed whether it goes on
     * @param reason why not, or who allowed it without a grant
     */
    public void note(
            String operation, GrantKind kind, String subject, boolean allowed, String reason) {
        trail.decided(new UseTrail.Decision(operation, kind, subject, allowed, reason));
    }

    /** Whether the broker may allow what no grant covers. */
    boolean hasBroker() {
        return broker.exists();
    }

    /** Tells what was counted and not told yet. */
    void flush() {
        trail.flush();
    }
}
