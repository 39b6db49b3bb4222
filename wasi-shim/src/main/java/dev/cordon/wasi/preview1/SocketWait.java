package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.GuestSocket;
import dev.cordon.wasi.net.SocketWatcher;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** A guest that waits for one socket, which ends each slice as soon as it is ready. */
final class SocketWait implements AutoCloseable {
    private final Wait wait;
    private final SocketWatcher watcher;
    private final long timeoutNanos;

    private SocketWait(GuestCall call, GuestSocket socket, boolean reads, long timeoutMicros)
            throws IOException {
        wait = call.startWait();
        watcher = call.run().network().watcher();
        timeoutNanos =
                timeoutMicros == 0 ? Long.MAX_VALUE : TimeUnit.MICROSECONDS.toNanos(timeoutMicros);
        watcher.watch(socket, reads, !reads);
    }

    /**
     * Begins to wait for something to read, or to accept.
     *
     * @throws Refusal {@code EAGAIN} when the guest does not want to wait
     */
    static SocketWait toRead(GuestCall call, GuestSocket socket) throws Refusal, IOException {
        requireBlocking(socket);
        return new SocketWait(call, socket, true, socket.settings().receiveTimeoutMicros());
    }

    /**
     * Begins to wait for room to write, or for a connection.
     *
     * @throws Refusal {@code EAGAIN} when the guest does not want to wait
     */
    static SocketWait toWrite(GuestCall call, GuestSocket socket) throws Refusal, IOException {
        requireBlocking(socket);
        return new SocketWait(call, socket, false, socket.settings().sendTimeoutMicros());
    }

    private static void requireBlocking(GuestSocket socket) throws Refusal {
        if (!socket.settings().isBlocking()) {
            throw Refusal.of(Errno.AGAIN);
        }
    }

    /**
     * Waits for a slice.
     *
     * @throws Refusal {@code EAGAIN} when the time that the guest has set is over
     */
    void pause() throws Refusal, IOException {
        long left = timeoutNanos - wait.elapsed();
        if (left <= 0) {
            throw Refusal.of(Errno.AGAIN);
        }
        wait.pauseBy(left, watcher::select);
    }

    @Override
    public void close() throws IOException {
        try (wait) {
            watcher.release();
        }
    }
}
