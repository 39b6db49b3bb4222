package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.channels.NetworkChannel;
import java.nio.channels.SelectableChannel;
import java.nio.channels.Selector;
import org.jspecify.annotations.Nullable;

/**
 * A guest's socket. None of its methods waits.
 *
 * <p>Belongs to one thread at a time, but for {@link #close}, which any thread may call: that is
 * how a door is closed behind a guest that runs. From then on every use is {@code EBADF}.
 */
public abstract sealed class GuestSocket implements Closeable permits StreamSocket, DatagramSocket {
    private final Transport transport;
    private final Family family;
    private final SocketAccount account;
    private final SocketSettings settings = new SocketSettings();
    private final SocketEnds ends = new SocketEnds();
    private @Nullable SelectableChannel channel;
    private boolean closed;
    private boolean lent;
    private volatile @Nullable Selector watcher;
    private boolean waitsToRead;
    private boolean waitsToWrite;
    private int readyOperations;

    GuestSocket(Transport transport, Family family, SocketAccount account) {
        this.transport = transport;
        this.family = family;
        this.account = account;
    }

    /**
     * How its bytes travel.
     *
     * @return streams or datagrams
     */
    public final Transport transport() {
        return transport;
    }

    /**
     * Which addresses it reaches.
     *
     * @return its family
     */
    public final Family family() {
        return family;
    }

    /**
     * How it behaves.
     *
     * @return its settings, to be changed in place
     */
    public final SocketSettings settings() {
        return settings;
    }

    /**
     * Whether it can be used.
     *
     * @return false once it was closed here or elsewhere
     */
    public final synchronized boolean isOpen() {
        return !isClosed() && (channel == null || channel.isOpen());
    }

    /**
     * Binds it to an address that was checked.
     *
     * @param local where
     * @throws Refusal when it is bound already or the system refuses
     */
    public abstract void bind(InetSocketAddress local) throws Refusal;

    /**
     * Begins to connect to an address that was checked.
     *
     * @param target where
     * @return whether it is connected already
     * @throws Refusal when it cannot or the system refuses
     */
    public abstract boolean connect(InetSocketAddress target) throws Refusal;

    /**
     * The address of the other end.
     *
     * @return its address
     * @throws Refusal {@code ENOTCONN} when there is none
     */
    public abstract InetSocketAddress peer() throws Refusal;

    /**
     * What it has to read.
     *
     * @return how much, or null when there is nothing yet
     * @throws Refusal when it can never have anything
     */
    public abstract @Nullable Readiness readable() throws Refusal;

    /**
     * Whether it has room to write, as of the last selection.
     *
     * @return how much, or null when there is none yet
     * @throws Refusal when it can never have any
     */
    public abstract @Nullable Readiness writable() throws Refusal;

    /**
     * Ends one or both directions.
     *
     * @param reading whether nothing is to be read any more
     * @param writing whether nothing is to be written any more
     * @throws Refusal {@code ENOTCONN} when it is not connected
     */
    public abstract void shutdown(boolean reading, boolean writing) throws Refusal;

    /**
     * The error that happened while nobody asked, which is then forgotten.
     *
     * @return {@link Errno#SUCCESS} when there was none
     */
    public abstract Errno takeError();

    /** What to select for, as NIO has it; 0 when nothing would ever happen. */
    abstract int interest(boolean reads, boolean writes);

    /** What to select for now, since that changes while it connects. */
    final int interest() {
        return interest(waitsToRead, waitsToWrite);
    }

    /**
     * Its own address.
     *
     * @return the address; null when it has none yet
     * @throws Refusal {@code EBADF} when it is closed
     */
    public final @Nullable InetSocketAddress local() throws Refusal {
        requireOpen();
        try {
            SocketAddress local =
                    channel() instanceof NetworkChannel bound ? bound.getLocalAddress() : null;
            return (InetSocketAddress) local;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /** The channel in use; null when none was needed yet. */
    final synchronized @Nullable SelectableChannel channel() {
        return channel;
    }

    final SocketAccount account() {
        return account;
    }

    /**
     * Uses a channel from now on, made non-blocking and set up, unless the socket was closed
     * meanwhile. The channel before is the caller's to close.
     */
    final void use(SelectableChannel next) throws Refusal, IOException {
        try {
            next.configureBlocking(false);
        } catch (IOException e) {
            next.close();
            throw e;
        }
        if (next instanceof NetworkChannel settable) {
            settings.use(settable);
        }
        synchronized (this) {
            if (!closed) {
                channel = next;
                return;
            }
        }
        next.close();
        throw Refusal.of(Errno.BADF);
    }

    /** Uses a channel that stays open when the socket is closed. */
    final void borrow(SelectableChannel next) {
        channel = next;
        lent = true;
    }

    /** Closes the channel and is as good as new. */
    final synchronized void drop() throws IOException {
        SelectableChannel old = channel;
        channel = null;
        settings.use(null);
        if (old != null) {
            old.close();
        }
    }

    final void requireOpen() throws Refusal {
        if (!isOpen()) {
            throw Refusal.of(Errno.BADF);
        }
    }

    /** Whether it or its door was closed, and its channel did not just fail. */
    private synchronized boolean isClosed() {
        return closed || !account.isOpen();
    }

    /** A channel that was closed from elsewhere fails like any other, but is no failed connect. */
    final void requireStillHere() throws Refusal {
        if (isClosed()) {
            throw Refusal.of(Errno.BADF);
        }
    }

    /** What it reaches and is about to reach. */
    final SocketEnds ends() {
        return ends;
    }

    final void requireReach(InetSocketAddress target) throws Refusal {
        if (!family.reaches(target.getAddress())) {
            throw Refusal.of(Errno.AFNOSUPPORT);
        }
    }

    /** Begins to wait for one more kind of readiness. */
    final void watchedBy(Selector next, boolean reads, boolean writes) {
        watcher = next;
        waitsToRead |= reads;
        waitsToWrite |= writes;
    }

    /** Waits for nothing any more. */
    final void released() {
        watcher = null;
        waitsToRead = false;
        waitsToWrite = false;
        readyOperations = 0;
    }

    final void ready(int operations) {
        readyOperations = operations;
    }

    final boolean isReady(int operation) {
        return (readyOperations & operation) != 0;
    }

    static Refusal refusal(IOException failure) {
        return Refusal.of(SocketErrno.of(failure));
    }

    /** Closes it when nobody could do anything about a failure: its channel is unusable anyway. */
    final void closeQuietly() {
        try {
            close();
        } catch (IOException e) {
            released();
        }
    }

    @Override
    public final void close() throws IOException {
        SelectableChannel last;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            last = lent ? null : channel;
        }
        account.release(this);
        if (last != null) {
            last.close();
        }
        Selector waiting = watcher;
        if (waiting != null) {
            waiting.wakeup();
        }
    }
}
