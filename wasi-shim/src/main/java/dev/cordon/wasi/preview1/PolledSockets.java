package dev.cordon.wasi.preview1;

import dev.cordon.wasi.net.SocketWatcher;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sockets among the subscriptions of one poll, so that they end its sleep. */
final class PolledSockets implements AutoCloseable {
    private final GuestCall call;
    private @Nullable SocketWatcher watcher;

    PolledSockets(GuestCall call) {
        this.call = call;
    }

    /** Begins to watch them, and looks which are ready. */
    void watch(List<Subscription> subscriptions) throws IOException {
        SocketWatcher used = null;
        for (Subscription subscription : subscriptions) {
            if (call.descriptors().find(subscription.descriptor())
                    instanceof SocketDescriptor socket) {
                used = call.run().network().watcher();
                watcher = used;
                boolean reads = subscription instanceof Subscription.Reading;
                used.watch(socket.socket(), reads, !reads);
            }
        }
        if (used != null) {
            used.select(0);
        }
    }

    /** Sleeps for a slice, or until a socket is ready. */
    void pause(Wait wait, long atMostNanos) throws IOException {
        SocketWatcher used = watcher;
        if (used == null) {
            wait.pause(atMostNanos);
        } else {
            wait.pauseBy(atMostNanos, used::select);
        }
    }

    @Override
    public void close() throws IOException {
        if (watcher != null) {
            watcher.release();
        }
    }
}
