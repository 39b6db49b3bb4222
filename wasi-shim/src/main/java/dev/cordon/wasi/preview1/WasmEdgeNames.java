package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.Family;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WasmEdge's {@code sock_getaddrinfo}, which fills a list of nodes that the guest has made.
 *
 * <p>The whole list is read and checked before the first node is written, with a bound on its
 * length, since nothing keeps a guest from closing it to a ring.
 */
final class WasmEdgeNames {
    private static final int ADDRESS_INFO = 28;
    private static final int PASSIVE = 1;
    private static final int NUMERIC_HOST = 4;
    private static final int NUMERIC_SERVICE = 8;
    private static final int DATAGRAM = 1;
    private static final int STREAM = 2;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(copying("sock_getaddrinfo", "iiiiiiii", WasmEdgeNames::addresses));

    private WasmEdgeNames() {}

    /** What the guest wants to know. */
    private record Hints(int flags, @Nullable Family family, int type) {
        boolean has(int flag) {
            return (flags & flag) != 0;
        }

        boolean wants(InetAddress address) {
            return family == null || family == Family.of(address);
        }
    }

    private static Errno addresses(GuestCall call) throws Refusal {
        GuestSlice host = call.range(0);
        GuestSlice service = call.range(2);
        GuestSlice head = call.slice(5, Layouts.SIZE);
        GuestSlice count = call.slice(7, Layouts.SIZE);
        Hints hints = hints(call);
        if (call.u32(6) < 1) {
            throw Refusal.of(Errno.AIMEMORY);
        }
        String hostText = NameCalls.text(host);
        String serviceText = NameCalls.text(service);
        if (hostText.isEmpty() && serviceText.isEmpty()) {
            throw Refusal.of(Errno.AINONAME);
        }
        int port = NameCalls.port(serviceText, hints.has(NUMERIC_SERVICE));
        List<WasmEdgeNode> nodes = WasmEdgeNode.list(call.bytes(), head.u32(0), call.u32(6));
        call.charge(host.length() + service.length() + (long) nodes.size() * ADDRESS_INFO);
        List<InetAddress> found =
                hostText.isEmpty()
                        ? ownAddresses(hints)
                        : NameCalls.addresses(call, hostText, hints.has(NUMERIC_HOST));
        count.put32(0, write(nodes, found, hints, port));
        return Errno.SUCCESS;
    }

    private static Hints hints(GuestCall call) throws Refusal {
        if (call.u32(4) == 0) {
            return new Hints(0, null, STREAM);
        }
        GuestSlice hints = call.slice(4, ADDRESS_INFO);
        int family = hints.u8(2);
        int type = hints.u8(3);
        if (type > STREAM) {
            throw Refusal.of(Errno.AISOCKTYPE);
        }
        try {
            Family wanted = family == 0 ? null : WasmEdgeAddress.family(family);
            return new Hints(hints.u16(0), wanted, type == 0 ? STREAM : type);
        } catch (Refusal e) {
            throw Refusal.of(Errno.AIFAMILY);
        }
    }

    /** What is meant without a host: this machine. */
    private static List<InetAddress> ownAddresses(Hints hints) {
        List<InetAddress> own = new ArrayList<>();
        for (Family family : Family.values()) {
            own.add(
                    hints.has(PASSIVE)
                            ? SocketActions.everyAddress(family)
                            : SocketActions.loopback(family));
        }
        return own;
    }

    private static int write(
            List<WasmEdgeNode> nodes, List<InetAddress> found, Hints hints, int port)
            throws Refusal {
        List<InetAddress> wanted = found.stream().filter(hints::wants).toList();
        if (wanted.isEmpty()) {
            throw Refusal.of(Errno.AIADDRFAMILY);
        }
        int written = 0;
        for (InetAddress address : wanted) {
            if (written < nodes.size() && nodes.get(written).fits(address)) {
                nodes.get(written).write(address, port, hints.type() == DATAGRAM);
                written++;
            }
        }
        return written;
    }
}
