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

/** {@code fd_read} and {@code fd_write}: bytes between the guest's buffers and a descriptor. */
final class Streams {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    copying("fd_read", "iiii", Streams::read),
                    copying("fd_write", "iiii", Streams::write));

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
        int wanted = (int) Math.max(0, Math.min(ready, vectors.total()));
        call.charge((long) vectors.count() * Layouts.VECTOR + wanted);
        int done = copyIn(call, source, vectors, wanted);
        if (done == 0 && wanted > 0) {
            // Another guest that shares the input was faster; 0 bytes would mean its end.
            throw Refusal.of(Errno.INTR);
        }
        result.put32(0, done);
        return Errno.SUCCESS;
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

    private static int copyIn(GuestCall call, Descriptor source, GuestVectors vectors, int wanted)
            throws Refusal, IOException {
        byte[] buffer = call.run().buffer();
        int done = 0;
        try {
            while (done < wanted) {
                int length = source.read(buffer, 0, Math.min(buffer.length, wanted - done));
                if (length <= 0) {
                    return done;
                }
                vectors.scatter(call.bytes(), buffer, length);
                done += length;
            }
        } catch (IOException e) {
            if (done == 0) {
                throw e;
            }
        }
        return done;
    }

    private static Errno write(GuestCall call) throws Refusal, IOException {
        GuestSlice result = call.slice(3, Layouts.SIZE);
        GuestVectors vectors = call.vectors(1);
        Descriptor target = call.descriptors().get(call.i32(0), Rights.FD_WRITE);
        if (target instanceof SocketDescriptor socket) {
            result.put32(0, SocketTransfer.send(call, socket.socket(), vectors, null));
            return Errno.SUCCESS;
        }
        call.charge((long) vectors.count() * Layouts.VECTOR + vectors.total());
        result.put32(0, copyOut(call, target, vectors));
        return Errno.SUCCESS;
    }

    private static int copyOut(GuestCall call, Descriptor target, GuestVectors vectors)
            throws Refusal, IOException {
        byte[] buffer = call.run().buffer();
        int done = 0;
        try {
            for (int length = vectors.gather(call.bytes(), buffer);
                    length > 0;
                    length = vectors.gather(call.bytes(), buffer)) {
                target.write(buffer, 0, length);
                done += length;
            }
        } catch (IOException e) {
            if (done == 0) {
                throw e;
            }
        }
        return done;
    }
}
