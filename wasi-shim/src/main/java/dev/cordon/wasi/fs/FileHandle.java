package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Refusal;
import java.io.Closeable;
import java.io.IOException;

/**
 * An open regular file, without a position of its own.
 *
 * <p>It is the file itself, not its name. Thread-safe; after {@link #close} every method refuses
 * with {@code EBADF}. No method waits for anything but the disk.
 */
public interface FileHandle extends Closeable {
    /**
     * What is known of the file.
     *
     * @return its attributes
     * @throws Refusal when it is closed
     * @throws IOException when the host cannot tell
     */
    FileStat stat() throws Refusal, IOException;

    /**
     * Reads.
     *
     * @param position where in the file; 0 or more
     * @param target the array to fill
     * @param offset where in the array
     * @param length how many bytes at most
     * @return how many were read; 0 at the end
     * @throws Refusal when it is closed or was not opened for reading
     * @throws IOException when the host cannot
     */
    int read(long position, byte[] target, int offset, int length) throws Refusal, IOException;

    /**
     * Writes all of the bytes or, at a quota, as many as fit and at least one.
     *
     * @param position where in the file; 0 or more
     * @param source the bytes
     * @param offset where they start
     * @param length how many
     * @return how many were written
     * @throws Refusal {@code EFBIG}, {@code EDQUOT} or {@code ENOSPC} when nothing fits
     * @throws IOException when the host cannot
     */
    int write(long position, byte[] source, int offset, int length) throws Refusal, IOException;

    /**
     * Writes at the end, wherever that is now; nothing is lost between two who do so at once.
     *
     * @param source the bytes
     * @param offset where they start
     * @param length how many
     * @return the position behind the last byte written
     * @throws Refusal as {@link #write}
     * @throws IOException when the host cannot
     */
    long append(byte[] source, int offset, int length) throws Refusal, IOException;

    /**
     * How long the file is.
     *
     * @return bytes
     * @throws Refusal when it is closed
     * @throws IOException when the host cannot tell
     */
    long size() throws Refusal, IOException;

    /**
     * Cuts the file or extends it with zeros.
     *
     * @param size bytes; 0 or more
     * @throws Refusal a quota's, or when it was not opened for writing
     * @throws IOException when the host cannot
     */
    void resize(long size) throws Refusal, IOException;

    /**
     * Changes the file's times.
     *
     * @param times which, and to what
     * @throws Refusal when it is closed
     * @throws IOException when the host cannot
     */
    void setTimes(TimeChange times) throws Refusal, IOException;

    /**
     * Waits until what was written is stored.
     *
     * @param attributes whether the attributes too
     * @throws Refusal when it is closed
     * @throws IOException when the host cannot
     */
    void sync(boolean attributes) throws Refusal, IOException;

    @Override
    void close() throws IOException;
}
