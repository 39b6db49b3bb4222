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
 * Sockets as WasmEdge has them, in both versions, which guests written in Rust and Go import from
 * the module of preview 1. The versions differ in the number of arguments.
 */
final class WasmEdgeSockets {
    private static final int FLAGS_BYTES = 2;
    private static final int DATAGRAM = 1;
    private static final int STREAM = 2;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("sock_open", "iii", WasmEdgeSockets::open),
                    simple("sock_bind", "iii", WasmEdgeSockets::bind),
                    simple("sock_listen", "ii", SocketActions::listen),
                    simple("sock_accept", "ii", WasmEdgeSockets::accept),
                    simple("sock_connect", "iii", WasmEdgeSockets::connect),
                    copying("sock_recv_from", "iiiiiii", WasmEdgeSockets::receiveFirstVersion),
                    copying("sock_recv_from", "iiiiiiii", WasmEdgeSockets::receive),
                    copying("sock_send_to", "iiiiiii", WasmEdgeSockets::send));

    private WasmEdgeSockets() {}

    private static Errno open(GuestCall call) throws Refusal, IOException {
        GuestSlice result = call.slice(2, Layouts.SIZE);
        Family family = WasmEdgeAddress.family(call.i32(0));
        Transport transport =
                switch (call.i32(1)) {
                    case DATAGRAM -> Transport.UDP;
                    case STREAM -> Transport.TCP;
                    default -> throw Refusal.of(Errno.INVAL);
                };
        return SocketActions.open(call, transport, family, result);
    }

    private static Errno bind(GuestCall call) throws Refusal {
        WasmEdgeAddress address = WasmEdgeAddress.at(call, 1);
        GuestSocket socket = Sockets.socket(call);
        return SocketActions.bind(call, socket, address.read(call.u32(2)));
    }

    private static Errno accept(GuestCall call) throws Refusal, IOException {
        return Sockets.accept(call, call.slice(1, Layouts.SIZE), 0);
    }

    private static Errno connect(GuestCall call) throws Refusal, IOException {
        WasmEdgeAddress address = WasmEdgeAddress.at(call, 1);
        GuestSocket socket = Sockets.socket(call);
        return SocketActions.connect(call, socket, address.read(call.u32(2)));
    }

    private static Errno receiveFirstVersion(GuestCall call) throws Refusal, IOException {
        GuestVectors vectors = call.vectors(1);
        WasmEdgeAddress address = WasmEdgeAddress.at(call, 3);
        GuestSlice length = call.slice(5, Layouts.SIZE);
        GuestSlice flags = call.slice(6, FLAGS_BYTES);
        receive(call, vectors, address, length, flags);
        return Errno.SUCCESS;
    }

    private static Errno receive(GuestCall call) throws Refusal, IOException {
        GuestVectors vectors = call.vectors(1);
        WasmEdgeAddress address = WasmEdgeAddress.at(call, 3);
        GuestSlice port = call.slice(5, Layouts.SIZE);
        GuestSlice length = call.slice(6, Layouts.SIZE);
        GuestSlice flags = call.slice(7, FLAGS_BYTES);
        port.put32(0, receive(call, vectors, address, length, flags).getPort());
        return Errno.SUCCESS;
    }

    private static InetSocketAddress receive(
            GuestCall call,
            GuestVectors vectors,
            WasmEdgeAddress address,
            GuestSlice length,
            GuestSlice flags)
            throws Refusal, IOException {
        GuestSocket socket = Sockets.socket(call, Rights.FD_READ);
        address.requireRoom(socket.family());
        // Of a stream it is known before anything is received, and so cannot fail afterwards.
        InetSocketAddress peer = socket instanceof DatagramSocket ? null : socket.peer();
        SocketTransfer.Received received =
                SocketTransfer.receive(call, socket, vectors, call.i32(4));
        InetSocketAddress sender = received.sender();
        InetSocketAddress shown = sender != null ? sender : peer;
        if (shown == null) {
            shown = WasmEdgeAddresses.local(socket);
        }
        Sockets.write(received, length, flags);
        address.write(shown.getAddress());
        return shown;
    }

    private static Errno send(GuestCall call) throws Refusal, IOException {
        GuestVectors vectors = call.vectors(1);
        WasmEdgeAddress address = WasmEdgeAddress.at(call, 3);
        GuestSlice length = call.slice(6, Layouts.SIZE);
        GuestSocket socket = Sockets.socket(call, Rights.FD_WRITE);
        if (call.i32(5) != 0) {
            throw Refusal.of(Errno.INVAL);
        }
        InetSocketAddress target =
                socket instanceof DatagramSocket
                        ? SocketActions.target(call, socket, address.read(call.u32(4)))
                        : null;
        length.put32(0, SocketTransfer.send(call, socket, vectors, target));
        return Errno.SUCCESS;
    }
}
