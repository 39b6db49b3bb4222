package dev.cordon.bridge;

/**
 * What there is to see of a queue that outlives its subscriber. Immutable.
 *
 * @param name what it is called; for a plugin's {@code cordon:/plugins/ID}
 * @param subscriber whose it is
 * @param attached whether a subscriber is there now
 * @param waiting how many events wait, the one that is being received included
 * @param bytes their payloads together
 * @param received how many were received since the queue was made
 */
public record DurableSubscription(
        String name, Party subscriber, boolean attached, int waiting, long bytes, long received) {}
