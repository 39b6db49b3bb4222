package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A guest's open descriptors by number; a new one gets the lowest number that is free. */
final class DescriptorTable {
    /** Most descriptors open at once, so that a guest cannot exhaust those of the JVM. */
    static final int MAX_DESCRIPTORS = 1024;

    private final List<@Nullable OpenDescriptor> open = new ArrayList<>();

    /**
     * Opens a descriptor with all of its rights and gives its number.
     *
     * @throws Refusal {@code EMFILE} when the table is full
     */
    int add(Descriptor descriptor) throws Refusal {
        int free = open.indexOf(null);
        if (free >= 0) {
            open.set(free, new OpenDescriptor(descriptor));
            return free;
        }
        if (open.size() == MAX_DESCRIPTORS) {
            throw Refusal.of(Errno.MFILE);
        }
        open.add(new OpenDescriptor(descriptor));
        return open.size() - 1;
    }

    /**
     * What is open under a number.
     *
     * @throws Refusal {@code EBADF} when nothing is
     */
    OpenDescriptor get(int number) throws Refusal {
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
     * @throws Refusal {@code EBADF} when nothing is open under it
     * @throws IOException when closing fails; the number is free all the same
     */
    void close(int number) throws Refusal, IOException {
        OpenDescriptor found = get(number);
        open.set(number, null);
        found.descriptor().close();
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
            open.set(from, null);
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
            OpenDescriptor each = open.set(number, null);
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
