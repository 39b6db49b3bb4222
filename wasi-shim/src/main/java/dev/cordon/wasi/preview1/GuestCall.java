package dev.cordon.wasi.preview1;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Memory;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestBytes;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.GuestVectors;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.fs.PathText;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Traffic;
import org.jspecify.annotations.Nullable;

/** One call of a function: who calls, with what, and what the call may reach. */
final class GuestCall {
    private final String function;
    private final Run run;
    private final Instance instance;
    private final long[] arguments;
    private @Nullable GuestBytes bytes;
    private byte @Nullable [] buffer;
    private boolean charged;

    GuestCall(String function, Run run, Instance instance, long[] arguments) {
        this.function = function;
        this.run = run;
        this.instance = instance;
        this.arguments = arguments;
    }

    /** The function's name. */
    String function() {
        return function;
    }

    Run run() {
        return run;
    }

    Host host() {
        return run.host();
    }

    DescriptorTable descriptors() {
        return run.descriptors();
    }

    /** The argument at a position as a number of 32 bits. */
    int i32(int position) {
        return (int) arguments[position];
    }

    /** The argument at a position as an unsigned number of 32 bits. */
    long u32(int position) {
        return arguments[position] & 0xffff_ffffL;
    }

    /** The argument at a position as a number of 64 bits. */
    long i64(int position) {
        return arguments[position];
    }

    /**
     * The guest's memory.
     *
     * @throws Refusal {@code EINVAL} when it has none
     */
    GuestBytes bytes() throws Refusal {
        GuestBytes known = bytes;
        if (known == null) {
            Memory memory = instance.memory();
            if (memory == null) {
                throw Refusal.of(Errno.INVAL);
            }
            known = new GuestBytes(memory, run.host());
            bytes = known;
        }
        return known;
    }

    /**
     * The memory that a pointer among the arguments points to.
     *
     * @throws Refusal {@code EFAULT} when it does not lie within the memory
     */
    GuestSlice slice(int pointer, long length) throws Refusal {
        return bytes().slice(u32(pointer), length);
    }

    /**
     * The memory that a pointer and the length after it describe.
     *
     * @throws Refusal {@code EFAULT} when it does not lie within the memory
     */
    GuestSlice range(int pointer) throws Refusal {
        return slice(pointer, u32(pointer + 1));
    }

    /**
     * The buffers that a pointer to a list and the count after it describe.
     *
     * @throws Refusal {@code EFAULT} or {@code EINVAL}
     */
    GuestVectors vectors(int pointer) throws Refusal {
        GuestVectors vectors = run.vectors();
        vectors.load(bytes(), u32(pointer), u32(pointer + 1));
        return vectors;
    }

    /**
     * The bytes of a path that a pointer and the length after it describe.
     *
     * @throws Refusal {@code EFAULT}, {@code ENAMETOOLONG}
     */
    byte[] path(int pointer) throws Refusal {
        GuestSlice slice = range(pointer);
        if (slice.length() > PathText.MAX_PATH_BYTES) {
            throw Refusal.of(Errno.NAMETOOLONG);
        }
        byte[] path = new byte[(int) slice.length()];
        bytes().read(slice.address(), path, 0, path.length);
        return path;
    }

    /**
     * The directory behind a descriptor among the arguments, for one kind of use.
     *
     * @throws Refusal {@code EBADF}, {@code ENOTDIR}, {@code ENOTCAPABLE}
     */
    DirectoryDescriptor directory(int position, long right) throws Refusal {
        OpenDescriptor open = descriptors().get(i32(position));
        if (!(open.descriptor() instanceof DirectoryDescriptor directory)) {
            throw Refusal.of(Errno.NOTDIR);
        }
        open.require(right);
        return directory;
    }

    /** A buffer that copies go through, for the rest of this call. */
    byte[] buffer() {
        byte[] known = buffer;
        if (known == null) {
            known = CopyBuffers.take();
            buffer = known;
        }
        return known;
    }

    /** Gives the buffer back. */
    void end() {
        byte[] known = buffer;
        buffer = null;
        if (known != null) {
            CopyBuffers.give(known);
        }
    }

    /** Notes a decision about a path or an address. */
    void decided(Use use, String subject, boolean allowed, String reason) {
        host().decided(function, use, subject, allowed, reason);
    }

    /**
     * Waits until bytes may flow, as fast as the ledger lets them.
     *
     * @throws Refusal {@code EAGAIN} when they may not flow now and the rate refuses, or what they
     *     flow through does not wait
     */
    void flow(Traffic traffic, long bytes, boolean mayWait) throws Refusal {
        Ledger ledger = host().ledger();
        long nanos = ledger.take(traffic, bytes);
        if (nanos == 0) {
            return;
        }
        if (!mayWait || ledger.refuses(traffic)) {
            throw Refusal.of(Errno.AGAIN);
        }
        try (Wait wait = startWait()) {
            while (nanos > 0) {
                wait.pause(nanos);
                nanos = ledger.take(traffic, bytes);
            }
        }
    }

    /** Makes the guest pay for this call and the bytes it copies; once, and before any effect. */
    void charge(long copied) {
        charged = true;
        host().charge(instance, function, copied);
    }

    /** Makes the guest pay for a call that was refused before it knew what it would copy. */
    void chargeIfNotYet() {
        if (!charged) {
            charge(0);
        }
    }

    /** Takes note of bytes that went between the guest and the host. */
    void moved(Traffic traffic, boolean inbound, int bytes) {
        if (bytes > 0) {
            host().moved(traffic, inbound, bytes);
        }
    }

    /** Ends the guest if its time is up. */
    void check() {
        host().check(instance);
    }

    /** Begins to wait for something. */
    Wait startWait() {
        return new Wait(host(), instance);
    }
}
