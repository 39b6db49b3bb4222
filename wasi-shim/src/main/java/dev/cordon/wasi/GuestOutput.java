package dev.cordon.wasi;

import java.io.IOException;
import java.io.OutputStream;

/** Where a guest's standard output or error goes. Called on the thread that runs the guest. */
@FunctionalInterface
public interface GuestOutput {
    /**
     * Takes all of some bytes.
     *
     * <p>A {@link RuntimeException}, say of an embedder that counts, ends the guest and leaves the
     * host function as it is.
     *
     * @param source the bytes; not to be kept or changed
     * @param offset where they start
     * @param length how many; at least 1, at most 64 KiB
     * @throws IOException when they cannot be taken; the guest sees {@code EPIPE} or {@code EIO}
     */
    void write(byte[] source, int offset, int length) throws IOException;

    /**
     * Nowhere.
     *
     * @return an output that forgets all it is given
     */
    static GuestOutput discard() {
        return (source, offset, length) -> {};
    }

    /**
     * A stream of the host, flushed after each write so that a guest's prompt is seen.
     *
     * @param stream takes the bytes; never closed
     * @return an output; as thread-safe as the stream
     */
    static GuestOutput to(OutputStream stream) {
        return (source, offset, length) -> {
            stream.write(source, offset, length);
            stream.flush();
        };
    }
}
