package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;

/** A guest whose socket calls a test makes, in the words of one of the interfaces. */
abstract class SocketGuest {
    static final int RESULT = 16;
    static final int LENGTH = 24;
    static final int FLAGS = 32;
    static final int PORT = 40;
    static final int VECTORS = 64;
    static final int ADDRESS = 128;
    static final int BUFFER = 256;
    static final int CONTENT = 4096;

    static final byte[] LOCALHOST = {127, 0, 0, 1};
    static final byte[] LOCALHOST_6 = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    final TestGuest guest;

    SocketGuest(WasiConfig config) {
        guest = TestGuest.with(config);
    }

    abstract Errno open(boolean six, boolean datagrams);

    abstract Errno bind(int fd, byte[] address, int port);

    abstract Errno connect(int fd, byte[] address, int port);

    abstract Errno accept(int fd);

    abstract Errno receiveFrom(int fd, int most, int flags);

    abstract Errno sendTo(int fd, String content, byte[] address, int port);

    abstract Errno local(int fd);

    abstract Errno peer(int fd);

    /** The port of the last answer about an address. */
    abstract int port();

    /** The address of the last answer about one. */
    abstract byte[] address();

    int opened(boolean six, boolean datagrams) {
        assertThat(open(six, datagrams)).isEqualTo(Errno.SUCCESS);
        return result();
    }

    int tcp() {
        return opened(false, false);
    }

    int udp() {
        return opened(false, true);
    }

    int connected(int port) {
        int fd = tcp();
        assertThat(connect(fd, LOCALHOST, port)).isEqualTo(Errno.SUCCESS);
        return fd;
    }

    int result() {
        return guest.memory().readInt(RESULT);
    }

    Errno listen(int fd) {
        return guest.call("sock_listen", fd, 8);
    }

    Errno nonBlocking(int fd) {
        return guest.call("fd_fdstat_set_flags", fd, 4);
    }

    Errno send(int fd, String content) {
        guest.put(CONTENT, content).putVectors(VECTORS, CONTENT, content.length());
        return guest.call("sock_send", fd, VECTORS, 1, 0, LENGTH);
    }

    Errno receive(int fd, int most, int flags) {
        guest.putVectors(VECTORS, CONTENT, most);
        return guest.call("sock_recv", fd, VECTORS, 1, flags, LENGTH, FLAGS);
    }

    /** What was received last. */
    String text() {
        return guest.text(CONTENT, CONTENT + length());
    }

    int length() {
        return guest.memory().readInt(LENGTH);
    }

    String received(int fd, int most) {
        assertThat(receive(fd, most, 0)).isEqualTo(Errno.SUCCESS);
        return text();
    }

    boolean truncated() {
        return guest.memory().readShort(FLAGS) == 1;
    }

    /** What SO_ERROR tells. */
    Errno error(int fd) {
        assertThat(guest.call("sock_getsockopt", fd, 0, 2, RESULT, 4)).isEqualTo(Errno.SUCCESS);
        return Errno.values()[result()];
    }

    /** Waits for one descriptor at most some milliseconds: bytes and flags, or nothing. */
    String poll(int fd, boolean reads, long millis) {
        int in = 1024;
        int out = 2048;
        guest.zero(in, in + 96);
        guest.memory().writeLong(in, 1);
        guest.memory().writeByte(in + 8, (byte) (reads ? 1 : 2));
        guest.memory().writeI32(in + 16, fd);
        guest.memory().writeLong(in + 48, 2);
        guest.memory().writeI32(in + 48 + 16, 1);
        guest.memory().writeLong(in + 48 + 24, millis * 1_000_000);
        assertThat(guest.call("poll_oneoff", in, out, 2, RESULT)).isEqualTo(Errno.SUCCESS);
        if (guest.memory().readLong(out) != 1) {
            return "nothing";
        }
        return "E%s bytes=%d flags=%d"
                .formatted(
                        Errno.values()[guest.memory().readShort(out + 8)],
                        guest.memory().readLong(out + 16),
                        guest.memory().readShort(out + 24));
    }

    String text(int from, int to) {
        return guest.text(from, to);
    }

    byte[] bytes(int at, int count) {
        return guest.memory().readBytes(at, count);
    }
}
