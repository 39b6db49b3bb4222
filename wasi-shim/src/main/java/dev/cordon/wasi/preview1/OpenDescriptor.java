package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;

/** A descriptor in the table, with the rights that the guest has kept; they only ever shrink. */
final class OpenDescriptor {
    private final Descriptor descriptor;
    private long rights;
    private long inheriting;

    OpenDescriptor(Descriptor descriptor, long rights, long inheriting) {
        this.descriptor = descriptor;
        this.rights = rights & descriptor.rights();
        this.inheriting = inheriting & descriptor.inheriting();
    }

    Descriptor descriptor() {
        return descriptor;
    }

    long rights() {
        return rights;
    }

    long inheriting() {
        return inheriting;
    }

    /**
     * Refuses a use that the descriptor has no right to.
     *
     * @throws Refusal {@code ENOTCAPABLE}
     */
    void require(long right) throws Refusal {
        if ((rights & right) != right) {
            throw Refusal.of(Errno.NOTCAPABLE);
        }
    }

    /**
     * Keeps some of the rights and gives up the others.
     *
     * @throws Refusal {@code ENOTCAPABLE} when any of them was not there
     */
    void keep(long base, long inherited) throws Refusal {
        if ((base & ~rights) != 0 || (inherited & ~inheriting) != 0) {
            throw Refusal.of(Errno.NOTCAPABLE);
        }
        rights = base;
        inheriting = inherited;
    }
}
