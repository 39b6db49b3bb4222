package dev.cordon.wasi.fs;

import org.jspecify.annotations.Nullable;

/** A place in the list of a directory in memory; what is added or removed does not move it. */
final class MemoryCursor implements EntryCursor {
    private final MemoryFolder folder;
    private long last;

    MemoryCursor(MemoryFolder folder) {
        this.folder = folder;
    }

    @Override
    public @Nullable Entry next() {
        synchronized (folder.tree()) {
            MemoryFolder.Entry entry = folder.after(last);
            if (entry == null) {
                return null;
            }
            last = entry.number();
            return new Entry(entry.name(), entry.node().inode(), entry.node().type());
        }
    }

    @Override
    public void close() {}
}
