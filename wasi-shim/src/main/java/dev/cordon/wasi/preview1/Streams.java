package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FdFlags;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.GuestVectors;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import java.io.IOException;
import java.util.List;

/**
 * {@code fd_read}, {@code fd_write} and their positioned kin: bytes between the guest's buffers and
 * a descriptor.
 */
final class Streams {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    copying("fd_read", "iiii", Streams::read),
                    copying("fd_write", "iiii", Streams::write),
                    copying("fd_pread", "iiiIi", Streams::readAt),
                    copying("fd_pwrite", "iiiIi", Streams::writeAt));

    private Streams() {}

    private static Errno read(GuestCall call) throws Refusal, IOException {
        GuestSlice result = call.slice(3, Layouts.SIZE);
        GuestVectors vectors = call.vectors(1);
        Descriptor source = call.descriptors().get(call.i32(0), Rights.FD_READ);
        if (source instanceof SocketDescriptor socket) {
            result.put32(0, SocketTransfer.receive(call, socket.socket(), vectors, 0).bytes());
            return Errno.SUCCESS;
        }
        long ready = vectors.total() == 0 ? 0 : awaitReady(call, source);
        int wanted = prepare(call, vectors, source, Math.min(ready, vectors.total()));
        int done =
                Transfers.in(call, vectors, wanted, source instanceof FileDescriptor, source::read);
        if (done == 0 && wanted > 0 && source instanceof StandardStream) {
            // Another guest that shares the input was faster; 0 bytes would mean its end.
            throw Refusal.of(Errno.INTR);
        }
        call.moved(source.traffic(), true, done);
        result.put32(0, done);
        return Errno.SUCCESS;
    }

    private static Errno readAt(GuestCall call) throws Refusal, IOException {
        GuestSlice result = call.slice(4, Layouts.SIZE);
        GuestVectors vectors = call.vectors(1);
        FileDescriptor file = Files.file(call, Rights.FD_READ | Rights.FD_SEEK);
        long start = position(call);
        int wanted = prepare(call, vectors, file, Math.min(file.ready(start), vectors.total()));
        long[] at = {start};
        int done =
                Transfers.in(
                        call,
                        vectors,
                        wanted,
                        true,
                        (array, offset, n) -> {
                            int count = file.handle().read(at[0], array, offset, n);
                            at[0] += count;
                            return count;
                        });
        call.moved(file.traffic(), true, done);
        result.put32(0, done);
        return Errno.SUCCESS;
    }

    private static Errno write(GuestCall call) throws Refusal, IOException {
        GuestSlice result = call.slice(3, Layouts.SIZE);
        GuestVectors vectors = call.vectors(1);
        Descriptor target = call.descriptors().get(call.i32(0), Rights.FD_WRITE);
        if (target instanceof SocketDescriptor socket) {
            result.put32(0, SocketTransfer.send(call, socket.socket(), vectors, null));
            return Errno.SUCCESS;
        }
        prepare(call, vectors, target, vectors.total());
        int done = Transfers.out(call, vectors, target instanceof FileDescriptor, target::write);
        call.moved(target.traffic(), false, done);
        result.put32(0, done);
        return Errno.SUCCESS;
    }

    private static Errno writeAt(GuestCall call) throws Refusal, IOException {
        GuestSlice result = call.slice(4, Layouts.SIZE);
        GuestVectors vectors = call.vectors(1);
        FileDescriptor file = Files.file(call, Rights.FD_WRITE | Rights.FD_SEEK);
        long[] at = {position(call)};
        prepare(call, vectors, file, vectors.total());
        int done =
                Transfers.out(
                        call,
                        vectors,
                        true,
                        (array, offset, n) -> {
                            int count = file.write(at[0], array, offset, n);
                            at[0] += count;
                            return count;
                        });
        call.moved(file.traffic(), false, done);
        result.put32(0, done);
        return Errno.SUCCESS;
    }

    private static long position(GuestCall call) throws Refusal {
        long position = call.i64(3);
        if (position < 0) {
            throw Refusal.of(Errno.INVAL);
        }
        return position;
    }

    /** Charges for bytes and waits until they may flow; gives how many there are to move. */
    private static int prepare(
            GuestCall call, GuestVectors vectors, Descriptor descriptor, long bytes)
            throws Refusal {
        int wanted = (int) Math.max(0, bytes);
        call.charge((long) vectors.count() * Layouts.VECTOR + wanted);
        boolean mayWait = (descriptor.flags() & FdFlags.NONBLOCK) == 0;
        call.flow(descriptor.traffic(), wanted, mayWait);
        return wanted;
    }

    private static long awaitReady(GuestCall call, Descriptor source) throws Refusal, IOException {
        long ready = source.ready();
        if (ready == 0 && (source.flags() & FdFlags.NONBLOCK) != 0) {
            throw Refusal.of(Errno.AGAIN);
        }
        if (ready != 0) {
            return ready;
        }
        try (Wait wait = call.startWait()) {
            while (ready == 0) {
                wait.pause(Long.MAX_VALUE);
                ready = source.ready();
            }
        }
        return ready;
    }
}
