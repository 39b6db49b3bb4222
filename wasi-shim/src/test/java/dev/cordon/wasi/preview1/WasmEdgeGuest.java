package dev.cordon.wasi.preview1;

import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;

/** In the words of WasmEdge, the first or the second version. */
final class WasmEdgeGuest extends SocketGuest {
    private final boolean second;

    WasmEdgeGuest(WasiConfig config, boolean second) {
        super(config);
        this.second = second;
    }

    private void buffer(int length) {
        guest.putVectors(ADDRESS, BUFFER, length);
    }

    private void put(byte[] address) {
        int at = BUFFER;
        buffer(second ? 128 : address.length);
        if (second) {
            guest.memory().writeShort(BUFFER, (short) (address.length == 4 ? 1 : 2));
            at = BUFFER + 2;
        }
        guest.memory().write(at, address);
    }

    @Override
    Errno open(boolean six, boolean datagrams) {
        return guest.call("sock_open", six ? 2 : 1, datagrams ? 1 : 2, RESULT);
    }

    @Override
    Errno bind(int fd, byte[] address, int port) {
        put(address);
        return guest.call("sock_bind", fd, ADDRESS, port);
    }

    @Override
    Errno connect(int fd, byte[] address, int port) {
        put(address);
        return guest.call("sock_connect", fd, ADDRESS, port);
    }

    @Override
    Errno accept(int fd) {
        return second
                ? guest.call("sock_accept", fd, 0, RESULT)
                : guest.call("sock_accept", fd, RESULT);
    }

    @Override
    Errno receiveFrom(int fd, int most, int flags) {
        guest.putVectors(VECTORS, CONTENT, most);
        buffer(second ? 128 : 16);
        return second
                ? guest.call("sock_recv_from", fd, VECTORS, 1, ADDRESS, flags, PORT, LENGTH, FLAGS)
                : guest.call("sock_recv_from", fd, VECTORS, 1, ADDRESS, flags, LENGTH, FLAGS);
    }

    @Override
    Errno sendTo(int fd, String content, byte[] address, int port) {
        put(address);
        guest.put(CONTENT, content).putVectors(VECTORS, CONTENT, content.length());
        return guest.call("sock_send_to", fd, VECTORS, 1, ADDRESS, port, 0, LENGTH);
    }

    @Override
    Errno local(int fd) {
        return address("sock_getlocaladdr", fd);
    }

    @Override
    Errno peer(int fd) {
        return address("sock_getpeeraddr", fd);
    }

    private Errno address(String function, int fd) {
        buffer(second ? 128 : 16);
        return second
                ? guest.call(function, fd, ADDRESS, PORT)
                : guest.call(function, fd, ADDRESS, RESULT, PORT);
    }

    @Override
    int port() {
        return guest.memory().readInt(PORT);
    }

    @Override
    byte[] address() {
        if (second) {
            int length = guest.memory().readShort(BUFFER) == 1 ? 4 : 16;
            return bytes(BUFFER + 2, length);
        }
        return bytes(BUFFER, result() == 6 ? 16 : 4);
    }
}
