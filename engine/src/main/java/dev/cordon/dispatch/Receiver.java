package dev.cordon.dispatch;

import dev.cordon.bridge.Event;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.Subscriber;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.NamePattern;

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
    }

    /**
     * A plugin that handles events. What it wants may change while events wait for it; it is not
     * there as long as it was granted no topic at all.
     *
     * @param plugin which one
     */
    record Guest(PluginPort plugin) implements Receiver {
        private static final String RECEIVE = "on_event";

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
    }
}
