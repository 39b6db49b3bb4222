package dev.cordon.wasi.net;

import java.net.InetAddress;
import java.net.UnknownHostException;

/** Addresses that share their first bits; a block of all bits is one address. Immutable. */
final class AddressBlock {
    private final byte[] prefix;
    private final int bits;

    private AddressBlock(byte[] prefix, int bits) {
        this.prefix = prefix;
        this.bits = bits;
    }

    /** The block of one address. */
    static AddressBlock of(InetAddress address) {
        byte[] bytes = address.getAddress();
        return new AddressBlock(bytes, bytes.length * Byte.SIZE);
    }

    /**
     * Reads an address, with or without a mask; without one it is a single address.
     *
     * @throws IllegalArgumentException when it is neither, the mask is too long, or there are bits
     *     set behind it
     */
    static AddressBlock parse(String text) {
        int slash = text.indexOf('/');
        String address = slash < 0 ? text : text.substring(0, slash);
        InetAddress first = AddressText.parse(address);
        if (first == null) {
            throw new IllegalArgumentException("`" + text + "` is not an address");
        }
        if (slash < 0) {
            return of(first);
        }
        byte[] prefix = first.getAddress();
        if (prefix.length == Family.V4.bytes() && address.indexOf(':') >= 0) {
            throw new IllegalArgumentException(
                    "`"
                            + text
                            + "` is a block of disguised IPv4 addresses; write those themselves");
        }
        int bits = bits(text, text.substring(slash + 1), prefix.length * Byte.SIZE);
        AddressBlock block = new AddressBlock(prefix, bits);
        if (!block.isClean()) {
            throw new IllegalArgumentException("`" + text + "` has bits set behind its mask");
        }
        return block;
    }

    private static int bits(String text, String mask, int most) {
        if (!mask.matches("0|[1-9][0-9]{0,2}") || Integer.parseInt(mask) > most) {
            throw new IllegalArgumentException(
                    "`" + text + "` has no mask of 0 to " + most + " bits");
        }
        return Integer.parseInt(mask);
    }

    /** Whether an address lies in the block. */
    boolean contains(InetAddress address) {
        byte[] bytes = address.getAddress();
        return bytes.length == prefix.length && sameBits(bytes);
    }

    /** Whether every address of this block lies in another. */
    boolean isWithin(AddressBlock other) {
        return bits >= other.bits && prefix.length == other.prefix.length && other.sameBits(prefix);
    }

    /** How many bits its addresses share. */
    int bits() {
        return bits;
    }

    private boolean sameBits(byte[] bytes) {
        for (int bit = 0; bit < bits; bit += Byte.SIZE) {
            int differing = (bytes[bit / Byte.SIZE] ^ prefix[bit / Byte.SIZE]) & 0xff;
            int compared = Math.min(Byte.SIZE, bits - bit);
            if (differing >>> (Byte.SIZE - compared) != 0) {
                return false;
            }
        }
        return true;
    }

    private boolean isClean() {
        for (int bit = bits; bit < prefix.length * Byte.SIZE; bit++) {
            if ((prefix[bit / Byte.SIZE] & (0x80 >>> (bit % Byte.SIZE))) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        try {
            String address = InetAddress.getByAddress(prefix).getHostAddress();
            return bits == prefix.length * Byte.SIZE ? address : address + "/" + bits;
        } catch (UnknownHostException e) {
            throw new IllegalStateException("a prefix is as long as an address", e);
        }
    }
}
