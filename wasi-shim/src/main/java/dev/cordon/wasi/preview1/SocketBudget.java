package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Traffic;
import dev.cordon.wasi.net.GuestSocket;

/** How fast bytes may flow to and from the network. */
final class SocketBudget {
    private SocketBudget() {}

    /**
     * Takes bytes of the network's rate, and waits until there are any.
     *
     * @throws Refusal {@code EAGAIN} when the guest or the rate does not want to wait
     */
    static void spend(GuestCall call, GuestSocket socket, int bytes) throws Refusal {
        Ledger ledger = call.host().ledger();
        long nanos = ledger.take(Traffic.NETWORK, bytes);
        if (nanos == 0) {
            return;
        }
        if (ledger.refuses(Traffic.NETWORK) || !socket.settings().isBlocking()) {
            throw Refusal.of(Errno.AGAIN);
        }
        try (Wait wait = call.startWait()) {
            while (nanos > 0) {
                wait.pause(nanos);
                nanos = ledger.take(Traffic.NETWORK, bytes);
            }
        }
    }
}
