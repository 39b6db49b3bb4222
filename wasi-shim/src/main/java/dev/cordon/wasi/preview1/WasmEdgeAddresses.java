package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.Family;
import dev.cordon.wasi.net.GuestSocket;
import java.net.InetSocketAddress;
import java.util.List;

/** WasmEdge's {@code sock_getlocaladdr} and {@code sock_getpeeraddr}, in both versions. */
final class WasmEdgeAddresses {
    /** How the first version calls the families. */
    private static final int TYPE_4 = 4;

    private static final int TYPE_6 = 6;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple(
                            "sock_getlocaladdr",
                            "iiii",
                            call -> first(call, WasmEdgeAddresses::local)),
                    simple(
                            "sock_getlocaladdr",
                            "iii",
                            call -> second(call, WasmEdgeAddresses::local)),
                    simple("sock_getpeeraddr", "iiii", call -> first(call, GuestSocket::peer)),
                    simple("sock_getpeeraddr", "iii", call -> second(call, GuestSocket::peer)));

    private WasmEdgeAddresses() {}

    /** Which of a socket's addresses. */
    @FunctionalInterface
    private interface End {
        InetSocketAddress of(GuestSocket socket) throws Refusal;
    }

    /** Its own address; the unspecified one while it has none. */
    static InetSocketAddress local(GuestSocket socket) throws Refusal {
        InetSocketAddress local = socket.local();
        return local != null
                ? local
                : new InetSocketAddress(SocketActions.everyAddress(socket.family()), 0);
    }

    private static Errno first(GuestCall call, End end) throws Refusal {
        WasmEdgeAddress address = WasmEdgeAddress.at(call, 1);
        GuestSlice type = call.slice(2, Layouts.SIZE);
        GuestSlice port = call.slice(3, Layouts.SIZE);
        InetSocketAddress found = end.of(Sockets.socket(call));
        address.write(found.getAddress());
        type.put32(0, Family.of(found.getAddress()) == Family.V4 ? TYPE_4 : TYPE_6);
        port.put32(0, found.getPort());
        return Errno.SUCCESS;
    }

    private static Errno second(GuestCall call, End end) throws Refusal {
        WasmEdgeAddress address = WasmEdgeAddress.at(call, 1);
        GuestSlice port = call.slice(2, Layouts.SIZE);
        InetSocketAddress found = end.of(Sockets.socket(call));
        address.write(found.getAddress());
        port.put32(0, found.getPort());
        return Errno.SUCCESS;
    }
}
