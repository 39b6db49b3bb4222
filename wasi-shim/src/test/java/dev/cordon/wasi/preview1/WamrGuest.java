package dev.cordon.wasi.preview1;

import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;

/** In the words of WAMR. */
final class WamrGuest extends SocketGuest {
    WamrGuest(WasiConfig config) {
        super(config);
    }

    private void put(byte[] address, int port) {
        guest.zero(ADDRESS, ADDRESS + 24);
        if (address.length == 4) {
            guest.memory().write(ADDRESS + 4, address);
            guest.memory().writeShort(ADDRESS + 8, (short) port);
            return;
        }
        guest.memory().writeI32(ADDRESS, 1);
        for (int i = 0; i < 16; i += 2) {
            int part = (address[i] & 0xff) << 8 | address[i + 1] & 0xff;
            guest.memory().writeShort(ADDRESS + 4 + i, (short) part);
        }
        guest.memory().writeShort(ADDRESS + 20, (short) port);
    }

    @Override
    Errno open(boolean six, boolean datagrams) {
        return guest.call("sock_open", -1, six ? 1 : 0, datagrams ? 0 : 1, RESULT);
    }

    @Override
    Errno bind(int fd, byte[] address, int port) {
        put(address, port);
        return guest.call("sock_bind", fd, ADDRESS);
    }

    @Override
    Errno connect(int fd, byte[] address, int port) {
        put(address, port);
        return guest.call("sock_connect", fd, ADDRESS);
    }

    @Override
    Errno accept(int fd) {
        return guest.call("sock_accept", fd, 0, RESULT);
    }

    @Override
    Errno receiveFrom(int fd, int most, int flags) {
        guest.putVectors(VECTORS, CONTENT, most);
        return guest.call("sock_recv_from", fd, VECTORS, 1, flags, ADDRESS, LENGTH);
    }

    @Override
    Errno sendTo(int fd, String content, byte[] address, int port) {
        put(address, port);
        guest.put(CONTENT, content).putVectors(VECTORS, CONTENT, content.length());
        return guest.call("sock_send_to", fd, VECTORS, 1, 0, ADDRESS, LENGTH);
    }

    @Override
    Errno local(int fd) {
        return guest.call("sock_addr_local", fd, ADDRESS);
    }

    @Override
    Errno peer(int fd) {
        return guest.call("sock_addr_remote", fd, ADDRESS);
    }

    @Override
    int port() {
        int at = guest.memory().readInt(ADDRESS) == 0 ? 8 : 20;
        return guest.memory().readShort(ADDRESS + at) & 0xffff;
    }

    @Override
    byte[] address() {
        if (guest.memory().readInt(ADDRESS) == 0) {
            return bytes(ADDRESS + 4, 4);
        }
        byte[] address = new byte[16];
        for (int i = 0; i < 16; i += 2) {
            int part = guest.memory().readShort(ADDRESS + 4 + i);
            address[i] = (byte) (part >> 8);
            address[i + 1] = (byte) part;
        }
        return address;
    }
}
