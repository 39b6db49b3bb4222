package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** A stream that is connected: bytes in both directions, without waiting. */
final class StreamConnection {
    private final StreamSocket owner;
    private final SocketChannel channel;
    private final ReadAhead ahead = new ReadAhead();
    private Errno error = Errno.SUCCESS;

    StreamConnection(StreamSocket owner, SocketChannel channel) {
        this.owner = owner;
        this.channel = channel;
    }

    @Nullable Readiness readable() throws Refusal {
        fill();
        if (ahead.held() > 0) {
            return new Readiness(ahead.held(), ahead.isAtEnd());
        }
        return ahead.isAtEnd() || error != Errno.SUCCESS ? Readiness.GONE : null;
    }

    /** Reads what has come: how much, 0 for nothing yet, -1 at the end. */
    int read(byte[] target, int offset, int length, boolean keep) throws Refusal {
        fill();
        if (ahead.held() > 0) {
            return ahead.take(target, offset, length, keep);
        }
        if (error != Errno.SUCCESS) {
            throw Refusal.of(takeError());
        }
        return ahead.isAtEnd() ? -1 : 0;
    }

    private void fill() throws Refusal {
        if (error != Errno.SUCCESS) {
            return;
        }
        try {
            ahead.fill(channel);
        } catch (IOException e) {
            owner.requireStillHere();
            error = SocketErrno.of(e);
        }
    }

    /** Writes what there is room for. */
    int write(byte[] source, int offset, int length) throws Refusal {
        try {
            return channel.write(ByteBuffer.wrap(source, offset, length));
        } catch (IOException e) {
            owner.requireStillHere();
            Errno errno = SocketErrno.of(e);
            // With the channel open, only its output was shut down.
            throw Refusal.of(errno == Errno.BADF ? Errno.PIPE : errno);
        }
    }

    void shutdown(boolean reading, boolean writing) throws Refusal {
        try {
            if (reading) {
                channel.shutdownInput();
                ahead.end();
            }
            if (writing) {
                channel.shutdownOutput();
            }
        } catch (IOException e) {
            owner.requireStillHere();
            throw GuestSocket.refusal(e);
        }
    }

    InetSocketAddress peer() throws Refusal {
        try {
            return (InetSocketAddress) channel.getRemoteAddress();
        } catch (IOException e) {
            throw GuestSocket.refusal(e);
        }
    }

    /** The error that reading met while nobody asked, which is then forgotten. */
    Errno takeError() {
        Errno taken = error;
        error = Errno.SUCCESS;
        return taken;
    }
}
