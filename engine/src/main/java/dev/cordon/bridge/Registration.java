package dev.cordon.bridge;

/** Something that was registered, until it is closed. Thread-safe. */
@FunctionalInterface
public interface Registration extends AutoCloseable {
    /** Ends it; what is under way goes on. Closing again does nothing. */
    @Override
    void close();
}
