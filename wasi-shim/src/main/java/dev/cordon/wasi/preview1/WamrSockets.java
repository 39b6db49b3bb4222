package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;
import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.GuestVectors;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.net.DatagramSocket;
import dev.cordon.wasi.net.Family;
import dev.cordon.wasi.net.GuestSocket;
import dev.cordon.wasi.net.Transport;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Sockets as WAMR has them, which guests written in C import from the module of preview 1. Those of
 * its functions that are here already, such as {@code sock_listen}, it shares.
 */
final class WamrSockets {
    private static final int DATAGRAM = 0;
    private static final int STREAM = 1;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("sock_open", "iiii", WamrSockets::open),
                    simple("sock_bind", "ii", WamrSockets::bind),
                    simple("sock_connect", "ii", WamrSockets::connect),
                    copying("sock_recv_from", "iiiiii", WamrSockets::receive),
                    copying("sock_send_to", "iiiiii", WamrSockets::send),
                    simple("sock_addr_local", "ii", WamrSockets::local),
                    simple("sock_addr_remote", "ii", WamrSockets::remote),
                    simple("sock_close", "i", WamrSockets::close));

    private WamrSockets() {}

    /** The first argument names a pool of addresses; here the rules are that pool. */
    private static Errno open(GuestCall call) throws Refusal, IOException {
        GuestSlice result = call.slice(3, Layouts.SIZE);
        Family family = WamrAddress.family(call.u32(1));
        Transport transport =
                switch (call.i32(2)) {
                    case DATAGRAM -> Transport.UDP;
                    case STREAM -> Transport.TCP;
                    default -> throw Refusal.of(Errno.INVAL);
                };
        return SocketActions.open(call, transport, family, result);
    }

    private static Errno bind(GuestCall call) throws Refusal {
        GuestSlice address = call.slice(1, WamrAddress.BYTES);
        GuestSocket socket = Sockets.socket(call);
        return SocketActions.bind(call, socket, WamrAddress.read(address));
    }

    private static Errno connect(GuestCall call) throws Refusal, IOException {
        GuestSlice address = call.slice(1, WamrAddress.BYTES);
        GuestSocket socket = Sockets.socket(call);
        return SocketActions.connect(call, socket, WamrAddress.read(address));
    }

    private static Errno receive(GuestCall call) throws Refusal, IOException {
        GuestVectors vectors = call.vectors(1);
        GuestSlice address = call.slice(4, WamrAddress.BYTES);
        GuestSlice length = call.slice(5, Layouts.SIZE);
        GuestSocket socket = Sockets.socket(call, Rights.FD_READ);
        // Of a stream it is known before anything is received, and so cannot fail afterwards.
        InetSocketAddress peer = socket instanceof DatagramSocket ? null : socket.peer();
        SocketTransfer.Received received =
                SocketTransfer.receive(call, socket, vectors, call.i32(3));
        length.put32(0, received.bytes());
        InetSocketAddress shown = received.sender() != null ? received.sender() : peer;
        if (shown != null) {
            WamrAddress.write(address, shown);
        }
        return Errno.SUCCESS;
    }

    private static Errno send(GuestCall call) throws Refusal, IOException {
        GuestVectors vectors = call.vectors(1);
        GuestSlice address = call.slice(4, WamrAddress.BYTES);
        GuestSlice length = call.slice(5, Layouts.SIZE);
        GuestSocket socket = Sockets.socket(call, Rights.FD_WRITE);
        if (call.i32(3) != 0) {
            throw Refusal.of(Errno.INVAL);
        }
        InetSocketAddress target =
                socket instanceof DatagramSocket
                        ? SocketActions.target(call, socket, WamrAddress.read(address))
                        : null;
        length.put32(0, SocketTransfer.send(call, socket, vectors, target));
        return Errno.SUCCESS;
    }

    private static Errno local(GuestCall call) throws Refusal {
        GuestSlice address = call.slice(1, WamrAddress.BYTES);
        WamrAddress.write(address, WasmEdgeAddresses.local(Sockets.socket(call)));
        return Errno.SUCCESS;
    }

    private static Errno remote(GuestCall call) throws Refusal {
        GuestSlice address = call.slice(1, WamrAddress.BYTES);
        WamrAddress.write(address, Sockets.socket(call).peer());
        return Errno.SUCCESS;
    }

    private static Errno close(GuestCall call) throws Refusal, IOException {
        Sockets.socket(call);
        call.descriptors().close(call.i32(0));
        return Errno.SUCCESS;
    }
}
