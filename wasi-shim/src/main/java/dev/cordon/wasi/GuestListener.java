package dev.cordon.wasi;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;

/**
 * A bound socket that a guest may accept connections on, and the door to it. Thread-safe.
 *
 * <p>Guests find listeners open behind their preopens, in the order of the configuration.
 */
public final class GuestListener implements Closeable {
    private final ServerSocketChannel channel;

    private GuestListener(ServerSocketChannel channel) {
        this.channel = channel;
    }

    /**
     * Hands a socket over.
     *
     * @param channel a bound socket; made non-blocking and closed with this
     * @return the door to it
     * @throws IOException when the channel is closed, not bound, or cannot be made non-blocking
     */
    public static GuestListener of(ServerSocketChannel channel) throws IOException {
        if (channel.getLocalAddress() == null) {
            throw new IOException("the socket is not bound");
        }
        channel.configureBlocking(false);
        return new GuestListener(channel);
    }

    /**
     * Revokes it, while guests run.
     *
     * @throws IOException when the socket failed to close
     */
    @Override
    public void close() throws IOException {
        channel.close();
    }

    ServerSocketChannel channel() {
        return channel;
    }
}
