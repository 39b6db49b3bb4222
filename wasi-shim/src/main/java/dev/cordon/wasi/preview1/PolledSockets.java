package dev.cordon.wasi.preview1;

import dev.cordon.wasi.net.SocketWatcher;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The sockets among the subscriptions of one poll, so that they end its sleep. */
final class PolledSockets implements AutoCloseable {
    private final @Nullable SocketWatcher watcher;

    private PolledSockets(@Nullable SocketWatcher watcher) {
        this.watcher = watcher;
    }

    /** Begins to watch them, and looks which are ready. */
    static PolledSockets of(GuestCall call, List<Subscription> subscriptions) throws IOException {
        SocketWatcher watcher = null;
        for (Subscription subscription : subscriptions) {
            if (call.descriptors().find(subscription.descriptor())
                    instanceof SocketDescriptor socket) {
                watcher = call.run().network().watcher();
                boolean reads = subscription instanceof Subscription.Reading;
                watcher.watch(socket.socket(), reads, !reads);
            }
        }
        if (watcher != null) {
            watcher.select(0);
        }
        return new PolledSockets(watcher);
    }

    /** Sleeps for a slice, or until a socket is ready. */
    void pause(Wait wait, long atMostNanos) throws IOException {
        if (watcher == null) {
            wait.pause(atMostNanos);
        } else {
            wait.pauseBy(atMostNanos, watcher::select);
        }
    }

    @Override
    public void close() throws IOException {
        if (watcher != null) {
            watcher.release();
        }
    }
}
