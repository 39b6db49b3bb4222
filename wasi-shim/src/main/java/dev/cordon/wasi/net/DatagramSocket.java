package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A socket for datagrams.
 *
 * <p>One that the guest bound, by an inbound rule, receives from everybody. Any other receives only
 * from where it may send: sending must not open a door that no inbound rule opens.
 */
public final class DatagramSocket extends GuestSocket {
    /** Largest datagram that IPv4 carries, and the largest that a guest sends or receives. */
    public static final int MAX_DATAGRAM_BYTES = 65_507;

    /** Most unwanted datagrams thrown away at one look, so that a flood cannot hold the host. */
    private static final int MAX_DROPS = 64;

    private final Predicate<InetSocketAddress> answers;
    private byte[] arrival = new byte[0];
    private int arrived;
    private @Nullable InetSocketAddress sender;
    private boolean bound;
    private boolean readingEnded;
    private boolean writingEnded;
    private Errno error = Errno.SUCCESS;

    DatagramSocket(Family family, SocketAccount account, Predicate<InetSocketAddress> answers) {
        super(Transport.UDP, family, account);
        this.answers = answers;
    }

    @Override
    public void bind(InetSocketAddress local) throws Refusal {
        requireOpen();
        requireReach(local);
        DatagramChannel channel = open();
        try {
            if (channel.getLocalAddress() != null) {
                throw Refusal.of(Errno.INVAL);
            }
            ends().takeWanted();
            channel.bind(local);
            bound = true;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    @Override
    public boolean connect(InetSocketAddress target) throws Refusal {
        requireOpen();
        requireReach(target);
        DatagramChannel channel = open();
        try {
            if (channel.isConnected()) {
                channel.disconnect();
            }
            ends().takeWanted();
            channel.connect(target);
            sender = null;
            return true;
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    /**
     * Sends a datagram to an address that was checked, or to the peer.
     *
     * @param source the bytes
     * @param offset where they start
     * @param length how many; at most {@value #MAX_DATAGRAM_BYTES}
     * @param target where to; null for the peer
     * @return whether it was sent; if not, there is no room yet
     * @throws Refusal {@code EDESTADDRREQ} without target or peer, {@code EISCONN} with both, or
     *     what the system says
     */
    public boolean send(byte[] source, int offset, int length, @Nullable InetSocketAddress target)
            throws Refusal {
        requireOpen();
        if (writingEnded) {
            throw Refusal.of(Errno.PIPE);
        }
        DatagramChannel channel = open();
        ByteBuffer content = ByteBuffer.wrap(source, offset, length);
        try {
            if (target == null) {
                return sendToPeer(channel, content);
            }
            requireReach(target);
            if (channel.isConnected() && !target.equals(channel.getRemoteAddress())) {
                throw Refusal.of(Errno.ISCONN);
            }
            return channel.send(content, target) == length && !content.hasRemaining();
        } catch (IOException e) {
            throw refusal(e);
        }
    }

    private static boolean sendToPeer(DatagramChannel channel, ByteBuffer content)
            throws Refusal, IOException {
        if (!channel.isConnected()) {
            throw Refusal.of(Errno.DESTADDRREQ);
        }
        channel.write(content);
        return !content.hasRemaining();
    }

    @Override
    public @Nullable Readiness readable() throws Refusal {
        requireOpen();
        if (readingEnded || error != Errno.SUCCESS) {
            return Readiness.GONE;
        }
        return arrive() == null ? null : new Readiness(arrived, false);
    }

    @Override
    public @Nullable Readiness writable() throws Refusal {
        requireOpen();
        return writingEnded ? Readiness.GONE : Readiness.WRITABLE;
    }

    /**
     * Who sent the datagram that is next.
     *
     * @return its sender; null when none has come yet
     * @throws Refusal what happened to the socket meanwhile
     */
    public @Nullable InetSocketAddress arrive() throws Refusal {
        requireOpen();
        if (sender != null || readingEnded || !(channel() instanceof DatagramChannel channel)) {
            return sender;
        }
        if (arrival.length == 0) {
            arrival = new byte[MAX_DATAGRAM_BYTES];
        }
        try {
            // A channel that was never bound would bind itself here.
            boolean receives = channel.getLocalAddress() != null;
            for (int i = 0; i < MAX_DROPS && receives; i++) {
                ByteBuffer target = ByteBuffer.wrap(arrival);
                InetSocketAddress from = (InetSocketAddress) channel.receive(target);
                if (from == null) {
                    return null;
                }
                if (bound || channel.isConnected() || answers.test(from)) {
                    arrived = target.position();
                    sender = from;
                    return from;
                }
            }
            return null;
        } catch (IOException e) {
            error = refusal(e).errno();
            throw Refusal.of(takeError());
        }
    }

    /**
     * How long the datagram is that {@link #arrive} told of.
     *
     * @return bytes
     */
    public int arrivedBytes() {
        return arrived;
    }

    /**
     * The datagram that {@link #arrive} told of.
     *
     * @param keep whether it is to be received again
     * @return an array that it starts; valid until the next arrival
     */
    public byte[] take(boolean keep) {
        if (!keep) {
            sender = null;
        }
        return arrival;
    }

    @Override
    public void shutdown(boolean reading, boolean writing) throws Refusal {
        peer();
        readingEnded |= reading;
        writingEnded |= writing;
    }

    /**
     * Whether nothing is to be read any more.
     *
     * @return true after such a {@link #shutdown}
     */
    public boolean isReadingEnded() {
        return readingEnded;
    }

    @Override
    public InetSocketAddress peer() throws Refusal {
        requireOpen();
        try {
            if (channel() instanceof DatagramChannel channel && channel.isConnected()) {
                return (InetSocketAddress) channel.getRemoteAddress();
            }
        } catch (IOException e) {
            throw refusal(e);
        }
        throw Refusal.of(Errno.NOTCONN);
    }

    @Override
    public Errno takeError() {
        Errno taken = error;
        error = Errno.SUCCESS;
        return taken;
    }

    @Override
    int interest(boolean reads, boolean writes) {
        return (reads ? SelectionKey.OP_READ : 0) | (writes ? SelectionKey.OP_WRITE : 0);
    }

    private DatagramChannel open() throws Refusal {
        if (channel() instanceof DatagramChannel channel) {
            return channel;
        }
        try {
            DatagramChannel channel = Channels.open(family(), DatagramChannel::open);
            use(channel);
            return channel;
        } catch (IOException e) {
            throw refusal(e);
        }
    }
}
