package dev.cordon.guest;

/**
 * One call's way to commands and events. Knows which plugin it belongs to, so that nothing that a
 * guest says can make it another one.
 */
public interface BridgeLink {
    /**
     * Sends a command and waits for its answer.
     *
     * @param name unchecked
     * @param payload belongs to the receiver from now on
     * @param left what the receiver may use
     * @return the answer, or why there is none; never throws for a fault of the receiver
     */
    BridgeAnswer send(String name, byte[] payload, Allowance left);

    /**
     * Publishes an event.
     *
     * @param topic unchecked
     * @param payload belongs to the event from now on
     * @return no bytes, or why it was not published
     */
    BridgeAnswer publish(String topic, byte[] payload);

    /**
     * Does work of the application for the guest: commands that it sends and events that it
     * publishes belong to the call.
     *
     * @param left what receivers may use
     * @param work never throws
     * @return units of fuel that receivers used, which the caller pays
     */
    long within(Allowance left, Runnable work);

    /**
     * How many subscriptions an event is held against.
     *
     * @return a count that the publisher pays for
     */
    int subscriptions();
}
