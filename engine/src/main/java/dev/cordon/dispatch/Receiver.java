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
        public void receive(Event event, Scope scope) {
            scope.with(
                    () -> {
                        subscriber.receive(event);
                        return true;
                    });
        }
    }

    /**
     * A plugin that handles events; what it wants may change while events wait for it.
     *
     * @param plugin which one
     */
    record Guest(PluginPort plugin) implements Receiver {
        @Override
        public Party party() {
            return plugin.party();
        }

        @Override
        public boolean wants(String topic) {
            return plugin.topics().stream().anyMatch(pattern -> pattern.matches(topic));
        }

        @Override
        public boolean may(String topic) {
            return wants(topic) && plugin.grants().allows(GrantKind.EVENT_SUBSCRIBE, topic);
        }

        @Override
        public void receive(Event event, Scope scope) {
            plugin.receive(event.json(), scope);
        }
    }
}
