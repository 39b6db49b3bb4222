package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.limit.Ledger;

/** What a socket counts against, and the door that it came through. Thread-safe. */
final class SocketAccount {
    private final Ledger ledger;
    private final OpenSockets door;
    private final boolean counted;

    private SocketAccount(Ledger ledger, OpenSockets door, boolean counted) {
        this.ledger = ledger;
        this.door = door;
        this.counted = counted;
    }

    /**
     * An account that counts one socket, until {@link #release}.
     *
     * @throws Refusal {@code ENFILE} when there may not be one more
     */
    static SocketAccount open(Ledger ledger, OpenSockets door) throws Refusal {
        if (!ledger.connect()) {
            throw Refusal.of(Errno.NFILE);
        }
        return new SocketAccount(ledger, door, true);
    }

    /** An account for a socket that is the embedder's. */
    static SocketAccount lent(Ledger ledger, OpenSockets door) {
        return new SocketAccount(ledger, door, false);
    }

    /**
     * An account for a socket that came out of this one.
     *
     * @throws Refusal {@code ENFILE} when there may not be one more
     */
    SocketAccount another() throws Refusal {
        return open(ledger, door);
    }

    /**
     * Takes note of the socket of this account.
     *
     * @throws Refusal {@code EBADF} when the door is closed
     */
    <T extends GuestSocket> T register(T socket) throws Refusal {
        add(socket);
        if (!socket.isOpen()) {
            throw Refusal.of(Errno.BADF);
        }
        return socket;
    }

    /** Takes note of the socket of this account; it is closed at once when the door is. */
    void add(GuestSocket socket) {
        door.add(socket);
    }

    /** Whether the door is open; when it is not, its sockets are about to be closed. */
    boolean isOpen() {
        return door.isOpen();
    }

    /** Counts the socket no longer; to be called once. */
    void release(GuestSocket socket) {
        door.remove(socket);
        if (counted) {
            ledger.disconnect();
        }
    }
}
