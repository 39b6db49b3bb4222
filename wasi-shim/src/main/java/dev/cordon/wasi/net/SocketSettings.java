package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.net.SocketOption;
import java.net.StandardSocketOptions;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.NetworkChannel;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How a socket behaves, kept for channels that it does not have yet.
 *
 * <p>What would reach beyond the socket is kept and shown, but never set: sharing a port with
 * others, or lingering, which would hold the thread that closes.
 */
public final class SocketSettings {
    /** What buffer sockets are said to have before they have one. */
    public static final int USUAL_BUFFER_BYTES = 64 * 1024;

    /** Smallest and largest buffer of the system that a guest gets. */
    private static final int MIN_BUFFER_BYTES = 1024;

    private static final int MAX_BUFFER_BYTES = 1 << 20;
    private static final int NO_LINGER = -1;

    private static final Set<SocketOption<?>> APPLIED =
            Set.of(
                    StandardSocketOptions.SO_KEEPALIVE,
                    StandardSocketOptions.SO_SNDBUF,
                    StandardSocketOptions.SO_RCVBUF,
                    StandardSocketOptions.TCP_NODELAY);

    private final Map<SocketOption<?>, Object> values = new LinkedHashMap<>();
    private @Nullable NetworkChannel channel;
    private boolean blocking = true;
    private long receiveTimeoutMicros;
    private long sendTimeoutMicros;
    private int lingerSeconds = NO_LINGER;

    SocketSettings() {}

    /**
     * Sets an option that is on or off.
     *
     * @param option which
     * @param on how
     * @throws Refusal when the system refuses
     */
    public void set(SocketOption<Boolean> option, boolean on) throws Refusal {
        keep(option, on);
    }

    /**
     * Sets how much the system buffers, within bounds.
     *
     * @param option which direction
     * @param bytes how much
     * @throws Refusal when the system refuses
     */
    public void setBuffer(SocketOption<Integer> option, long bytes) throws Refusal {
        keep(option, (int) Math.max(MIN_BUFFER_BYTES, Math.min(bytes, MAX_BUFFER_BYTES)));
    }

    /**
     * How an option is set.
     *
     * @param option which
     * @param unset the answer when nothing is known of it
     * @param <T> its type
     * @return its value
     */
    public <T> T get(SocketOption<T> option, T unset) {
        NetworkChannel current = channel;
        try {
            if (current != null && isApplied(current, option)) {
                return current.getOption(option);
            }
        } catch (IOException e) {
            return unset;
        }
        Object kept = values.get(option);
        return kept == null ? unset : option.type().cast(kept);
    }

    /**
     * Whether the guest's calls wait.
     *
     * @return true unless it asked for the opposite
     */
    public boolean isBlocking() {
        return blocking;
    }

    /**
     * Sets whether the guest's calls wait.
     *
     * @param next whether they do
     */
    public void blocking(boolean next) {
        blocking = next;
    }

    /**
     * How long a guest waits for something to read.
     *
     * @return microseconds; 0 for no end
     */
    public long receiveTimeoutMicros() {
        return receiveTimeoutMicros;
    }

    /**
     * Sets how long a guest waits for something to read.
     *
     * @param micros microseconds; 0 for no end
     */
    public void receiveTimeoutMicros(long micros) {
        receiveTimeoutMicros = micros;
    }

    /**
     * How long a guest waits for room to write.
     *
     * @return microseconds; 0 for no end
     */
    public long sendTimeoutMicros() {
        return sendTimeoutMicros;
    }

    /**
     * Sets how long a guest waits for room to write.
     *
     * @param micros microseconds; 0 for no end
     */
    public void sendTimeoutMicros(long micros) {
        sendTimeoutMicros = micros;
    }

    /**
     * How long the guest wants the system to linger; it never does.
     *
     * @return seconds; negative for not at all
     */
    public int lingerSeconds() {
        return lingerSeconds;
    }

    /**
     * Takes note of how long the guest wants the system to linger.
     *
     * @param seconds negative for not at all
     */
    public void lingerSeconds(int seconds) {
        lingerSeconds = Math.max(NO_LINGER, seconds);
    }

    /** Sets another channel up. */
    void use(@Nullable NetworkChannel next) {
        channel = next;
        if (next != null) {
            for (Map.Entry<SocketOption<?>, Object> entry : values.entrySet()) {
                applyIfPossible(next, entry.getKey(), entry.getValue());
            }
        }
    }

    private <T> void keep(SocketOption<T> option, T value) throws Refusal {
        NetworkChannel current = channel;
        if (current != null && isApplied(current, option)) {
            try {
                current.setOption(option, value);
            } catch (IOException e) {
                throw Refusal.of(
                        e instanceof ClosedChannelException ? Errno.BADF : SocketErrno.of(e));
            }
        }
        values.put(option, value);
    }

    private static <T> void applyIfPossible(
            NetworkChannel channel, SocketOption<T> option, Object value) {
        if (!isApplied(channel, option)) {
            return;
        }
        try {
            channel.setOption(option, option.type().cast(value));
        } catch (IOException e) {
            // A wish that the system does not grant; the guest can ask what it has got.
            return;
        }
    }

    private static boolean isApplied(NetworkChannel channel, SocketOption<?> option) {
        return APPLIED.contains(option) && channel.supportedOptions().contains(option);
    }
}
