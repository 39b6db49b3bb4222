package dev.cordon.guest;

import dev.cordon.runtime.GuestInstance;
import dev.cordon.runtime.Trap;

/**
 * A range of guest memory as the guest gave it, checked on first use.
 *
 * @param offset unsigned
 * @param length unsigned
 */
record Slice(int offset, int length) {
    /** The range that two arguments of a host function name. */
    static Slice of(long[] args, int at) {
        return new Slice((int) args[at], (int) args[at + 1]);
    }

    /** Traps unless the whole range lies in memory; then its length fits an {@code int}. */
    Slice check(GuestInstance guest) {
        long end = Integer.toUnsignedLong(offset) + Integer.toUnsignedLong(length);
        if (end > Integer.toUnsignedLong(guest.memory().sizeBytes())) {
            throw new Trap("out of bounds memory access");
        }
        return this;
    }

    /** Copies a checked range into the host; the copy is paid for first. */
    void read(GuestInstance guest, byte[] to, int at) {
        guest.charge(length >>> 3);
        guest.memory().readInto(offset, to, at, length);
    }

    /** Copies host bytes to the start of a checked range; the copy is paid for first. */
    void write(GuestInstance guest, byte[] from, int at, int count) {
        guest.charge(count >>> 3);
        guest.memory().write(offset, from, at, count);
    }
}
