package dev.cordon.wasi;

import java.io.Closeable;

/** What a guest may reach on the network, and the door to it. Thread-safe. */
public final class Network implements Closeable {
    private static final Network NONE = new Network();

    private Network() {}

    /**
     * No network.
     *
     * @return a network on which nothing can be reached
     */
    public static Network none() {
        return NONE;
    }

    /** Revokes it, while guests run. */
    @Override
    public void close() {}
}
