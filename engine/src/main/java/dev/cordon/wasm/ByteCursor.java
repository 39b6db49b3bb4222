package dev.cordon.wasm;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;

/** Reads the values of the binary format, never beyond the end of the part that is being read. */
final class ByteCursor {
    private final byte[] bytes;
    private final Refusals refusals;
    private final CharsetDecoder utf8 = StandardCharsets.UTF_8.newDecoder();
    private int position;
    private int end;

    ByteCursor(byte[] bytes, Refusals refusals) {
        this.bytes = bytes;
        this.refusals = refusals;
        this.end = bytes.length;
    }

    int position() {
        return position;
    }

    int end() {
        return end;
    }

    boolean atEnd() {
        return position >= end;
    }

    int left() {
        return end - position;
    }

    void moveTo(int offset) {
        position = offset;
    }

    /** From now on nothing at or after this offset is read. */
    void endAt(int offset) {
        end = offset;
    }

    int u8() {
        if (position >= end) {
            throw refusals.malformed("it ends too early", position);
        }
        return bytes[position++] & 0xff;
    }

    /** An unsigned number of 32 bits, of which all above 2^31-1 are given as 2^31-1. */
    int index() {
        if (position < end && bytes[position] >= 0) {
            return bytes[position++];
        }
        return (int) Math.min(u32(), Integer.MAX_VALUE);
    }

    /** An unsigned number of 32 bits. */
    long u32() {
        int start = position;
        long value = 0;
        for (int shift = 0; shift < 35; shift += 7) {
            int part = u8();
            value |= (long) (part & 0x7f) << shift;
            if (part < 0x80) {
                if (value > 0xffffffffL) {
                    throw refusals.malformed("a number does not fit 32 bits", start);
                }
                return value;
            }
        }
        throw refusals.malformed("a number takes more than 5 bytes", start);
    }

    /** A signed number of 32, 33 or 64 bits. */
    long signed(int bits) {
        int start = position;
        int longest = (bits + 6) / 7;
        long value = 0;
        for (int count = 1; count <= longest; count++) {
            int part = u8();
            value |= (long) (part & 0x7f) << (7 * (count - 1));
            if (part < 0x80) {
                int unused = Math.max(0, 64 - 7 * count);
                requireSignBits(part, bits - 7 * (count - 1), bits, start);
                return value << unused >> unused;
            }
        }
        throw refusals.malformed("a number takes more than " + longest + " bytes", start);
    }

    /** In the last byte that may follow, all bits above the number's own repeat its sign. */
    private void requireSignBits(int part, int ownBits, int bits, int start) {
        if (ownBits < 7) {
            int signs = (byte) (part << 1) >> ownBits;
            if (signs != 0 && signs != -1) {
                throw refusals.malformed("a number does not fit " + bits + " bits", start);
            }
        }
    }

    void skip(long count) {
        if (count > left()) {
            throw refusals.malformed("it ends too early", end);
        }
        position += (int) count;
    }

    /** A count of things that take at least {@code leastBytes} each, so that it cannot lie. */
    int count(int leastBytes, String things, int most) {
        int start = position;
        long count = u32();
        if (count > most) {
            throw refusals.tooMany(count, things, most);
        }
        if (count * leastBytes > left()) {
            throw refusals.malformed(count + " " + things + " do not fit in what is left", start);
        }
        return (int) count;
    }

    String name(String whose) {
        int start = position;
        long length = u32();
        if (length > left()) {
            throw refusals.malformed("the name of " + whose + " ends too early", start);
        }
        if (length > ModuleLimits.MAX_NAME_BYTES) {
            throw refusals.tooMany(length, "bytes of a name", ModuleLimits.MAX_NAME_BYTES);
        }
        try {
            String name = utf8.decode(ByteBuffer.wrap(bytes, position, (int) length)).toString();
            position += (int) length;
            return name;
        } catch (CharacterCodingException e) {
            throw refusals.malformed("the name of " + whose + " is not UTF-8", start);
        }
    }

    /** A value type of the profile. */
    byte valueType() {
        int start = position;
        byte type = (byte) u8();
        if (!ValueTypes.known(type)) {
            Proposal proposal = ValueTypes.proposal(type);
            throw proposal == null
                    ? refusals.malformed("0x" + hex(type) + " is no value type", start)
                    : refusals.unsupported(proposal);
        }
        return type;
    }

    byte referenceType() {
        int start = position;
        byte type = valueType();
        if (!ValueTypes.reference(type)) {
            throw refusals.malformed(ValueTypes.name(type) + " is no reference type", start);
        }
        return type;
    }

    static String hex(int value) {
        return Integer.toHexString(value & 0xff);
    }
}
