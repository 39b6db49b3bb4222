package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;
import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FdFlags;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.GuestVectors;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.net.GuestSocket;
import dev.cordon.wasi.net.StreamSocket;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The {@code sock_*} functions of preview 1 itself; other ABIs have the same ones too. */
final class Sockets {
    private static final int FLAGS_BYTES = 2;
    private static final int DATA_TRUNCATED = 1;
    private static final int SHUT_READ = 1;
    private static final int SHUT_WRITE = 2;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("sock_accept", "iii", Sockets::accept),
                    copying("sock_recv", "iiiiii", Sockets::receive),
                    copying("sock_send", "iiiii", Sockets::send),
                    simple("sock_shutdown", "ii", Sockets::shutdown));

    private Sockets() {}

    private static Errno accept(GuestCall call) throws Refusal, IOException {
        GuestSlice result = call.slice(2, Layouts.SIZE);
        return accept(call, result, call.i32(1));
    }

    /**
     * Accepts a connection and opens a descriptor for it.
     *
     * @throws Refusal what keeps it from accepting
     */
    static Errno accept(GuestCall call, GuestSlice result, int flags) throws Refusal, IOException {
        GuestSocket socket = socket(call, Rights.SOCK_ACCEPT);
        if ((flags & ~FdFlags.NONBLOCK) != 0 || !(socket instanceof StreamSocket listener)) {
            throw Refusal.of(Errno.INVAL);
        }
        call.descriptors().requireRoom();
        StreamSocket accepted = listener.accept();
        if (accepted == null) {
            accepted = awaitConnection(call, listener);
        }
        accepted.settings().blocking((flags & FdFlags.NONBLOCK) == 0);
        result.put32(0, add(call, accepted));
        return Errno.SUCCESS;
    }

    private static StreamSocket awaitConnection(GuestCall call, StreamSocket listener)
            throws Refusal, IOException {
        @Nullable StreamSocket accepted = null;
        try (SocketWait wait = SocketWait.toRead(call, listener)) {
            while (accepted == null) {
                wait.pause();
                accepted = listener.accept();
            }
        }
        return accepted;
    }

    /**
     * Opens a descriptor for a socket.
     *
     * @throws Refusal {@code EMFILE} when there are too many; the socket is closed then
     */
    static int add(GuestCall call, GuestSocket socket) throws Refusal, IOException {
        try {
            return call.descriptors().add(new SocketDescriptor(socket));
        } catch (Refusal e) {
            socket.close();
            throw e;
        }
    }

    private static Errno receive(GuestCall call) throws Refusal, IOException {
        GuestVectors vectors = call.vectors(1);
        GuestSlice length = call.slice(4, Layouts.SIZE);
        GuestSlice flags = call.slice(5, FLAGS_BYTES);
        GuestSocket socket = socket(call, Rights.FD_READ);
        write(SocketTransfer.receive(call, socket, vectors, call.i32(3)), length, flags);
        return Errno.SUCCESS;
    }

    /** Writes how much was received, and whether that was all of it. */
    static void write(SocketTransfer.Received received, GuestSlice length, GuestSlice flags) {
        length.put32(0, received.bytes());
        flags.put16(0, received.truncated() ? DATA_TRUNCATED : 0);
    }

    private static Errno send(GuestCall call) throws Refusal, IOException {
        GuestVectors vectors = call.vectors(1);
        GuestSlice length = call.slice(4, Layouts.SIZE);
        GuestSocket socket = socket(call, Rights.FD_WRITE);
        if (call.i32(3) != 0) {
            throw Refusal.of(Errno.INVAL);
        }
        length.put32(0, SocketTransfer.send(call, socket, vectors, null));
        return Errno.SUCCESS;
    }

    private static Errno shutdown(GuestCall call) throws Refusal {
        GuestSocket socket = socket(call, Rights.SOCK_SHUTDOWN);
        int how = call.i32(1);
        if (how < SHUT_READ || how > (SHUT_READ | SHUT_WRITE)) {
            throw Refusal.of(Errno.INVAL);
        }
        socket.shutdown((how & SHUT_READ) != 0, (how & SHUT_WRITE) != 0);
        return Errno.SUCCESS;
    }

    /**
     * The socket that the first argument is, for one kind of use.
     *
     * @throws Refusal {@code EBADF}, {@code ENOTSOCK}, or {@code ENOTCAPABLE} when the guest gave
     *     the right up
     */
    static GuestSocket socket(GuestCall call, long right) throws Refusal {
        OpenDescriptor open = call.descriptors().get(call.i32(0));
        if (!(open.descriptor() instanceof SocketDescriptor socket)) {
            throw Refusal.of(Errno.NOTSOCK);
        }
        open.require(right);
        return socket.socket();
    }

    /**
     * The socket that the first argument is.
     *
     * @throws Refusal {@code EBADF} or {@code ENOTSOCK}
     */
    static GuestSocket socket(GuestCall call) throws Refusal {
        return socket(call, 0);
    }
}
