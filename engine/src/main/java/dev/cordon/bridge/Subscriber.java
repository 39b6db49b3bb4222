package dev.cordon.bridge;

/** Receives events in the application: one at a time, in the order of its queue. */
@FunctionalInterface
public interface Subscriber {
    /**
     * Takes an event.
     *
     * @param event what happened; what is thrown makes a dead letter of it, after the attempts that
     *     the subscription has
     */
    void receive(Event event);
}
