package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.limit.Traffic;
import java.io.IOException;

/**
 * What is behind a guest's descriptor number.
 *
 * <p>Its rights say which of its methods may be called at all: reading needs {@code FD_READ},
 * writing {@code FD_WRITE}. None of its methods waits.
 */
interface Descriptor {
    /** What kind of thing it is. */
    FileType type();

    /** Everything that it can be used for, before the guest gave up any of it. */
    long rights();

    /** What things opened through it can be used for. */
    default long inheriting() {
        return 0;
    }

    /** Whether it was not revoked; what was is as if it had never been open. */
    default boolean isOpen() {
        return true;
    }

    /** How it behaves now. */
    int flags();

    /**
     * Changes how it behaves.
     *
     * @throws Refusal when it cannot behave so
     */
    void flags(int flags) throws Refusal;

    /** Whose rate its bytes count for. */
    Traffic traffic();

    /**
     * What can be read now: a number of bytes, 0 for none yet, -1 at the end.
     *
     * @throws Refusal when it was revoked meanwhile
     * @throws IOException when it is broken
     */
    long ready() throws Refusal, IOException;

    /**
     * Reads what is there: a number of bytes, 0 for none yet, -1 at the end.
     *
     * @throws Refusal when it was revoked meanwhile
     * @throws IOException when it is broken
     */
    int read(byte[] target, int offset, int length) throws Refusal, IOException;

    /**
     * Writes some of the bytes, at least one, and gives how many.
     *
     * @throws Refusal when a quota is used up, or it was revoked meanwhile
     * @throws IOException when it is broken
     */
    int write(byte[] source, int offset, int length) throws Refusal, IOException;

    /**
     * Lets go of what is behind it.
     *
     * @throws IOException when that fails; it is closed all the same
     */
    default void close() throws IOException {}
}
