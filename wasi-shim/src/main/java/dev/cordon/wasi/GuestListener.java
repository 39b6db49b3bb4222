package dev.cordon.wasi;

import dev.cordon.wasi.net.LentListener;
import dev.cordon.wasi.net.OpenSockets;
import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.ServerSocketChannel;

/**
 * A bound socket that a guest may accept connections on, and the door to it. Thread-safe.
 *
 * <p>Guests find listeners open behind their preopens, in the order of the configuration. A guest
 * that closes its descriptor does not close the socket.
 */
public final class GuestListener implements Closeable {
    private final LentListener lent;

    private GuestListener(LentListener lent) {
        this.lent = lent;
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
        return new GuestListener(new LentListener(channel, new OpenSockets()));
    }

    /**
     * Revokes it, while guests run, along with every connection that was accepted on it.
     *
     * @throws IOException when a socket failed to close, after all were tried
     */
    @Override
    public void close() throws IOException {
        try {
            lent.channel().close();
        } finally {
            lent.door().close();
        }
    }

    LentListener lent() {
        return lent;
    }
}
