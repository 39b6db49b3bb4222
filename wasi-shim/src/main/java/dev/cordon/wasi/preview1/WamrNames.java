package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * WAMR's {@code sock_addr_resolve}, which fills an array of addresses, each with the kind of socket
 * that it is for.
 */
final class WamrNames {
    private static final int HINTS = 12;
    private static final int ENTRY = 28;
    private static final int TYPE = 24;
    private static final int ANY_TYPE = -1;
    private static final int DATAGRAM = 0;
    private static final int STREAM = 1;
    private static final int ANY_FAMILY = 2;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(copying("sock_addr_resolve", "iiiiii", WamrNames::addresses));

    private WamrNames() {}

    /** What the guest wants to know. */
    private record Hints(List<Integer> types, @Nullable Family family) {
        boolean wants(InetAddress address) {
            return family == null || family == Family.of(address);
        }
    }

    private static Errno addresses(GuestCall call) throws Refusal {
        Hints hints = hints(call.slice(2, HINTS));
        GuestSlice out = call.slice(3, call.u32(4) * ENTRY);
        GuestSlice count = call.slice(5, Layouts.SIZE);
        String host = NameCalls.terminated(call, 0);
        String service = NameCalls.terminated(call, 1);
        int port = NameCalls.port(service, false);
        if (host.isEmpty()) {
            throw Refusal.of(Errno.AINONAME);
        }
        call.charge((long) host.length() + service.length());
        List<InetAddress> found = NameCalls.addresses(call, host, false);
        count.put32(0, write(out, found, hints, port));
        return Errno.SUCCESS;
    }

    private static Hints hints(GuestSlice slice) throws Refusal {
        int type = (int) slice.u32(0);
        long family = slice.u32(4);
        if (slice.u8(8) == 0) {
            return new Hints(List.of(STREAM, DATAGRAM), null);
        }
        if (type != ANY_TYPE && type != DATAGRAM && type != STREAM) {
            throw Refusal.of(Errno.AISOCKTYPE);
        }
        return new Hints(
                type == ANY_TYPE ? List.of(STREAM, DATAGRAM) : List.of(type),
                family == ANY_FAMILY ? null : WamrAddress.family(family));
    }

    /** Writes what fits and gives how many there are. */
    private static int write(GuestSlice out, List<InetAddress> found, Hints hints, int port) {
        int written = 0;
        for (InetAddress address : found) {
            for (int type : hints.types()) {
                if (!hints.wants(address)) {
                    continue;
                }
                long at = (long) written * ENTRY;
                if (at + ENTRY <= out.length()) {
                    GuestSlice entry = out.part(at, ENTRY);
                    WamrAddress.write(entry, new InetSocketAddress(address, port));
                    entry.put32(TYPE, type);
                }
                written++;
            }
        }
        return written;
    }
}
