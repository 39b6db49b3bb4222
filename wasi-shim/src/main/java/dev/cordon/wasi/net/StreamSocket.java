package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
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

    private static final int WRITE_OR_CONNECT = SelectionKey.OP_WRITE | SelectionKey.OP_CONNECT;

    private State state = State.NEW;
    private @Nullable StreamConnection connection;
    private Errno failure = Errno.SUCCESS;

    StreamSocket(Family family, SocketAccount account) {
        super(Transport.TCP, family, account);
    }

    static StreamSocket lent(ServerSocketChannel channel, SocketAccount account) {
        boolean six = channel.socket().getInetAddress() instanceof Inet6Address;
        StreamSocket socket = new StreamSocket(six ? Family.V6 : Family.V4, account);
        socket.borrow(channel);
        socket.state = State.LISTENING;
        return socket;
    }

    /**
     * Whether connections are accepted on it.
     *
     * @return true after {@link #listen}
     */
    public boolean isListening() {
        return state == State.LISTENING;
    }

    @Override
    public void bind(InetSocketAddress local) throws Refusal {
        requireOpen();
        requireReach(local);
        if (state != State.NEW) {
            throw Refusal.of(Errno.INVAL);
        }
        ends().takeWanted();
        try {
            use(Channels.open(family(), ServerSocketChannel::open));
            server().bind(local, MAX_BACKLOG);
            state = State.BOUND;
        } catch (IOException e) {
            throw failed(e);
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
        accepted.ends().comeFrom(ends());
        boolean done = false;
        try {
            SocketChannel channel = server().accept();
            if (channel == null) {
                return null;
            }
            accepted.use(channel);
            accepted.connected(channel);
            account.register(accepted);
            requireOpen(); // or the accepted one may be the only one that was not closed
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
            default -> failure = Errno.SUCCESS;
        }
        ends().takeWanted();
        try {
            InetSocketAddress local = state == State.BOUND ? local() : null;
            drop();
            SocketChannel channel = Channels.open(family(), SocketChannel::open);
            use(channel);
            if (local != null) {
                channel.setOption(StandardSocketOptions.SO_REUSEADDR, true);
                channel.bind(local);
            }
            state = State.CONNECTING;
            if (channel.connect(target)) {
                connected(channel);
            }
            return state == State.CONNECTED;
        } catch (IOException e) {
            throw failed(e);
        }
    }

    private void connected(SocketChannel channel) {
        connection = new StreamConnection(this, channel);
        state = State.CONNECTED;
    }

    /**
     * Sees how connecting goes.
     *
     * @return whether it is connected now
     * @throws Refusal when it failed, {@code ENOTCONN} when it was never begun
     */
    public boolean finishConnect() throws Refusal {
        progress();
        if (failure != Errno.SUCCESS) {
            throw Refusal.of(takeError());
        }
        if (state != State.CONNECTED && state != State.CONNECTING) {
            throw Refusal.of(Errno.NOTCONN);
        }
        return state == State.CONNECTED;
    }

    private void progress() throws Refusal {
        requireOpen();
        if (state == State.CONNECTING && channel() instanceof SocketChannel channel) {
            try {
                if (channel.finishConnect()) {
                    connected(channel);
                }
            } catch (IOException e) {
                failure = failed(e).errno();
            }
        }
    }

    private StreamConnection connection() throws Refusal {
        StreamConnection known = connection;
        if (known == null || state != State.CONNECTED) {
            throw Refusal.of(Errno.NOTCONN);
        }
        return known;
    }

    /** Back to new, as after a failure the JDK has closed the channel. */
    private Refusal failed(IOException problem) throws Refusal {
        requireStillHere();
        state = State.NEW;
        try {
            drop();
        } catch (IOException e) {
            problem.addSuppressed(e);
        }
        return refusal(problem);
    }

    @Override
    public @Nullable Readiness readable() throws Refusal {
        progress();
        return switch (state) {
            case NEW, BOUND -> Readiness.GONE;
            case CONNECTING -> null;
            case LISTENING -> isReady(SelectionKey.OP_ACCEPT) ? new Readiness(1, false) : null;
            case CONNECTED -> connection().readable();
        };
    }

    @Override
    public @Nullable Readiness writable() throws Refusal {
        progress();
        return switch (state) {
            case NEW, BOUND -> Readiness.GONE;
            case LISTENING, CONNECTING -> null;
            case CONNECTED -> isReady(WRITE_OR_CONNECT) ? Readiness.WRITABLE : null;
        };
    }

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
        return finishConnect() ? connection().read(target, offset, length, keep) : 0;
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
        return finishConnect() ? connection().write(source, offset, length) : 0;
    }

    @Override
    public void shutdown(boolean reading, boolean writing) throws Refusal {
        progress();
        connection().shutdown(reading, writing);
    }

    @Override
    public InetSocketAddress peer() throws Refusal {
        progress();
        return connection().peer();
    }

    @Override
    public Errno takeError() {
        try {
            progress();
        } catch (Refusal e) {
            return e.errno();
        }
        Errno taken = failure;
        failure = Errno.SUCCESS;
        return taken == Errno.SUCCESS && connection != null ? connection.takeError() : taken;
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
}
