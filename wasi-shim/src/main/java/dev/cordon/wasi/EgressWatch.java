package dev.cordon.wasi;

/**
 * What a connection of an {@link Egress} asks and tells while somebody uses it. What a method
 * throws ends the use. Called on the thread that uses the connection.
 */
public interface EgressWatch {
    /**
     * Asked before each request, after the rules allowed it.
     *
     * @param operation the host function
     * @param subject scheme, host and port
     * @return false to refuse it all the same
     */
    default boolean approves(String operation, String subject) {
        return true;
    }

    /** Asked at least every {@value EgressSession#PAUSE_MILLIS} ms of a wait. */
    void check();

    /**
     * Bytes are about to be moved.
     *
     * @param bytes how many at most
     */
    void charge(long bytes);

    /**
     * Bytes were moved.
     *
     * @param inbound whether they were received
     * @param bytes how many
     */
    void moved(boolean inbound, long bytes);
}
