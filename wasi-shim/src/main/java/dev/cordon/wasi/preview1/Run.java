package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.GuestVectors;
import dev.cordon.wasi.audit.UseApproval;
import dev.cordon.wasi.fs.Mount;
import dev.cordon.wasi.net.Decisions;
import dev.cordon.wasi.net.LentListener;
import dev.cordon.wasi.net.NetworkSession;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The state of one run of a guest: its host, its descriptors, the start of its clock.
 *
 * <p>Nothing of it reaches the next run but the list of buffers, which each call fills anew.
 */
final class Run {
    private final Host host;
    private final DescriptorTable descriptors;
    private final GuestVectors vectors;
    private final long clockStart;
    private @Nullable NetworkSession network;

    private Run(Host host, GuestVectors vectors) {
        this.host = host;
        this.vectors = vectors;
        this.descriptors = new DescriptorTable(host.ledger().limits().descriptors());
        this.clockStart = host.monotonic();
        for (int number = StandardStream.INPUT; number <= StandardStream.ERROR; number++) {
            descriptors.provide(new StandardStream(host, number));
        }
        for (Mount mount : host.mounts()) {
            descriptors.provide(DirectoryDescriptor.preopened(mount));
        }
        // One that is revoked already has its number all the same, so that others keep theirs.
        for (LentListener listener : host.listeners()) {
            descriptors.provide(new SocketDescriptor(network().lend(listener)));
        }
    }

    static Run first(Host host) {
        return new Run(host, new GuestVectors());
    }

    Run next(Host nextHost) {
        return new Run(nextHost, vectors);
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

    /** The network of this run; begun at its first use, since most guests have none. */
    NetworkSession network() {
        NetworkSession begun = network;
        if (begun == null) {
            begun = new NetworkSession(host.network(), host.ledger(), decisions());
            network = begun;
        }
        return begun;
    }

    private Decisions decisions() {
        return host.hasApproval()
                ? new Decisions(host::decided, host::approves)
                : new Decisions(host::decided, UseApproval.NONE);
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
}
