package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.SocketSettings;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** WAMR's options of sockets, each of which has a function to get and one to set it. */
final class WamrOptions {
    /** Options that are not supported, and the size of their values. */
    private static final List<String> UNKNOWN_FLAGS =
            List.of("reuse_port", "tcp_quick_ack", "tcp_fastopen_connect", "ipv6_only");

    private static final List<String> UNKNOWN_NUMBERS = List.of("tcp_keep_idle", "tcp_keep_intvl");

    private static final List<String> UNKNOWN_BYTES = List.of("ip_ttl", "ip_multicast_ttl");
    private static final int BYTE = 1;

    /** A kind u32, then room for an IPv6 address. */
    private static final int MEMBERSHIP_ADDRESS = 20;

    static final List<PreviewFunction> FUNCTIONS = functions();

    private WamrOptions() {}

    private static List<PreviewFunction> functions() {
        List<PreviewFunction> functions = new ArrayList<>();
        addFlag(functions, "reuse_addr", StandardSocketOptions.SO_REUSEADDR);
        addFlag(functions, "keep_alive", StandardSocketOptions.SO_KEEPALIVE);
        addFlag(functions, "tcp_no_delay", StandardSocketOptions.TCP_NODELAY);
        addBuffer(functions, "recv_buf_size", StandardSocketOptions.SO_RCVBUF);
        addBuffer(functions, "send_buf_size", StandardSocketOptions.SO_SNDBUF);
        UNKNOWN_FLAGS.forEach(name -> addUnknown(functions, name, BYTE));
        UNKNOWN_NUMBERS.forEach(name -> addUnknown(functions, name, Layouts.SIZE));
        UNKNOWN_BYTES.forEach(name -> addUnknown(functions, name, BYTE));
        functions.add(simple("sock_set_broadcast", "ii", WamrOptions::setBroadcast));
        functions.add(simple("sock_get_broadcast", "ii", WamrOptions::getBroadcast));
        functions.add(simple("sock_set_recv_timeout", "iI", WamrOptions::setReceiveTimeout));
        functions.add(simple("sock_get_recv_timeout", "ii", WamrOptions::getReceiveTimeout));
        functions.add(simple("sock_set_send_timeout", "iI", WamrOptions::setSendTimeout));
        functions.add(simple("sock_get_send_timeout", "ii", WamrOptions::getSendTimeout));
        functions.add(simple("sock_set_linger", "iii", WamrOptions::setLinger));
        functions.add(simple("sock_get_linger", "iii", WamrOptions::getLinger));
        functions.add(simple("sock_set_ip_multicast_loop", "iii", WamrOptions::unknown));
        functions.add(
                simple(
                        "sock_get_ip_multicast_loop",
                        "iii",
                        call -> {
                            call.slice(2, BYTE);
                            return unknown(call);
                        }));
        functions.add(simple("sock_set_ip_add_membership", "iii", WamrOptions::membership));
        functions.add(simple("sock_set_ip_drop_membership", "iii", WamrOptions::membership));
        return List.copyOf(functions);
    }

    private static void addFlag(
            List<PreviewFunction> functions, String name, SocketOption<Boolean> option) {
        functions.add(
                simple(
                        "sock_set_" + name,
                        "ii",
                        call -> {
                            settings(call).set(option, call.i32(1) != 0);
                            return Errno.SUCCESS;
                        }));
        functions.add(
                simple(
                        "sock_get_" + name,
                        "ii",
                        call -> {
                            GuestSlice value = call.slice(1, BYTE);
                            value.put8(0, settings(call).get(option, false) ? 1 : 0);
                            return Errno.SUCCESS;
                        }));
    }

    private static void addBuffer(
            List<PreviewFunction> functions, String name, SocketOption<Integer> option) {
        functions.add(
                simple(
                        "sock_set_" + name,
                        "ii",
                        call -> {
                            settings(call).setBuffer(option, call.u32(1));
                            return Errno.SUCCESS;
                        }));
        functions.add(
                simple(
                        "sock_get_" + name,
                        "ii",
                        call -> {
                            GuestSlice value = call.slice(1, Layouts.SIZE);
                            value.put32(
                                    0,
                                    settings(call).get(option, SocketSettings.USUAL_BUFFER_BYTES));
                            return Errno.SUCCESS;
                        }));
    }

    private static void addUnknown(List<PreviewFunction> functions, String name, int bytes) {
        functions.add(simple("sock_set_" + name, "ii", WamrOptions::unknown));
        functions.add(
                simple(
                        "sock_get_" + name,
                        "ii",
                        call -> {
                            call.slice(1, bytes);
                            return unknown(call);
                        }));
    }

    /** Groups of receivers are never joined. */
    private static Errno membership(GuestCall call) throws Refusal {
        call.slice(1, MEMBERSHIP_ADDRESS);
        return unknown(call);
    }

    private static Errno unknown(GuestCall call) throws Refusal {
        Sockets.socket(call);
        return Errno.NOPROTOOPT;
    }

    private static Errno setBroadcast(GuestCall call) throws Refusal {
        Sockets.socket(call);
        SocketOptionValue.require(call.u32(1), 0, Errno.ACCES);
        return Errno.SUCCESS;
    }

    private static Errno getBroadcast(GuestCall call) throws Refusal {
        GuestSlice value = call.slice(1, BYTE);
        Sockets.socket(call);
        value.put8(0, 0);
        return Errno.SUCCESS;
    }

    private static Errno setReceiveTimeout(GuestCall call) throws Refusal {
        settings(call).receiveTimeoutMicros(micros(call));
        return Errno.SUCCESS;
    }

    private static Errno getReceiveTimeout(GuestCall call) throws Refusal {
        GuestSlice value = call.slice(1, Layouts.U64);
        value.put64(0, settings(call).receiveTimeoutMicros());
        return Errno.SUCCESS;
    }

    private static Errno setSendTimeout(GuestCall call) throws Refusal {
        settings(call).sendTimeoutMicros(micros(call));
        return Errno.SUCCESS;
    }

    private static Errno getSendTimeout(GuestCall call) throws Refusal {
        GuestSlice value = call.slice(1, Layouts.U64);
        value.put64(0, settings(call).sendTimeoutMicros());
        return Errno.SUCCESS;
    }

    private static long micros(GuestCall call) throws Refusal {
        long second = TimeUnit.SECONDS.toMicros(1);
        return SocketOptionValue.micros(call.i64(1) / second, call.i64(1) % second);
    }

    private static Errno setLinger(GuestCall call) throws Refusal {
        settings(call).lingerSeconds(call.i32(1) == 0 ? -1 : call.i32(2));
        return Errno.SUCCESS;
    }

    private static Errno getLinger(GuestCall call) throws Refusal {
        GuestSlice on = call.slice(1, BYTE);
        GuestSlice seconds = call.slice(2, Layouts.SIZE);
        int value = settings(call).lingerSeconds();
        on.put8(0, value < 0 ? 0 : 1);
        seconds.put32(0, Math.max(0, value));
        return Errno.SUCCESS;
    }

    private static SocketSettings settings(GuestCall call) throws Refusal {
        return Sockets.socket(call).settings();
    }
}
