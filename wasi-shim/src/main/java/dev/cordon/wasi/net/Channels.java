package dev.cordon.wasi.net;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.net.StandardProtocolFamily;

/** Opens channels of a family that the machine may not have. */
final class Channels {
    private Channels() {}

    /** Opens a channel of one kind. */
    @FunctionalInterface
    interface Opener<T> {
        /** Opens one. */
        T open(StandardProtocolFamily family) throws IOException;
    }

    /**
     * Opens a channel.
     *
     * @throws Refusal {@code EAFNOSUPPORT} when the machine does not have the family
     * @throws IOException when the system refuses
     */
    static <T> T open(Family family, Opener<T> opener) throws Refusal, IOException {
        try {
            return opener.open(family.protocol());
        } catch (UnsupportedOperationException e) {
            throw Refusal.of(Errno.AFNOSUPPORT);
        }
    }
}
