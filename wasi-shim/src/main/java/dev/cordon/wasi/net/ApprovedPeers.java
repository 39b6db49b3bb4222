package dev.cordon.wasi.net;

import java.net.InetSocketAddress;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * Whom a guest sent a datagram to that no rule but the embedder allowed, so that the answer reaches
 * it. Belongs to one thread at a time.
 */
final class ApprovedPeers {
    /** Most peers kept; the one that was added longest ago is forgotten. */
    static final int MAX_PEERS = 64;

    private final Set<InetSocketAddress> peers = new LinkedHashSet<>();

    void add(InetSocketAddress peer) {
        peers.add(peer);
        if (peers.size() > MAX_PEERS) {
            Iterator<InetSocketAddress> oldest = peers.iterator();
            oldest.next();
            oldest.remove();
        }
    }

    boolean contains(InetSocketAddress peer) {
        return peers.contains(peer);
    }
}
