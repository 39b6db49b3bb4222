package dev.cordon.bridge;

/** A subscriber's place in the engine, until it is closed. Thread-safe. */
public interface Subscription extends AutoCloseable {
    /**
     * How many events wait.
     *
     * @return without the one that is being received
     */
    int waiting();

    /**
     * How many events were received.
     *
     * @return without those that became dead letters; of a durable subscription since its queue was
     *     made
     */
    long received();

    /**
     * Ends it: events that wait become dead letters, or for a durable subscription go on waiting
     * for the next subscriber of its name. Closing again does nothing.
     */
    @Override
    void close();
}
