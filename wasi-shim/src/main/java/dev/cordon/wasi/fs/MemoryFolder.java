package dev.cordon.wasi.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A directory in memory. Each entry has a number that only grows, so that a list of entries can go
 * on where it was, whatever was added or removed meanwhile.
 */
final class MemoryFolder extends MemoryNode {
    /** A name and what it names. */
    record Entry(long number, String name, MemoryNode node) {}

    private final Map<String, Entry> byName = new HashMap<>();
    private final NavigableMap<Long, Entry> byNumber = new TreeMap<>();
    private final boolean root;
    private @Nullable MemoryFolder parent;
    private long lastNumber;
    private int folders;
    private boolean removed;

    /** The root of a file system, which takes nothing of its capacity. */
    MemoryFolder(MemoryTree tree) {
        super(tree);
        this.root = true;
    }

    /**
     * An empty directory without a name yet.
     *
     * @throws Refusal {@code ENOSPC} when there is no room
     */
    MemoryFolder(MemoryFolder parent) throws Refusal {
        super(parent.tree());
        this.root = false;
        tree().takeFile(0);
    }

    @Override
    FileType type() {
        return FileType.DIRECTORY;
    }

    @Override
    long size() {
        return byName.size();
    }

    @Override
    long links() {
        return 2L + folders;
    }

    @Override
    void free() {
        if (!root) {
            tree().giveFile(0);
        }
    }

    boolean isEmpty() {
        return byName.isEmpty();
    }

    boolean isRemoved() {
        return removed;
    }

    /** Whether this is the folder, or lies somewhere in it. */
    boolean isWithin(MemoryFolder folder) {
        for (MemoryFolder each = this; each != null; each = each.parent) {
            if (each == folder) {
                return true;
            }
        }
        return false;
    }

    @Nullable MemoryNode find(String name) {
        Entry entry = byName.get(name);
        return entry == null ? null : entry.node();
    }

    /**
     * What has a name.
     *
     * @throws Refusal {@code ENOENT} when nothing has
     */
    MemoryNode get(String name) throws Refusal {
        MemoryNode node = find(name);
        if (node == null) {
            throw Refusal.of(Errno.NOENT);
        }
        return node;
    }

    /** The first entry behind a number, or null behind the last. */
    @Nullable Entry after(long number) {
        Map.Entry<Long, Entry> next = byNumber.higherEntry(number);
        return next == null ? null : next.getValue();
    }

    /**
     * Gives a node a name that is free.
     *
     * @throws Refusal {@code ENOSPC} when there is no room for the name
     */
    void add(String name, MemoryNode node) throws Refusal {
        tree().take(cost(name));
        lastNumber++;
        Entry entry = new Entry(lastNumber, name, node);
        byName.put(name, entry);
        byNumber.put(entry.number(), entry);
        if (node instanceof MemoryFolder folder) {
            folders++;
            folder.parent = this;
        }
        node.named();
        modified();
    }

    /** Takes a name away; what had only that name is gone when nobody has it open. */
    void remove(String name) {
        MemoryNode node = detach(name);
        if (node instanceof MemoryFolder folder) {
            folder.removed = true;
            folder.parent = null;
        }
        node.unnamed();
    }

    /**
     * Moves an entry; the new name is free.
     *
     * @throws Refusal {@code ENOSPC} when there is no room for the new name
     */
    void move(String name, MemoryFolder to, String newName) throws Refusal {
        to.add(newName, get(name));
        detach(name).unnamed();
    }

    private MemoryNode detach(String name) {
        Entry entry = byName.remove(name);
        if (entry == null) {
            throw new IllegalStateException("no entry to remove");
        }
        byNumber.remove(entry.number());
        tree().give(cost(name));
        if (entry.node() instanceof MemoryFolder) {
            folders--;
        }
        modified();
        return entry.node();
    }

    private static long cost(String name) {
        return MemoryTree.ENTRY_BYTES + 2L * name.getBytes(UTF_8).length;
    }
}
