package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A guest's open descriptors by number; a new one gets the lowest number that is free. */
final class DescriptorTable {
    private static final long ALL = -1;

    private final List<@Nullable OpenDescriptor> open = new ArrayList<>();
    private final BitSet taken = new BitSet();
    private final int most;

    /** A table with room for so many descriptors, so that a guest cannot exhaust the JVM's. */
    DescriptorTable(int most) {
        this.most = most;
    }

    /** Opens what the guest finds open, however little room there is. */
    void provide(Descriptor descriptor) {
        put(new OpenDescriptor(descriptor, ALL, ALL));
    }

    /**
     * Opens a descriptor with all of its rights and gives its number.
     *
     * @throws Refusal {@code EMFILE} when the table is full
     */
    int add(Descriptor descriptor) throws Refusal {
        return add(descriptor, ALL, ALL);
    }

    /**
     * Opens a descriptor with some of its rights and gives its number.
     *
     * @throws Refusal {@code EMFILE} when the table is full
     */
    int add(Descriptor descriptor, long rights, long inheriting) throws Refusal {
        requireRoom();
        return put(new OpenDescriptor(descriptor, rights, inheriting));
    }

    /**
     * Refuses what would need a number when there is none.
     *
     * @throws Refusal {@code EMFILE} when the table is full
     */
    void requireRoom() throws Refusal {
        if (taken.cardinality() >= most) {
            throw Refusal.of(Errno.MFILE);
        }
    }

    private int put(OpenDescriptor descriptor) {
        int number = taken.nextClearBit(0);
        taken.set(number);
        if (number == open.size()) {
            open.add(descriptor);
        } else {
            open.set(number, descriptor);
        }
        return number;
    }

    private @Nullable OpenDescriptor take(int number) {
        taken.clear(number);
        return open.set(number, null);
    }

    /**
     * What is open under a number.
     *
     * @throws Refusal {@code EBADF} when nothing is
     */
    OpenDescriptor get(int number) throws Refusal {
        OpenDescriptor found = held(number);
        if (!found.descriptor().isOpen()) {
            throw Refusal.of(Errno.BADF);
        }
        return found;
    }

    private OpenDescriptor held(int number) throws Refusal {
        OpenDescriptor found = number >= 0 && number < open.size() ? open.get(number) : null;
        if (found == null) {
            throw Refusal.of(Errno.BADF);
        }
        return found;
    }

    /** What is open under a number; null when nothing is. */
    @Nullable Descriptor find(int number) {
        OpenDescriptor found = number >= 0 && number < open.size() ? open.get(number) : null;
        return found == null ? null : found.descriptor();
    }

    /**
     * What is open under a number, for one kind of use.
     *
     * @throws Refusal {@code EBADF} when nothing is or it never had the right, {@code ENOTCAPABLE}
     *     when the guest gave the right up
     */
    Descriptor get(int number, long right) throws Refusal {
        OpenDescriptor found = get(number);
        if ((found.descriptor().rights() & right) == 0) {
            throw Refusal.of(Errno.BADF);
        }
        found.require(right);
        return found.descriptor();
    }

    /**
     * Closes a number.
     *
     * @throws Refusal {@code EBADF} when nothing is open under it, or it was revoked; its number is
     *     free then
     * @throws IOException when closing fails; the number is free all the same
     */
    void close(int number) throws Refusal, IOException {
        Descriptor found = held(number).descriptor();
        boolean wasOpen = found.isOpen();
        take(number);
        found.close();
        if (!wasOpen) {
            throw Refusal.of(Errno.BADF);
        }
    }

    /**
     * Moves a descriptor to a number that is open, which is closed first.
     *
     * @throws Refusal {@code EBADF} when either number is not open
     * @throws IOException when closing fails; the descriptor is moved all the same
     */
    void renumber(int from, int to) throws Refusal, IOException {
        OpenDescriptor moved = get(from);
        OpenDescriptor replaced = get(to);
        if (from != to) {
            open.set(to, moved);
            take(from);
            replaced.descriptor().close();
        }
    }

    /**
     * Closes everything.
     *
     * @throws IOException when anything failed to close, after everything was tried
     */
    void closeAll() throws IOException {
        IOException failure = null;
        for (int number = 0; number < open.size(); number++) {
            OpenDescriptor each = take(number);
            try {
                if (each != null) {
                    each.descriptor().close();
                }
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        open.clear();
        if (failure != null) {
            throw failure;
        }
    }
}
