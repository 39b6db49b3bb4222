package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A socket for streams: new, then bound and listening, or connecting and connected.
 *
 * <p>A bound socket is one that listens already, because only so its port is really its own; the
 * guest just cannot accept yet. If it connects instead, another takes the port over.
 */
public final class StreamSocket extends GuestSocket {
    /** Most connections that wait to be accepted. */
    static final int MAX_BACKLOG = 128;

    private enum State {
        NEW,
        BOUND,
        LISTENING,
        CONNECTING,
        CONNECTED
    }

    private State state = State.NEW;
    private final ReadAhead ahead = new ReadAhead();
    private Errno error = Errno.SUCCESS;

    StreamSocket(Family family, SocketAccount account) {
        super(family, account);
    }

    static StreamSocket lent(ServerSocketChannel channel, SocketAccount account) {
        boolean six = channel.socket().getInetAddress() instanceof Inet6Address;
        StreamSocket socket = new StreamSocket(six ? Family.V6 : Family.V4, account);
        socket.borrow(channel);
        socket.state = State.LISTENING;
        return socket;
    }

    @Override
    public Transport transport() {
        return Transport.TCP;
    }

    /**
     * Whether connections are accepted on it.
     *
     * @return true after {@link #listen}
     */
    public boolean isListening() {
        return state == State.LISTENING;
    }

    /**
     * Whether it was neither bound nor connected.
     *
     * @return true at first, and after a connection failed
     */
    public boolean isNew() {
        return state == State.NEW;
    }

    @Override
    public void bind(InetSocketAddress local) throws Refusal {
        requireOpen();
        requireReach(local);
        if (state != State.NEW) {
            throw Refusal.of(Errno.INVAL);
        }
        try {
            use(ServerSocketChannel.open(family().protocol()));
            server().bind(local, MAX_BACKLOG);
            state = State.BOUND;
        } catch (IOException e) {
            throw failed(e);
        } catch (UnsupportedOperationException e) {
            throw Refusal.of(Errno.AFNOSUPPORT);
        }
    }

    /**
     * Accepts connections from now on.
     *
     * @throws Refusal {@code EINVAL} when it is not bound
     */
    public void listen() throws Refusal {
        requireOpen();
        if (state != State.BOUND && state != State.LISTENING) {
            throw Refusal.of(Errno.INVAL);
        }
        state = State.LISTENING;
    }

    /**
     * Takes a connection that has come.
     *
     * @return a connected socket, or null when none has come yet
     * @throws Refusal {@code EINVAL} when it does not listen, {@code ENFILE} when there are too
     *     many sockets; the connection then waits on
     */
    public @Nullable StreamSocket accept() throws Refusal {
        requireOpen();
        if (state != State.LISTENING) {
            throw Refusal.of(Errno.INVAL);
        }
        SocketAccount account = account().another();
        StreamSocket accepted = new StreamSocket(family(), account);
        boolean done = false;
        try {
            SocketChannel connection = server().accept();
            if (connection == null) {
                return null;
            }
            accepted.use(connection);
            accepted.state = State.CONNECTED;
            account.register(accepted);
            done = true;
            return accepted;
        } catch (IOException e) {
            throw refusal(e);
        } finally {
            if (!done) {
                accepted.closeQuietly();
            }
        }
    }

    @Override
    public boolean connect(InetSocketAddress target) throws Refusal {
        requireOpen();
        requireReach(target);
        switch (state) {
            case LISTENING -> throw Refusal.of(Errno.INVAL);
            case CONNECTING -> throw Refusal.of(Errno.ALREADY);
            case CONNECTED -> throw Refusal.of(Errno.ISCONN);
            default -> error = Errno.SUCCESS;
        }
        try {
            InetSocketAddress local = state == State.BOUND ? local() : null;
            drop();
            use(SocketChannel.open(family().protocol()));
            if (local != null) {
                connection().setOption(StandardSocketOptions.SO_REUSEADDR, true);
                connection().bind(local);
            }
            boolean done = connection().connect(target);
            state = done ? State.CONNECTED : State.CONNECTING;
            return done;
        } catch (IOException e) {
            throw failed(e);
        } catch (UnsupportedOperationException e) {
            throw Refusal.of(Errno.AFNOSUPPORT);
        }
    }

    /**
     * Sees how connecting goes.
     *
     * @return whether it is connected now
     * @throws Refusal when it failed, {@code ENOTCONN} when it was never begun
     */
    public boolean finishConnect() throws Refusal {
        progress();
        if (error != Errno.SUCCESS) {
            throw Refusal.of(takeError());
        }
        if (state != State.CONNECTED && state != State.CONNECTING) {
            throw Refusal.of(Errno.NOTCONN);
        }
        return state == State.CONNECTED;
    }

    private void progress() throws Refusal {
        requireOpen();
        if (state != State.CONNECTING) {
            return;
        }
        try {
            if (connection().finishConnect()) {
                state = State.CONNECTED;
            }
        } catch (IOException e) {
            error = failed(e).errno();
        }
    }

