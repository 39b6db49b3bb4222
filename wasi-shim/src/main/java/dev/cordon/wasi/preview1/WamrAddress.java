package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.Family;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

/**
 * An address as WAMR's functions have it, in 24 bytes: kind u32 at 0, then for IPv4 four bytes at 4
 * and the port u16 at 8, for IPv6 eight u16 at 4 and the port u16 at 20.
 */
final class WamrAddress {
    /** How long it is. */
    static final int BYTES = 24;

    private static final int KIND_4 = 0;
    private static final int KIND_6 = 1;
    private static final int ADDRESS = 4;
    private static final int PORT_4 = 8;
    private static final int PORT_6 = 20;

    private WamrAddress() {}

    /**
     * The number of a family.
     *
     * @throws Refusal {@code EAFNOSUPPORT} for what is none of ours
     */
    static Family family(long number) throws Refusal {
        if (number == KIND_4) {
            return Family.V4;
        }
        if (number == KIND_6) {
            return Family.V6;
        }
        throw Refusal.of(Errno.AFNOSUPPORT);
    }

    /**
     * Reads one.
     *
     * @throws Refusal {@code EAFNOSUPPORT} for another kind
     */
    static InetSocketAddress read(GuestSlice slice) throws Refusal {
        Family family = family(slice.u32(0));
        byte[] bytes = new byte[family.bytes()];
        if (family == Family.V4) {
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) slice.u8(ADDRESS + i);
            }
        } else {
            for (int i = 0; i < bytes.length; i += Short.BYTES) {
                int part = slice.u16(ADDRESS + i);
                bytes[i] = (byte) (part >>> Byte.SIZE);
                bytes[i + 1] = (byte) part;
            }
        }
        int port = slice.u16(family == Family.V4 ? PORT_4 : PORT_6);
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw new IllegalStateException("as long as an address of its family", e);
        }
    }

    /** Writes one, with no byte of it left as it was. */
    static void write(GuestSlice slice, InetSocketAddress address) {
        byte[] bytes = address.getAddress().getAddress();
        for (int i = 0; i < BYTES; i += Long.BYTES) {
            slice.put64(i, 0);
        }
        if (bytes.length == Family.V4.bytes()) {
            slice.put32(0, KIND_4);
            slice.put(ADDRESS, bytes, 0, bytes.length);
            slice.put16(PORT_4, address.getPort());
            return;
        }
        slice.put32(0, KIND_6);
        for (int i = 0; i < bytes.length; i += Short.BYTES) {
            slice.put16(ADDRESS + i, ((bytes[i] & 0xff) << Byte.SIZE) | (bytes[i + 1] & 0xff));
        }
        slice.put16(PORT_6, address.getPort());
    }
}
