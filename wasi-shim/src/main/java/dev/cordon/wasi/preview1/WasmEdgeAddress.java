package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * A buffer for an address, as WasmEdge's functions take it: pointer and length, where the length
 * tells what is in it.
 *
 * <p>4 and 16 bytes are a bare address; 128 are a family, then the address.
 */
final class WasmEdgeAddress {
    private static final int STORAGE = 128;
    private static final int STORAGE_ADDRESS = 2;
    private static final int INET_4 = 1;
    private static final int INET_6 = 2;
    private static final int MAX_PORT = 65_535;

    private final GuestSlice buffer;

    private WasmEdgeAddress(GuestSlice buffer) {
        this.buffer = buffer;
    }

    /**
     * The buffer that an argument points to.
     *
     * @throws Refusal {@code EFAULT} when it is not there, {@code EINVAL} for another length
     */
    static WasmEdgeAddress at(GuestCall call, int argument) throws Refusal {
        GuestSlice pair = call.slice(argument, Layouts.VECTOR);
        long length = pair.u32(4);
        if (length != Family.V4.bytes() && length != Family.V6.bytes() && length != STORAGE) {
            throw Refusal.of(Errno.INVAL);
        }
        return new WasmEdgeAddress(call.bytes().slice(pair.u32(0), length));
    }

    /**
     * The number of a family.
     *
     * @throws Refusal {@code EAFNOSUPPORT} for what is none of ours
     */
    static Family family(int number) throws Refusal {
        return switch (number) {
            case INET_4 -> Family.V4;
            case INET_6 -> Family.V6;
            default -> throw Refusal.of(Errno.AFNOSUPPORT);
        };
    }

    static int number(Family family) {
        return family == Family.V4 ? INET_4 : INET_6;
    }

    /**
     * The address in the buffer and the port among the arguments.
     *
     * @throws Refusal {@code EINVAL} for what is no port, {@code EAFNOSUPPORT}
     */
    InetSocketAddress read(long port) throws Refusal {
        if (port > MAX_PORT) {
            throw Refusal.of(Errno.INVAL);
        }
        if (buffer.length() == STORAGE) {
            Family family = family(buffer.u16(0));
            return new InetSocketAddress(address(STORAGE_ADDRESS, family.bytes()), (int) port);
        }
        return new InetSocketAddress(address(0, (int) buffer.length()), (int) port);
    }

    private InetAddress address(int from, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) buffer.u8(from + i);
        }
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("lengths were checked", e);
        }
    }

    /**
     * Checks that an address will fit, before anything happens.
     *
     * @throws Refusal {@code EINVAL} when it will not
     */
    void requireRoom(Family family) throws Refusal {
        if (buffer.length() < family.bytes()) {
            throw Refusal.of(Errno.INVAL);
        }
    }

    /**
     * Writes an address.
     *
     * @throws Refusal {@code EINVAL} when it does not fit
     */
    void write(InetAddress address) throws Refusal {
        Family family = Family.of(address);
        requireRoom(family);
        int at = 0;
        if (buffer.length() == STORAGE) {
            for (int i = 0; i < STORAGE; i += Layouts.U64) {
                buffer.put64(i, 0);
            }
            buffer.put16(0, number(family));
            at = STORAGE_ADDRESS;
        }
        buffer.put(at, address.getAddress(), 0, family.bytes());
    }
}
