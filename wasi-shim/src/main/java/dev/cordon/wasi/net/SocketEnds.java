package dev.cordon.wasi.net;

import org.jspecify.annotations.Nullable;

/**
 * Both ends of a socket, and the one that it is about to have, so that whoever changes the rules
 * knows what to close. Changed by the thread of the socket, read by any.
 */
final class SocketEnds {
    private volatile @Nullable Reach wanted;
    private volatile @Nullable Reach local;
    private volatile @Nullable Reach peer;

    /** What is about to be used, told before it is checked; null when the check refused it. */
    void want(@Nullable Reach next) {
        wanted = next;
    }

    /** What was checked last is its own end from now on, or the other end. */
    void takeWanted() {
        Reach taken = wanted;
        if (taken != null && taken.inbound()) {
            local = taken;
        } else {
            peer = taken;
        }
    }

    /** It came out of a listener, and has the same end. */
    void comeFrom(SocketEnds listener) {
        local = listener.local;
    }

    /** Whether rules allow all of them. */
    boolean areAllowed(NetworkRules rules, Transport transport) {
        return isAllowed(wanted, rules, transport)
                && isAllowed(local, rules, transport)
                && isAllowed(peer, rules, transport);
    }

    private static boolean isAllowed(
            @Nullable Reach reach, NetworkRules rules, Transport transport) {
        return reach == null || reach.isAllowed(rules, transport);
    }
}
