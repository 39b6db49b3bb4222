package dev.cordon.wasi;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.NetworkDoor;
import dev.cordon.wasi.net.Readiness;
import dev.cordon.wasi.net.StreamSocket;
import dev.cordon.wasi.net.Transport;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A connection of an {@link Egress}. Belongs to one thread at a time, in one session after the
 * other, but for {@link #close}, which any thread may call.
 */
public final class EgressConnection implements Closeable {
    /** How long the other end may be silent, or take nothing, in milliseconds. */
    public static final int SILENCE_MILLIS = 60_000;

    private final Egress egress;
    private final Transport transport;
    private final String host;
    private final InetSocketAddress address;
    private final StreamSocket socket;
    private @Nullable EgressSession session;

    EgressConnection(
            Egress egress,
            Transport transport,
            String host,
            InetSocketAddress address,
            StreamSocket socket) {
        this.egress = egress;
        this.transport = transport;
        this.host = host;
        this.address = address;
        this.socket = socket;
    }

    /**
     * Uses it in a session from now on.
     *
     * @param next whose watch is asked and told; null while nobody uses it, which makes every use
     *     fail
     */
    public void useIn(@Nullable EgressSession next) {
        session = next;
    }

    /**
     * Where it leads.
     *
     * @return the address that was checked
     */
    public InetSocketAddress address() {
        return address;
    }

    /**
     * Whether it can be used.
     *
     * @return false once it was closed here; what the other end did shows when it is used
     */
    public boolean isOpen() {
        return socket.isOpen();
    }

    boolean allowedBy(NetworkDoor door) {
        String name = address.getAddress().getHostAddress().equals(host) ? null : host;
        return door.whyNotAddress(transport, name, address.getAddress(), address.getPort()) == null;
    }

    void connect() throws IOException {
        EgressSession user = user();
        Patience patience = new Patience(EgressSession.CONNECT_MILLIS);
        try {
            boolean connected = socket.connect(address);
            while (!connected) {
                patience.check("did not answer");
                user.pause(socket, false, true);
                connected = socket.finishConnect();
            }
        } catch (Refusal refused) {
            throw EgressException.of(refused);
        }
    }

    /**
     * Reads what comes, and waits for it.
     *
     * @param target where to
     * @param offset where to start
     * @param length how many bytes at most; at least 1
     * @param waits whether to wait for as long as the other end may be silent
     * @return how many bytes; -1 at the end
     * @throws SocketTimeoutException when nothing has come and it is not to be waited for
     * @throws EgressException when it cannot
     */
    public int read(byte[] target, int offset, int length, boolean waits) throws IOException {
        EgressSession user = user();
        Patience patience = new Patience(SILENCE_MILLIS);
        try {
            Readiness ready = socket.readable();
            while (ready == null) {
                if (!waits) {
                    throw new SocketTimeoutException("nothing has come");
                }
                patience.check("sent nothing");
                user.pause(socket, true, false);
                ready = socket.readable();
            }
            int wanted = (int) Math.min(ready.bytes(), length);
            user.flow(wanted);
            int count = socket.read(target, offset, wanted, false);
            if (count > 0) {
                user.moved(true, count);
            }
            return count;
        } catch (Refusal refused) {
            throw EgressException.of(refused);
        }
    }

    /**
     * Writes all bytes, and waits until there is room.
     *
     * @param source the bytes
     * @param offset where they start
     * @param length how many
     * @throws EgressException when it cannot
     */
    public void write(byte[] source, int offset, int length) throws IOException {
        EgressSession user = user();
        try {
            user.flow(length);
            Patience patience = new Patience(SILENCE_MILLIS);
            int done = 0;
            while (done < length) {
                int count = socket.write(source, offset + done, length - done);
                if (count == 0) {
                    patience.check("took nothing");
                    user.pause(socket, false, true);
                } else {
                    done += count;
                    user.moved(false, count);
                    patience = new Patience(SILENCE_MILLIS);
                }
            }
        } catch (Refusal refused) {
            throw EgressException.of(refused);
        }
    }

    private EgressSession user() throws EgressException {
        EgressSession current = session;
        if (current == null) {
            throw EgressException.of(Refusal.of(Errno.BADF));
        }
        return current;
    }

    /** Closes it at once; whoever uses it is told within some milliseconds. */
    @Override
    public void close() {
        egress.remove(this);
        try {
            socket.close();
        } catch (IOException unclosed) {
            // The channel is unusable anyway, and its slot was given back.
            return;
        }
    }

    /** A wait that ends. */
    private static final class Patience {
        private final long end;
        private final int millis;

        Patience(int millis) {
            this.millis = millis;
            this.end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(millis);
        }

        boolean isOver() {
            return System.nanoTime() - end >= 0;
        }

        void check(String what) throws EgressException {
            if (isOver()) {
                throw new EgressException(
                        EgressException.Reason.FAILED,
                        "the other end " + what + " for " + millis + " ms");
            }
        }
    }
}
