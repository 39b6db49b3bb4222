package dev.cordon.dispatch;

import dev.cordon.bridge.Event;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.Subscriber;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.Grants;
import dev.cordon.capability.NamePattern;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.guest.UseGate;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Who receives the events of one queue. */
interface Receiver {
    /** Who it is. */
    Party party();

    /** Whether it asked for the topic. */
    boolean wants(String topic);

    /** Whether it may have the topic now. */
    boolean may(String topic);

    /** Takes note of whether it may have a topic; an empty reason is a yes. */
    void decided(String topic, String reason);

    /** Takes an event. */
    void receive(Event event, Scope scope);

    /** Whether it never got to see the event, or was stopped through no fault of its own. */
    default boolean unavailable(CordonException failure) {
        return false;
    }

    /** What is left of it when it is gone, so that events are kept for the next one. */
    Receiver absent();

    /**
     * Nobody, in the place of one who was there.
     *
     * @param party who it was
     * @param patterns what it asked for
     * @param grants what a plugin might have; null for the application, which may have everything
     * @param gate takes note of what is decided about a plugin; null for the application
     */
    record Absent(
            Party party,
            List<NamePattern> patterns,
            @Nullable Grants grants,
            @Nullable UseGate gate)
            implements Receiver {
        @Override
        public boolean wants(String topic) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(topic));
        }

        @Override
        public boolean may(String topic) {
            return grants == null || grants.allows(GrantKind.EVENT_SUBSCRIBE, topic);
        }

        @Override
        public void decided(String topic, String reason) {
            if (gate != null) {
                gate.note(
                        Guest.RECEIVE, GrantKind.EVENT_SUBSCRIBE, topic, reason.isEmpty(), reason);
            }
        }

        @Override
        public void receive(Event event, Scope scope) {
            throw new IllegalStateException("nobody is there to receive " + event);
        }

        @Override
        public Receiver absent() {
            return this;
        }
    }

    /** A subscriber in the application. */
    record Java(NamePattern pattern, Subscriber subscriber) implements Receiver {
        @Override
        public Party party() {
            return Party.host();
        }

        @Override
        public boolean wants(String topic) {
            return pattern.matches(topic);
        }

        @Override
        public boolean may(String topic) {
            return true;
        }

        @Override
        public void decided(String topic, String reason) {
            // Of the application's own subscribers nobody has to be told.
        }

        @Override
        public void receive(Event event, Scope scope) {
            scope.with(
                    () -> {
                        subscriber.receive(event);
                        return true;
                    });
        }

        @Override
        public Receiver absent() {
            return new Absent(party(), List.of(pattern), null, null);
        }
    }

    /**
     * A plugin that handles events. What it wants may change while events wait for it; it is not
     * there as long as it was granted no topic at all.
     *
     * @param plugin which one
     */
    record Guest(PluginPort plugin) implements Receiver {
        private static final String RECEIVE = "on_event";

        /** Nobody cancels a delivery but the engine, when the plugin is closed. */
        private static final Set<ErrorCode> UNAVAILABLE =
                EnumSet.of(
                        ErrorCode.BUSY,
                        ErrorCode.CANCELLED,
                        ErrorCode.CLOSED,
                        ErrorCode.PLUGIN_BACKING_OFF,
                        ErrorCode.PLUGIN_QUARANTINED);

        @Override
        public Party party() {
            return plugin.party();
        }

        @Override
        public boolean wants(String topic) {
            return plugin.grants().has(GrantKind.EVENT_SUBSCRIBE)
                    && plugin.topics().stream().anyMatch(pattern -> pattern.matches(topic));
        }

        @Override
        public boolean may(String topic) {
            return wants(topic) && plugin.grants().allows(GrantKind.EVENT_SUBSCRIBE, topic);
        }

        @Override
        public void decided(String topic, String reason) {
            plugin.gate().note(RECEIVE, GrantKind.EVENT_SUBSCRIBE, topic, reason.isEmpty(), reason);
        }

        @Override
        public void receive(Event event, Scope scope) {
            plugin.receive(event.json(), scope);
        }

        @Override
        public boolean unavailable(CordonException failure) {
            return UNAVAILABLE.contains(failure.code());
        }

        @Override
        public Receiver absent() {
            return new Absent(party(), plugin.topics(), plugin.grants(), plugin.gate());
        }
    }
}
