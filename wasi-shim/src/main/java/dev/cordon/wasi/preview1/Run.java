package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.GuestVectors;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.net.LentListener;
import dev.cordon.wasi.net.NetworkSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The state of one run of a guest: its host, its descriptors, the start of its clock.
 *
 * <p>Nothing of it reaches the next run but the copy buffers, which no guest can read.
 */
final class Run {
    /** Size of the buffer that all copies go through, so that no guest sizes an allocation. */
    static final int BUFFER_BYTES = 16 * 1024;

    private final Host host;
    private final DescriptorTable descriptors = new DescriptorTable();
    private final GuestVectors vectors;
    private final long clockStart;
    private byte[] buffer;
    private @Nullable NetworkSession network;

    private Run(Host host, GuestVectors vectors, byte[] buffer) {
        this.host = host;
        this.vectors = vectors;
        this.buffer = buffer;
        this.clockStart = host.monotonic();
        openStandardStreams();
        openListeners();
    }

    static Run first(Host host) {
        return new Run(host, new GuestVectors(), new byte[0]);
    }

    Run next(Host nextHost) {
        return new Run(nextHost, vectors, buffer);
    }

    Host host() {
        return host;
    }

    DescriptorTable descriptors() {
        return descriptors;
    }

    GuestVectors vectors() {
        return vectors;
    }

    /** Where the monotonic clock of the host stood when this run began. */
    long clockStart() {
        return clockStart;
    }

    /** The copy buffer; made at its first use, since most instances of a pool never copy. */
    byte[] buffer() {
        if (buffer.length == 0) {
            buffer = new byte[BUFFER_BYTES];
        }
        return buffer;
    }

    /** The network of this run; begun at its first use, since most guests have none. */
    NetworkSession network() {
        NetworkSession begun = network;
        if (begun == null) {
            begun = new NetworkSession(host.network(), host.ledger(), host::decided);
            network = begun;
        }
        return begun;
    }

    long bytesReceived() {
        return network == null ? 0 : network.bytesReceived();
    }

    long bytesSent() {
        return network == null ? 0 : network.bytesSent();
    }

    /** Closes every descriptor. */
    void close() {
        try {
            descriptors.closeAll();
            if (network != null) {
                network.close();
            }
        } catch (IOException e) {
            host.failed("close", e);
        }
    }

    /**
     * One whose door is closed has its number all the same, so that those behind it keep theirs.
     */
    private void openListeners() {
        try {
            for (LentListener listener : host.listeners()) {
                descriptors.add(new SocketDescriptor(network().lend(listener)));
            }
        } catch (Refusal e) {
            throw new IllegalStateException("there are more listeners than descriptors", e);
        }
    }

    private void openStandardStreams() {
        try {
            for (int number = StandardStream.INPUT; number <= StandardStream.ERROR; number++) {
                descriptors.add(new StandardStream(host, number));
            }
        } catch (Refusal e) {
            throw new IllegalStateException("an empty table has room for three descriptors", e);
        }
    }
}
