package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FdFlags;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.limit.Traffic;
import java.io.IOException;

/**
 * Standard input, output or error.
 *
 * <p>Its type is {@link FileType#UNKNOWN}, as for a pipe: a character device would make guests
 * write colours and prompts for a terminal. Closing it does not close the host's stream.
 */
final class StandardStream implements Descriptor {
    static final int INPUT = 0;
    static final int OUTPUT = 1;
    static final int ERROR = 2;

    private static final long COMMON =
            Rights.FD_FDSTAT_SET_FLAGS | Rights.FD_FILESTAT_GET | Rights.POLL_FD_READWRITE;
    private static final int SETTABLE = FdFlags.APPEND | FdFlags.NONBLOCK;

    private final Host host;
    private final int number;
    private int flags;

    StandardStream(Host host, int number) {
        this.host = host;
        this.number = number;
    }

    @Override
    public FileType type() {
        return FileType.UNKNOWN;
    }

    @Override
    public long rights() {
        return COMMON | (number == INPUT ? Rights.FD_READ : Rights.FD_WRITE);
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public void flags(int next) throws Refusal {
        if ((next & ~SETTABLE) != 0) {
            throw Refusal.of(Errno.NOTSUP);
        }
        flags = next;
    }

    @Override
    public long ready() throws IOException {
        return host.inputReady();
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        return host.read(target, offset, length);
    }

    @Override
    public int write(byte[] source, int offset, int length) throws IOException {
        host.write(number, source, offset, length);
        return length;
    }

    @Override
    public Traffic traffic() {
        return Traffic.STDIO;
    }
}
