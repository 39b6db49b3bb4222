package dev.cordon.wasi.net;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SelectableChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Waits for sockets, with one selector for a run, opened when it is first needed.
 *
 * <p>Sockets are registered during a wait only, because a channel that is registered is not really
 * closed before the next selection, and a door must be able to close it at once. Belongs to one
 * thread at a time; closing a socket elsewhere wakes it.
 */
public final class SocketWatcher implements Closeable {
    private static final long NANOS_PER_MILLI = TimeUnit.MILLISECONDS.toNanos(1);

    private @Nullable Selector selector;

    SocketWatcher() {}

    /**
     * Waits for a socket from now on, until {@link #release}.
     *
     * @param socket what to wait for
     * @param reads whether for something to read
     * @param writes whether for room to write
     * @throws IOException when the system has no selector left
     */
    public void watch(GuestSocket socket, boolean reads, boolean writes) throws IOException {
        SelectableChannel channel = socket.channel();
        if (channel == null) {
            return;
        }
        Selector open = selector;
        if (open == null) {
            open = Selector.open();
            selector = open;
        }
        socket.watchedBy(open, reads, writes);
        try {
            channel.register(open, socket.interest(), socket);
        } catch (ClosedChannelException | CancelledKeyException e) {
            // It was closed meanwhile, which whoever asks for its state will see.
            socket.released();
        }
    }

    /**
     * Waits until a socket is ready, or the time is over, or a socket is closed.
     *
     * @param nanos how long; 0 or less to only look
     * @throws IOException when the system fails to tell
     */
    public void select(long nanos) throws IOException {
        Selector open = selector;
        if (open == null) {
            // No socket had a channel that anything could come to.
            LockSupport.parkNanos(this, nanos);
            return;
        }
        open.keys().forEach(SocketWatcher::refresh);
        if (nanos <= 0) {
            open.selectNow(SocketWatcher::note);
        } else {
            open.select(SocketWatcher::note, Math.max(1, nanos / NANOS_PER_MILLI));
        }
    }

    /**
     * Waits for no socket any more.
     *
     * @throws IOException when the system fails
     */
    public void release() throws IOException {
        Selector open = selector;
        if (open == null) {
            return;
        }
        for (SelectionKey key : open.keys()) {
            socket(key).released();
            key.cancel();
        }
        open.selectNow();
    }

    private static void refresh(SelectionKey key) {
        GuestSocket socket = socket(key);
        socket.ready(0);
        try {
            key.interestOps(socket.interest());
        } catch (CancelledKeyException e) {
            socket.ready(0);
        }
    }

    private static void note(SelectionKey key) {
        try {
            socket(key).ready(key.readyOps());
        } catch (CancelledKeyException e) {
            // The socket was closed meanwhile, which whoever asks for its state will see.
            socket(key).ready(0);
        }
    }

    private static GuestSocket socket(SelectionKey key) {
        return (GuestSocket) key.attachment();
    }

    @Override
    public void close() throws IOException {
        Selector open = selector;
        selector = null;
        if (open != null) {
            open.close();
        }
    }
}
