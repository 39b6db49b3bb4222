package dev.cordon.bridge;

/** Which event becomes a dead letter when a queue is full. */
public enum Overflow {
    /** The one that waits longest. */
    DROP_OLDEST,
    /** The one that has just come. */
    DROP_NEWEST
}
