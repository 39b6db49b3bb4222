package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import java.util.List;

/** The {@code sock_*} functions; no descriptor is a socket, and each of them says so. */
final class Sockets {
    private static final int FLAGS_BYTES = 2;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("sock_accept", "iii", Sockets::accept),
                    simple("sock_recv", "iiiiii", Sockets::receive),
                    simple("sock_send", "iiiii", Sockets::send),
                    simple("sock_shutdown", "ii", Sockets::requireSocket));

    private Sockets() {}

    private static Errno accept(GuestCall call) throws Refusal {
        call.slice(2, Layouts.SIZE);
        return requireSocket(call);
    }

    private static Errno receive(GuestCall call) throws Refusal {
        call.vectors(1);
        call.slice(4, Layouts.SIZE);
        call.slice(5, FLAGS_BYTES);
        return requireSocket(call);
    }

    private static Errno send(GuestCall call) throws Refusal {
        call.vectors(1);
        call.slice(4, Layouts.SIZE);
        return requireSocket(call);
    }

    private static Errno requireSocket(GuestCall call) throws Refusal {
        call.descriptors().get(call.i32(0));
        return Errno.NOTSOCK;
    }
}
