package dev.cordon.wasi.net;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** What was opened through one door, to be closed with it. Thread-safe. */
public final class OpenSockets implements Closeable {
    private final Set<GuestSocket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    /** A door that is open. */
    public OpenSockets() {}

    /**
     * Whether anything may still be opened.
     *
     * @return true until it is closed
     */
    public boolean isOpen() {
        return !closed;
    }

    /** Takes note of something open, and closes it at once when the door is closed. */
    void add(GuestSocket socket) {
        open.add(socket);
        if (closed) {
            open.remove(socket);
            socket.closeQuietly();
        }
    }

    void remove(GuestSocket socket) {
        open.remove(socket);
    }

    /**
     * Closes some sockets. What a listener that is closed here accepts meanwhile is closed as well:
     * it is looked at once more until there is nothing left to close.
     */
    void closeUnless(Predicate<GuestSocket> allowed) throws IOException {
        List<GuestSocket> refused;
        do {
            refused = open.stream().filter(socket -> !allowed.test(socket)).toList();
            closeAll(refused);
        } while (!refused.isEmpty());
    }

    /**
     * Closes everything, now and from now on.
     *
     * @throws IOException when anything failed to close, after everything was tried
     */
    @Override
    public void close() throws IOException {
        closed = true;
        closeAll(open);
        open.clear();
    }

    private void closeAll(Iterable<GuestSocket> sockets) throws IOException {
        @Nullable IOException failure = null;
        for (GuestSocket socket : sockets) {
            try {
                socket.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
