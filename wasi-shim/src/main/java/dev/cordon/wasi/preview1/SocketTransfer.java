package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestVectors;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.limit.Traffic;
import dev.cordon.wasi.net.DatagramSocket;
import dev.cordon.wasi.net.GuestSocket;
import dev.cordon.wasi.net.Readiness;
import dev.cordon.wasi.net.StreamSocket;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** Bytes between the guest's buffers and its sockets. */
final class SocketTransfer {
    /** The bytes are to be received again. */
    static final int PEEK = 1;

    /** Only a full transfer, or the end, ends the wait. */
    static final int WAIT_ALL = 1 << 1;

    /**
     * What was received.
     *
     * @param bytes how many
     * @param truncated whether the datagram was longer than the buffers
     * @param sender where a datagram came from; null for a stream
     */
    record Received(int bytes, boolean truncated, @Nullable InetSocketAddress sender) {}

    private SocketTransfer() {}

    /**
     * Receives into the buffers, which were loaded; charges for it.
     *
     * @throws Refusal what keeps it from receiving
     */
    static Received receive(GuestCall call, GuestSocket socket, GuestVectors vectors, int flags)
            throws Refusal, IOException {
        if ((flags & ~(PEEK | WAIT_ALL)) != 0) {
            throw Refusal.of(Errno.INVAL);
        }
        boolean peek = (flags & PEEK) != 0;
        if (socket instanceof DatagramSocket datagrams) {
            return receiveDatagram(call, datagrams, vectors, peek);
        }
        StreamSocket stream = (StreamSocket) socket;
        boolean all = (flags & WAIT_ALL) != 0 && !peek && socket.settings().isBlocking();
        int done =
                all ? receiveAll(call, stream, vectors) : receiveSome(call, stream, vectors, peek);
        return new Received(done, false, null);
    }

    private static int receiveSome(
            GuestCall call, StreamSocket stream, GuestVectors vectors, boolean peek)
            throws Refusal, IOException {
        stream.finishConnect();
        long ready = vectors.total() == 0 ? 0 : awaitReadable(call, stream).bytes();
        int wanted = (int) Math.min(ready, Math.min(vectors.total(), CopyBuffers.BUFFER_BYTES));
        charge(call, vectors, wanted);
        flow(call, stream, wanted);
        byte[] buffer = call.buffer();
        // Nothing that is ready may still be an error that is to be told.
        int done = vectors.total() == 0 ? 0 : Math.max(0, stream.read(buffer, 0, wanted, peek));
        vectors.scatter(call.bytes(), buffer, done);
        call.run().network().received(peek ? 0 : done);
        call.moved(Traffic.NETWORK, true, peek ? 0 : done);
        return done;
    }

    private static int receiveAll(GuestCall call, StreamSocket stream, GuestVectors vectors)
            throws Refusal, IOException {
        stream.finishConnect();
        charge(call, vectors, vectors.total());
        byte[] buffer = call.buffer();
        int done = 0;
        try {
            while (done < vectors.total()) {
                long ready = awaitReadable(call, stream).bytes();
                int wanted = (int) Math.min(ready, vectors.total() - done);
                flow(call, stream, wanted);
                int count = stream.read(buffer, 0, Math.min(buffer.length, wanted), false);
                if (count <= 0) {
                    break;
                }
                vectors.scatter(call.bytes(), buffer, count);
                done += count;
            }
        } catch (Refusal e) {
            if (done == 0) {
                throw e;
            }
        }
        call.run().network().received(done);
        call.moved(Traffic.NETWORK, true, done);
        return done;
    }

