package dev.cordon.wasi.fs;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Path;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The entries of a {@link SecureDirectory}, of which the cursor owns a handle of its own. */
final class SecureEntries implements EntryCursor {
    private final SecureDirectory directory;
    private final Iterator<Path> entries;
    private boolean closed;

    SecureEntries(SecureDirectory directory) {
        this.directory = directory;
        this.entries = directory.stream().iterator();
    }

    @Override
    public @Nullable Entry next() throws IOException {
        if (closed) {
            throw new IOException("the list of entries is closed");
        }
        try {
            while (entries.hasNext()) {
                Entry entry = entry(entries.next().getFileName());
                if (entry != null) {
                    return entry;
                }
            }
            return null;
        } catch (DirectoryIteratorException e) {
            throw e.getCause();
        }
    }

    /** One entry, or null when it is gone or nothing for a guest. */
    private @Nullable Entry entry(Path name) throws IOException {
        String text = HostName.text(name);
        if (text == null || HostName.isDraft(text)) {
            return null;
        }
        FileStat stat = directory.find(name);
        return stat == null ? null : new Entry(text, stat.inode(), stat.type());
    }

    @Override
    public void close() throws IOException {
        closed = true;
        directory.close();
    }
}
