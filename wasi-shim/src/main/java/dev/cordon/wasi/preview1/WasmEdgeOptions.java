package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.GuestSocket;
import dev.cordon.wasi.net.SocketSettings;
import dev.cordon.wasi.net.StreamSocket;
import dev.cordon.wasi.net.Transport;
import java.net.StandardSocketOptions;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** WasmEdge's {@code sock_getsockopt} and {@code sock_setsockopt}. */
final class WasmEdgeOptions {
    /** The only level there is. */
    private static final int SOCKET_LEVEL = 0;

    /** Some guests pass the size itself, others a pointer to it; nothing lies at so low a place. */
    private static final int MAX_SIZE_AS_VALUE = 16;

    private static final int REUSE_ADDRESS = 0;
    private static final int TYPE = 1;
    private static final int ERROR = 2;
    private static final int DONT_ROUTE = 3;
    private static final int BROADCAST = 4;
    private static final int SEND_BUFFER = 5;
    private static final int RECEIVE_BUFFER = 6;
    private static final int KEEP_ALIVE = 7;
    private static final int OUT_OF_BAND_INLINE = 8;
    private static final int LINGER = 9;
    private static final int RECEIVE_LOW_WATER = 10;
    private static final int RECEIVE_TIMEOUT = 11;
    private static final int SEND_TIMEOUT = 12;
    private static final int ACCEPTS = 13;
    private static final int BIND_TO_DEVICE = 14;

    private static final int PAIR = 8;
    private static final int TIME = 16;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("sock_getsockopt", "iiiii", WasmEdgeOptions::get),
                    simple("sock_setsockopt", "iiiii", WasmEdgeOptions::set));

    private WasmEdgeOptions() {}

    private static int option(GuestCall call) throws Refusal {
        int option = call.i32(2);
        if (call.i32(1) != SOCKET_LEVEL || option < 0 || option > BIND_TO_DEVICE) {
            throw Refusal.of(Errno.NOPROTOOPT);
        }
        if (option == BIND_TO_DEVICE) {
            throw Refusal.of(Errno.ACCES);
        }
        return option;
    }

    private static int size(int option) {
        return switch (option) {
            case LINGER -> PAIR;
            case RECEIVE_TIMEOUT, SEND_TIMEOUT -> TIME;
            default -> Layouts.SIZE;
        };
    }

    private static Errno get(GuestCall call) throws Refusal {
        boolean byValue = call.u32(4) <= MAX_SIZE_AS_VALUE;
        GuestSlice sizeAt = byValue ? null : call.slice(4, Layouts.SIZE);
        long given = sizeAt == null ? call.u32(4) : sizeAt.u32(0);
        int option = option(call);
        int size = size(option);
        GuestSlice value = call.slice(3, size);
        GuestSocket socket = Sockets.socket(call);
        if (given < size) {
            throw Refusal.of(Errno.INVAL);
        }
        SocketSettings settings = socket.settings();
        switch (option) {
            case LINGER -> {
                value.put32(0, settings.lingerSeconds() < 0 ? 0 : 1);
                value.put32(4, Math.max(0, settings.lingerSeconds()));
            }
            case RECEIVE_TIMEOUT -> time(value, settings.receiveTimeoutMicros());
            case SEND_TIMEOUT -> time(value, settings.sendTimeoutMicros());
            default -> value.put32(0, number(socket, option));
        }
        if (sizeAt != null) {
            sizeAt.put32(0, size);
        }
        return Errno.SUCCESS;
    }

    private static void time(GuestSlice value, long micros) {
        long second = TimeUnit.SECONDS.toMicros(1);
        value.put64(0, micros / second);
        value.put64(8, micros % second);
    }

    private static int number(GuestSocket socket, int option) {
        SocketSettings settings = socket.settings();
        return switch (option) {
            case REUSE_ADDRESS -> flag(settings.get(StandardSocketOptions.SO_REUSEADDR, false));
            case TYPE -> socket.transport() == Transport.UDP ? 1 : 2;
            case ERROR -> socket.takeError().code();
            case SEND_BUFFER ->
                    settings.get(
                            StandardSocketOptions.SO_SNDBUF, SocketSettings.USUAL_BUFFER_BYTES);
            case RECEIVE_BUFFER ->
                    settings.get(
                            StandardSocketOptions.SO_RCVBUF, SocketSettings.USUAL_BUFFER_BYTES);
            case KEEP_ALIVE -> flag(settings.get(StandardSocketOptions.SO_KEEPALIVE, false));
            case RECEIVE_LOW_WATER -> 1;
            case ACCEPTS -> flag(socket instanceof StreamSocket stream && stream.isListening());
            default -> 0;
        };
    }

    private static int flag(boolean on) {
        return on ? 1 : 0;
    }

    private static Errno set(GuestCall call) throws Refusal {
        int option = option(call);
        int size = size(option);
        GuestSlice value = call.slice(3, size);
        GuestSocket socket = Sockets.socket(call);
        if (call.u32(4) < size) {
            throw Refusal.of(Errno.INVAL);
        }
        SocketSettings settings = socket.settings();
        switch (option) {
            case LINGER -> settings.lingerSeconds(value.u32(0) == 0 ? -1 : (int) value.u32(4));
            case RECEIVE_TIMEOUT -> settings.receiveTimeoutMicros(micros(value));
            case SEND_TIMEOUT -> settings.sendTimeoutMicros(micros(value));
            default -> set(settings, option, value.u32(0));
        }
        return Errno.SUCCESS;
    }

    private static long micros(GuestSlice value) throws Refusal {
        return SocketOptionValue.micros(value.u64(0), value.u64(8));
    }

    private static void set(SocketSettings settings, int option, long value) throws Refusal {
        switch (option) {
            case REUSE_ADDRESS -> settings.set(StandardSocketOptions.SO_REUSEADDR, value != 0);
            case KEEP_ALIVE -> settings.set(StandardSocketOptions.SO_KEEPALIVE, value != 0);
            case SEND_BUFFER -> settings.setBuffer(StandardSocketOptions.SO_SNDBUF, value);
            case RECEIVE_BUFFER -> settings.setBuffer(StandardSocketOptions.SO_RCVBUF, value);
            case BROADCAST -> SocketOptionValue.require(value, 0, Errno.ACCES);
            case DONT_ROUTE, OUT_OF_BAND_INLINE ->
                    SocketOptionValue.require(value, 0, Errno.NOPROTOOPT);
            case RECEIVE_LOW_WATER -> SocketOptionValue.require(value, 1, Errno.NOPROTOOPT);
            default -> throw Refusal.of(Errno.NOPROTOOPT);
        }
    }
}
