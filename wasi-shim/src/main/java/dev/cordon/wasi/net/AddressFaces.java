package dev.cordon.wasi.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Sees through IPv6 addresses that carry an IPv4 address, whose packets may end up there.
 *
 * <p>Mapped and compatible addresses are the IPv4 address itself. Translated and tunnelled ones are
 * addresses of their own, with the hidden one as a second face.
 */
final class AddressFaces {
    static final InetAddress LOOPBACK_4 = AddressText.literal("127.0.0.1");
    static final InetAddress LOOPBACK_6 = AddressText.literal("::1");

    private static final AddressBlock NAT64 = AddressBlock.parse("64:ff9b::/96");
    private static final AddressBlock LOCAL_NAT64 = AddressBlock.parse("64:ff9b:1::/48");
    private static final AddressBlock SIX_TO_FOUR = AddressBlock.parse("2002::/16");
    private static final AddressBlock TEREDO = AddressBlock.parse("2001::/32");
    private static final AddressBlock COMPATIBLE = AddressBlock.parse("::/96");
    private static final int FIRST_HOST = 1 << 16;

    private AddressFaces() {}

    /**
     * The address that a guest means: the IPv4 address behind a compatible one, loopback for the
     * unspecified one, which is where the system would connect to.
     */
    static InetAddress meant(InetAddress address) {
        if (address.isAnyLocalAddress()) {
            return Family.of(address) == Family.V4 ? LOOPBACK_4 : LOOPBACK_6;
        }
        byte[] bytes = address.getAddress();
        // ::1 and its neighbours are addresses of IPv6; nobody means 0.0.0.1 by them.
        if (COMPATIBLE.contains(address) && number(bytes, 12) >= FIRST_HOST) {
            return of(Arrays.copyOfRange(bytes, 12, 16));
        }
        return address;
    }

    /** Every IPv4 address that hides in an address. */
    static List<InetAddress> hidden(InetAddress address) {
        byte[] bytes = address.getAddress();
        if (NAT64.contains(address) || LOCAL_NAT64.contains(address)) {
            return List.of(part(bytes, 12));
        }
        if (SIX_TO_FOUR.contains(address)) {
            return List.of(part(bytes, 2));
        }
        if (TEREDO.contains(address)) {
            byte[] client = Arrays.copyOfRange(bytes, 12, 16);
            for (int i = 0; i < client.length; i++) {
                client[i] ^= (byte) 0xff;
            }
            return List.of(part(bytes, 4), of(client));
        }
        return isIsatap(bytes) ? List.of(part(bytes, 12)) : List.of();
    }

    /** The IPv4 address where a gateway would send packets for this address, else null. */
    static @Nullable InetAddress destination(InetAddress address) {
        return NAT64.contains(address) ? part(address.getAddress(), 12) : null;
    }

    private static boolean isIsatap(byte[] bytes) {
        return bytes.length == Family.V6.bytes()
                && (bytes[8] & 0xfc) == 0
                && bytes[9] == 0
                && bytes[10] == 0x5e
                && bytes[11] == (byte) 0xfe;
    }

    private static long number(byte[] bytes, int from) {
        long value = 0;
        for (int i = from; i < from + Integer.BYTES; i++) {
            value = (value << Byte.SIZE) | (bytes[i] & 0xff);
        }
        return value;
    }

    private static InetAddress part(byte[] bytes, int from) {
        return of(Arrays.copyOfRange(bytes, from, from + Family.V4.bytes()));
    }

    private static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException("not as long as an address", e);
        }
    }
}
