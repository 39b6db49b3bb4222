package dev.cordon.wasi;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;

/**
 * Where a guest's standard input comes from. Called on the thread that runs the guest.
 *
 * <p>Neither method may wait: it is the host function that waits, in slices, so that a guest that
 * reads still sees its deadline.
 */
public interface GuestInput extends Closeable {
    /**
     * What can be read without waiting.
     *
     * @return how many bytes, 0 for none yet, -1 at the end
     * @throws IOException when the input is broken; the guest sees {@code EIO}
     */
    long ready() throws IOException;

    /**
     * Reads what is there.
     *
     * @param target the array to fill
     * @param offset where to start
     * @param length how many bytes at most; at least 1, at most 64 KiB
     * @return how many were read, 0 for none yet, -1 at the end
     * @throws IOException when the input is broken; the guest sees {@code EIO}
     */
    int read(byte[] target, int offset, int length) throws IOException;

    /**
     * Says that no guest will read it any more; what it reads from stays open.
     *
     * @throws IOException when it is broken
     */
    @Override
    default void close() throws IOException {}

    /**
     * Nothing.
     *
     * @return an input that is at its end
     */
    static GuestInput empty() {
        return of(new byte[0]);
    }

    /**
     * Bytes that are there already.
     *
     * @param bytes the whole input; not copied, so not to be changed while a guest reads
     * @return an input that gives them once
     */
    static GuestInput of(byte[] bytes) {
        return new BytesInput(bytes);
    }

    /**
     * A stream of the host that may block: a pipe, a socket, a terminal, a file.
     *
     * <p>A daemon thread reads ahead, 64 KiB at most, from the moment that a guest first asks; it
     * ends at the end of the stream, or once it was closed and the stream gives something. A stream
     * that never ends and never gives anything keeps its thread, so use one input for one stream
     * and not one for each call.
     *
     * @param stream read by that thread alone; never closed
     * @return an input; safe for use by many guests, each byte of which one of them gets
     */
    static GuestInput of(InputStream stream) {
        return new PumpedInput(stream);
    }

    /**
     * The standard input of this process.
     *
     * @return always the same input, with one thread for the life of the process
     */
    static GuestInput system() {
        return SystemInput.INPUT;
    }
}
