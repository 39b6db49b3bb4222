package dev.cordon.cli;

import dev.cordon.capability.Grant;
import dev.cordon.error.UsageException;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.channels.ServerSocketChannel;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.ParseResult;

/** The sockets that {@code --listen} names, bound until this is closed. */
final class Listeners implements Closeable {
    private static final String OPTION = "--listen";

    private final List<ServerSocketChannel> channels = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();

    private Listeners() {}

    /**
     * Binds them in the order given.
     *
     * @throws UsageException if one of them cannot be bound, saying which and why
     */
    static Listeners of(ParseResult options) {
        Listeners listeners = new Listeners();
        List<String> texts = options.matchedOptionValue(OPTION, List.of());
        try {
            texts.forEach(listeners::bind);
            return listeners;
        } catch (UsageException unusable) {
            listeners.close();
            throw unusable;
        }
    }

    /** The sockets. */
    List<ServerSocketChannel> channels() {
        return channels;
    }

    /** What the user cannot know yet: the ports that the system chose. */
    List<String> notes() {
        return notes;
    }

    private void bind(String text) {
        Grant.Listener place = place(text);
        try {
            ServerSocketChannel channel = ServerSocketChannel.open();
            channels.add(channel);
            channel.bind(new InetSocketAddress(address(place), place.port()));
            if (place.port() == 0) {
                int port = channel.socket().getLocalPort();
                notes.add("listens on tcp://" + place.address() + ":" + port);
            }
        } catch (UnknownHostException unknown) {
            throw unusable(text, "there is no address of that name");
        } catch (IOException unbound) {
            throw unusable(text, String.valueOf(unbound.getMessage()));
        } catch (SecurityException unbound) {
            throw unusable(text, String.valueOf(unbound.getMessage()));
        }
    }

    private static InetAddress address(Grant.Listener place) throws UnknownHostException {
        return InetAddress.getByName(place.address());
    }

    /** Its form is that of the grant, which it stands for. */
    private static Grant.Listener place(String text) {
        try {
            return (Grant.Listener) Grant.parse("net:inbound=" + text);
        } catch (UsageException unusable) {
            throw UsageProblem.ofOption(
                    OPTION,
                    text,
                    "it is not of the form tcp://ADDRESS:PORT",
                    "write it like `tcp://127.0.0.1:8080`, or `tcp://[::1]:8080`");
        }
    }

    private static UsageException unusable(String text, String why) {
        return UsageProblem.ofOption(
                OPTION, text, why, "name an address of this machine and a port that is free");
    }

    @Override
    public void close() {
        for (ServerSocketChannel channel : channels) {
            try {
                channel.close();
            } catch (IOException unclosed) {
                throw new IllegalStateException("a socket cannot be closed", unclosed);
            }
        }
    }
}