    /** Back to new, as after a failure the JDK has closed the channel. */
    private Refusal failed(IOException failure) throws Refusal {
        requireStillHere();
        state = State.NEW;
        try {
            drop();
        } catch (IOException e) {
            failure.addSuppressed(e);
        }
        return refusal(failure);
    }

    /** A channel that was closed from elsewhere fails like any other, but is no failed connect. */
    private void requireStillHere() throws Refusal {
        if (isClosed()) {
            throw Refusal.of(Errno.BADF);
        }
    }

    @Override
    public @Nullable Readiness readable() throws Refusal {
        progress();
        if (error != Errno.SUCCESS) {
            return Readiness.GONE;
        }
        return switch (state) {
            case NEW, BOUND -> Readiness.GONE;
            case CONNECTING -> null;
            case LISTENING -> isReady(SelectionKey.OP_ACCEPT) ? new Readiness(1, false) : null;
            case CONNECTED -> readableNow();
        };
    }

    private @Nullable Readiness readableNow() throws Refusal {
        fill();
        if (ahead.held() > 0) {
            return new Readiness(ahead.held(), ahead.isAtEnd());
        }
        return ahead.isAtEnd() || error != Errno.SUCCESS ? Readiness.GONE : null;
    }

    @Override
    public @Nullable Readiness writable() throws Refusal {
        progress();
        if (error != Errno.SUCCESS) {
            return Readiness.GONE;
        }
        return switch (state) {
            case NEW, BOUND -> Readiness.GONE;
            case LISTENING, CONNECTING -> null;
            case CONNECTED -> isReady(WRITE_OR_CONNECT) ? Readiness.WRITABLE : null;
        };
    }

    private static final int WRITE_OR_CONNECT = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    /**
     * Reads what has come.
     *
     * @param target the array to fill
     * @param offset where to start
     * @param length how many bytes at most
     * @param keep whether they are to be read again
     * @return how many were read, 0 for none yet, -1 at the end
     * @throws Refusal {@code ENOTCONN} when it is not connected, or what broke the connection
     */
    public int read(byte[] target, int offset, int length, boolean keep) throws Refusal {
        if (!finishConnect()) {
            return 0;
        }
        fill();
        if (ahead.held() == 0 && error != Errno.SUCCESS) {
            throw Refusal.of(takeError());
        }
        if (ahead.held() == 0) {
            return ahead.isAtEnd() ? -1 : 0;
        }
        return ahead.take(target, offset, length, keep);
    }

    private void fill() throws Refusal {
        try {
            ahead.fill(connection());
        } catch (IOException e) {
            requireStillHere();
            error = SocketErrno.of(e);
        }
    }

    /**
     * Writes what there is room for.
     *
     * @param source the bytes
     * @param offset where they start
     * @param length how many
     * @return how many were written; 0 when there is no room yet
     * @throws Refusal {@code ENOTCONN} when it is not connected, {@code EPIPE} when the other end
     *     is gone, or what broke the connection
     */
    public int write(byte[] source, int offset, int length) throws Refusal {
        if (!finishConnect()) {
            return 0;
        }
        try {
            return connection().write(ByteBuffer.wrap(source, offset, length));
        } catch (IOException e) {
            requireStillHere();
            Errno errno = SocketErrno.of(e);
            // With the channel open, only its output was shut down.
            throw Refusal.of(errno == Errno.BADF ? Errno.PIPE : errno);
        }
    }

    @Override
    public void shutdown(boolean reading, boolean writing) throws Refusal {
        progress();
        if (state != State.CONNECTED) {
            throw Refusal.of(Errno.NOTCONN);
        }
        try {
            if (reading) {
                connection().shutdownInput();
                ahead.end();
            }
            if (writing) {
                connection().shutdownOutput();
            }
        } catch (IOException e) {
            requireStillHere();
            throw refusal(e);
        }
    }

    @Override
    public InetSocketAddress peer() throws Refusal {
        progress();
        if (state != State.CONNECTED) {
            throw Refusal.of(Errno.NOTCONN);
        }
        try {
            return (InetSocketAddress) connection().getRemoteAddress();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    @Override
    public Errno takeError() {
        try {
            progress();
        } catch (Refusal e) {
            return e.errno();
        }
        Errno taken = error;
        error = Errno.SUCCESS;
        return taken;
    }

    @Override
    int interest(boolean reads, boolean writes) {
        return switch (state) {
            case NEW, BOUND -> 0;
            case LISTENING -> reads ? SelectionKey.OP_ACCEPT : 0;
            case CONNECTING -> SelectionKey.OP_CONNECT;
            case CONNECTED ->
                    (reads ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
        };
    }

    private ServerSocketChannel server() throws Refusal {
        if (channel() instanceof ServerSocketChannel server) {
            return server;
        }
        throw Refusal.of(Errno.BADF);
    }

    private SocketChannel connection() throws Refusal {
        if (channel() instanceof SocketChannel connection) {
            return connection;
        }
        throw Refusal.of(Errno.BADF);
    }
}
