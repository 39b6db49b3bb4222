package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.Family;
import dev.cordon.wasi.net.GuestSocket;
import dev.cordon.wasi.net.StreamSocket;
import dev.cordon.wasi.net.Transport;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/** What all socket interfaces do once they have read their arguments: check, then act. */
final class SocketActions {
    private static final byte LOOPBACK_NET = 127;

    private SocketActions() {}

    static Errno open(GuestCall call, Transport transport, Family family, GuestSlice result)
            throws Refusal, IOException {
        call.descriptors().requireRoom();
        GuestSocket socket = call.run().network().open(call.function(), transport, family);
        result.put32(0, Sockets.add(call, socket));
        return Errno.SUCCESS;
    }

    static Errno bind(GuestCall call, GuestSocket socket, InetSocketAddress local) throws Refusal {
        call.run().network().inbound(call.function(), socket, local);
        socket.bind(local);
        return Errno.SUCCESS;
    }

    /** A socket that was never bound listens at every address, which is a use like another. */
    static Errno listen(GuestCall call) throws Refusal {
        if (!(Sockets.socket(call) instanceof StreamSocket socket)) {
            throw Refusal.of(Errno.NOTSUP);
        }
        if (socket.local() == null) {
            bind(call, socket, new InetSocketAddress(everyAddress(socket.family()), 0));
        }
        socket.listen();
        return Errno.SUCCESS;
    }

    /** The unspecified address of a family. */
    static InetAddress everyAddress(Family family) {
        try {
            return InetAddress.getByAddress(new byte[family.bytes()]);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("as long as an address of its family", e);
        }
    }

    /** The address of this machine for itself. */
    static InetAddress loopback(Family family) {
        byte[] bytes = new byte[family.bytes()];
        bytes[bytes.length - 1] = 1;
        if (family == Family.V4) {
            bytes[0] = LOOPBACK_NET;
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("as long as an address of its family", e);
        }
    }

    static Errno connect(GuestCall call, GuestSocket socket, InetSocketAddress target)
            throws Refusal, IOException {
        InetSocketAddress checked = target(call, socket, target);
        if (socket.connect(checked) || !(socket instanceof StreamSocket stream)) {
            return Errno.SUCCESS;
        }
        if (!socket.settings().isBlocking()) {
            return Errno.INPROGRESS;
        }
        try (SocketWait wait = SocketWait.toWrite(call, socket)) {
            while (!stream.finishConnect()) {
                wait.pause();
            }
        }
        return Errno.SUCCESS;
    }

    /** Where to send to, checked. */
    static InetSocketAddress target(GuestCall call, GuestSocket socket, InetSocketAddress target)
            throws Refusal {
        if (target.getPort() == 0) {
            throw Refusal.of(Errno.INVAL);
        }
        return call.run().network().outbound(call.function(), socket, target);
    }
}