    private static Received receiveDatagram(
            GuestCall call, DatagramSocket socket, GuestVectors vectors, boolean peek)
            throws Refusal, IOException {
        if (socket.local() == null) {
            throw Refusal.of(Errno.INVAL);
        }
        awaitReadable(call, socket);
        InetSocketAddress sender = socket.arrive();
        int arrived = sender == null ? 0 : socket.arrivedBytes();
        int wanted = Math.min(arrived, vectors.total());
        charge(call, vectors, wanted);
        flow(call, socket, arrived);
        if (sender != null) {
            vectors.scatter(call.bytes(), socket.take(peek), wanted);
            call.run().network().received(peek ? 0 : arrived);
            call.moved(Traffic.NETWORK, true, peek ? 0 : arrived);
        }
        return new Received(wanted, wanted < arrived, sender);
    }

    private static Readiness awaitReadable(GuestCall call, GuestSocket socket)
            throws Refusal, IOException {
        Readiness readiness = socket.readable();
        if (readiness != null) {
            return readiness;
        }
        try (SocketWait wait = SocketWait.toRead(call, socket)) {
            while (readiness == null) {
                wait.pause();
                readiness = socket.readable();
            }
        }
        return readiness;
    }

    /**
     * Sends what the buffers hold, which were loaded; charges for it.
     *
     * @throws Refusal what keeps it from sending
     */
    static int send(
            GuestCall call,
            GuestSocket socket,
            GuestVectors vectors,
            @Nullable InetSocketAddress target)
            throws Refusal, IOException {
        charge(call, vectors, vectors.total());
        int done =
                socket instanceof DatagramSocket datagrams
                        ? sendDatagram(call, datagrams, vectors, target)
                        : sendStream(call, (StreamSocket) socket, vectors);
        call.run().network().sent(done);
        call.moved(Traffic.NETWORK, false, done);
        return done;
    }

    private static int sendStream(GuestCall call, StreamSocket stream, GuestVectors vectors)
            throws Refusal, IOException {
        stream.finishConnect();
        byte[] buffer = call.buffer();
        int done = 0;
        try {
            for (int length = vectors.gather(call.bytes(), buffer);
                    length > 0;
                    length = vectors.gather(call.bytes(), buffer)) {
                flow(call, stream, length);
                int from = done;
                while (done < from + length) {
                    done += writeSome(call, stream, buffer, done - from, length - (done - from));
                }
            }
        } catch (Refusal e) {
            if (done == 0) {
                throw e;
            }
        }
        return done;
    }

    private static int writeSome(
            GuestCall call, StreamSocket stream, byte[] buffer, int offset, int length)
            throws Refusal, IOException {
        int count = stream.write(buffer, offset, length);
        if (count > 0) {
            return count;
        }
        try (SocketWait wait = SocketWait.toWrite(call, stream)) {
            while (count == 0) {
                wait.pause();
                count = stream.write(buffer, offset, length);
            }
        }
        return count;
    }

    private static int sendDatagram(
            GuestCall call,
            DatagramSocket socket,
            GuestVectors vectors,
            @Nullable InetSocketAddress target)
            throws Refusal, IOException {
        int total = vectors.total();
        if (total > DatagramSocket.MAX_DATAGRAM_BYTES) {
            throw Refusal.of(Errno.MSGSIZE);
        }
        flow(call, socket, total);
        // The largest datagram fits into one buffer.
        byte[] content = call.buffer();
        vectors.gather(call.bytes(), content);
        if (!socket.send(content, 0, total, target)) {
            awaitSent(call, socket, content, total, target);
        }
        return total;
    }

    private static void awaitSent(
            GuestCall call,
            DatagramSocket socket,
            byte[] content,
            int total,
            @Nullable InetSocketAddress target)
            throws Refusal, IOException {
        try (SocketWait wait = SocketWait.toWrite(call, socket)) {
            do {
                wait.pause();
            } while (!socket.send(content, 0, total, target));
        }
    }

    private static void flow(GuestCall call, GuestSocket socket, int bytes) throws Refusal {
        call.flow(Traffic.NETWORK, bytes, socket.settings().isBlocking());
    }

    private static void charge(GuestCall call, GuestVectors vectors, int bytes) {
        call.charge((long) vectors.count() * Layouts.VECTOR + bytes);
    }
}
