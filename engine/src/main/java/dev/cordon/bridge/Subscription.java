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
     * @return without those that became dead letters
     */
    long received();

    /** Ends it: events that wait become dead letters. Closing again does nothing. */
    @Override
    void close();
}
