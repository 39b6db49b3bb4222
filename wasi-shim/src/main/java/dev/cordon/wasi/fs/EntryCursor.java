package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.FileType;
import java.io.Closeable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A place in the list of a directory's entries. Belongs to one thread at a time. */
public interface EntryCursor extends Closeable {
    /**
     * One entry of a directory.
     *
     * @param name its name
     * @param inode which file it is
     * @param type what it is, symbolic links not followed
     */
    record Entry(String name, long inode, FileType type) {}

    /**
     * Goes on to the next entry; names that are not UTF-8 are left out, since no guest could say
     * them.
     *
     * @return the entry, or null behind the last
     * @throws IOException when the host cannot read on
     */
    @Nullable Entry next() throws IOException;

    @Override
    void close() throws IOException;
}
