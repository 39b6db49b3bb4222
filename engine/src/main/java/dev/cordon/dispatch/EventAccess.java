package dev.cordon.dispatch;

import dev.cordon.bridge.Event;
import dev.cordon.bridge.EventRule;
import dev.cordon.bridge.Party;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.NamePattern;
import dev.cordon.guest.Ruling;
import dev.cordon.monitor.EngineListener;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Decides who may publish and who may receive what, by grants and rules. Thread-safe. */
final class EventAccess {
    private static final String PUBLISH = "event_publish";
    private static final String NOT_GRANTED = "not granted";

    private final EngineListener listener;
    private final List<EventRule> rules = new CopyOnWriteArrayList<>();

    EventAccess(EngineListener listener) {
        this.listener = listener;
    }

    void rule(EventRule rule) {
        rules.add(rule);
    }

    /**
     * Refuses what cannot be published, or not by this one; null is the application.
     *
     * @throws dev.cordon.error.CordonException if it is refused
     */
    void requirePublish(@Nullable Sender publisher, String topic, byte[] payload, Scope scope) {
        Party from = publisher == null ? Party.host() : publisher.party();
        if (!NamePattern.isName(topic)) {
            throw Refusal.badName(from, topic);
        }
        if (payload.length > Event.MAX_PAYLOAD_BYTES) {
            throw Refusal.tooLarge(from, topic, payload.length, Event.MAX_PAYLOAD_BYTES);
        }
        if (publisher == null) {
            return;
        }
        Ruling ruling = publisher.gate().decide(PUBLISH, GrantKind.EVENT_PUBLISH, topic);
        scope.use(ruling.fuel());
        if (!ruling.allowed()) {
            throw Refusal.denied(from, GrantKind.EVENT_PUBLISH.text() + "=" + topic);
        }
    }

    /** Whether an event may go to somebody; a refusal is told. */
    boolean mayReceive(Party from, String topic, Receiver receiver) {
        Party subscriber = receiver.party();
        String reason = receiver.may(topic) ? "" : NOT_GRANTED;
        if (reason.isEmpty() && !rulesAllow(from, topic, subscriber)) {
            reason = "refused by a rule of the application";
        }
        receiver.decided(topic, reason);
        return reason.isEmpty();
    }

    private boolean rulesAllow(Party from, String topic, Party subscriber) {
        try {
            return rules.stream().allMatch(rule -> rule.allows(from, topic, subscriber));
        } catch (RuntimeException failed) {
            listener.hostFunctionFailed(from.id(), PUBLISH, failed);
            return false;
        }
    }
}
