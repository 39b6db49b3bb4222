package dev.cordon.wasi.net;

import java.io.Closeable;
import java.io.IOException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** What was opened through one door, to be closed with it. Thread-safe. */
public final class OpenSockets implements Closeable {
    private final Set<Closeable> open = ConcurrentHashMap.newKeySet();
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

    void remove(Closeable socket) {
        open.remove(socket);
    }

    /**
     * Closes everything, now and from now on.
     *
     * @throws IOException when anything failed to close, after everything was tried
     */
    @Override
    public void close() throws IOException {
        closed = true;
        @Nullable IOException failure = null;
        for (Closeable socket : open) {
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
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
