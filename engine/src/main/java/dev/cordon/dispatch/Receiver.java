package dev.cordon.dispatch;

import dev.cordon.bridge.Event;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.Subscriber;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.NamePattern;
import java.util.List;

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
     * A plugin that handles events.
     *
     * @param plugin which one
     * @param patterns the subscriptions of its manifest
     */
    record Guest(PluginPort plugin, List<NamePattern> patterns) implements Receiver {
        @Override
        public Party party() {
            return plugin.party();
        }

        @Override
        public boolean wants(String topic) {
            return patterns.stream().anyMatch(pattern -> pattern.matches(topic));
        }

        @Override
        public boolean may(String topic) {
            return plugin.grants().allows(GrantKind.EVENT_SUBSCRIBE, topic);
        }

        @Override
        public void receive(Event event, Scope scope) {
            plugin.receive(event.json(), scope);
        }
    }
}
