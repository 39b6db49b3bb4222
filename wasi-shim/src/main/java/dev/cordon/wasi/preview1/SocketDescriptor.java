package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FdFlags;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.limit.Traffic;
import dev.cordon.wasi.net.GuestSocket;
import dev.cordon.wasi.net.Transport;
import java.io.IOException;

/** A socket among the descriptors; reading and writing it is {@link SocketTransfer}'s business. */
final class SocketDescriptor implements Descriptor {
    private static final long ALL =
            Rights.FD_READ
                    | Rights.FD_WRITE
                    | Rights.FD_FDSTAT_SET_FLAGS
                    | Rights.FD_FILESTAT_GET
                    | Rights.POLL_FD_READWRITE
                    | Rights.SOCK_SHUTDOWN
                    | Rights.SOCK_ACCEPT;

    private final GuestSocket socket;

    SocketDescriptor(GuestSocket socket) {
        this.socket = socket;
    }

    GuestSocket socket() {
        return socket;
    }

    @Override
    public FileType type() {
        return socket.transport() == Transport.TCP ? FileType.SOCKET_STREAM : FileType.SOCKET_DGRAM;
    }

    @Override
    public long rights() {
        return ALL;
    }

    @Override
    public long inheriting() {
        return ALL;
    }

    @Override
    public boolean isOpen() {
        return socket.isOpen();
    }

    @Override
    public int flags() {
        return socket.settings().isBlocking() ? 0 : FdFlags.NONBLOCK;
    }

    @Override
    public void flags(int flags) throws Refusal {
        if ((flags & ~FdFlags.NONBLOCK) != 0) {
            throw Refusal.of(Errno.NOTSUP);
        }
        socket.settings().blocking(flags == 0);
    }

    @Override
    public Traffic traffic() {
        return Traffic.NETWORK;
    }

    @Override
    public long ready() throws Refusal {
        throw Refusal.of(Errno.NOTSUP);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws Refusal {
        throw Refusal.of(Errno.NOTSUP);
    }

    @Override
    public int write(byte[] source, int offset, int length) throws Refusal {
        throw Refusal.of(Errno.NOTSUP);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
