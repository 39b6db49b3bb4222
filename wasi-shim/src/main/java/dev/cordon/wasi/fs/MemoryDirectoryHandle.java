package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import org.jspecify.annotations.Nullable;

/** An open directory in memory. */
final class MemoryDirectoryHandle implements DirectoryHandle {
    private final MemoryFolder folder;
    private final MemoryTree tree;
    private boolean closed;

    MemoryDirectoryHandle(MemoryFolder folder) {
        this.folder = folder;
        this.tree = folder.tree();
    }

    /** The directory, if it can still be used; called with the tree's monitor. */
    private MemoryFolder folder() throws Refusal {
        if (closed) {
            throw Refusal.of(Errno.BADF);
        }
        if (folder.isRemoved()) {
            throw Refusal.of(Errno.NOENT);
        }
        return folder;
    }

    @Override
    public FileStat stat() throws Refusal {
        synchronized (tree) {
            return folder().stat();
        }
    }

    @Override
    public FileStat stat(String name) throws Refusal {
        synchronized (tree) {
            return folder().get(name).stat();
        }
    }

    @Override
    public DirectoryHandle openDirectory(String name) throws Refusal {
        synchronized (tree) {
            MemoryNode node = folder().get(name);
            if (node instanceof MemoryFolder child) {
                return new MemoryDirectoryHandle(child);
            }
            throw Refusal.of(node instanceof MemoryLink ? Errno.LOOP : Errno.NOTDIR);
        }
    }

    @Override
    public FileHandle openFile(String name, OpenMode mode) throws Refusal {
        synchronized (tree) {
            MemoryNode node = folder().find(name);
            if (node == null) {
                return new MemoryFileHandle(created(name, mode), mode);
            }
            if (mode.create() && mode.exclusive()) {
                throw Refusal.of(Errno.EXIST);
            }
            if (!(node instanceof MemoryFile file)) {
                throw Refusal.of(node instanceof MemoryLink ? Errno.LOOP : Errno.ISDIR);
            }
            if (mode.truncate()) {
                file.resize(0);
                file.modified();
            }
            return new MemoryFileHandle(file, mode);
        }
    }

    private MemoryFile created(String name, OpenMode mode) throws Refusal {
        if (!mode.create()) {
            throw Refusal.of(Errno.NOENT);
        }
        return named(name, new MemoryFile(tree));
    }

    @Override
    public String readLink(String name) throws Refusal {
        synchronized (tree) {
            if (folder().get(name) instanceof MemoryLink link) {
                link.read();
                return link.text();
            }
            throw Refusal.of(Errno.INVAL);
        }
    }

    @Override
    public void createDirectory(String name) throws Refusal {
        synchronized (tree) {
            requireFree(name);
            named(name, new MemoryFolder(folder));
        }
    }

    @Override
    public void createLink(String name, String target) throws Refusal {
        synchronized (tree) {
            requireFree(name);
            named(name, new MemoryLink(tree, target));
        }
    }

    private void requireFree(String name) throws Refusal {
        if (folder().find(name) != null) {
            throw Refusal.of(Errno.EXIST);
        }
    }

    private <T extends MemoryNode> T named(String name, T node) throws Refusal {
        try {
            folder().add(name, node);
            return node;
        } catch (Refusal full) {
            node.free();
            throw full;
        }
    }

    @Override
    public void removeDirectory(String name) throws Refusal {
        synchronized (tree) {
            if (!(folder().get(name) instanceof MemoryFolder child)) {
                throw Refusal.of(Errno.NOTDIR);
            }
            if (!child.isEmpty()) {
                throw Refusal.of(Errno.NOTEMPTY);
            }
            folder.remove(name);
        }
    }

    @Override
    public void removeFile(String name) throws Refusal {
        synchronized (tree) {
            if (folder().get(name) instanceof MemoryFolder) {
                throw Refusal.of(Errno.ISDIR);
            }
            folder.remove(name);
        }
    }

    @Override
    public void rename(String name, DirectoryHandle to, String newName) throws Refusal {
        synchronized (tree) {
            MemoryFolder target = sameTree(to);
            MemoryNode moved = folder().get(name);
            MemoryNode replaced = target.find(newName);
            if (moved == replaced) {
                return;
            }
            requireReplaceable(moved, target, replaced);
            if (replaced != null) {
                target.remove(newName);
            }
            folder.move(name, target, newName);
        }
    }

    private static void requireReplaceable(
            MemoryNode moved, MemoryFolder target, @Nullable MemoryNode replaced) throws Refusal {
        if (moved instanceof MemoryFolder child) {
            if (target.isWithin(child)) {
                throw Refusal.of(Errno.INVAL);
            }
            if (replaced != null && !(replaced instanceof MemoryFolder)) {
                throw Refusal.of(Errno.NOTDIR);
            }
            if (replaced instanceof MemoryFolder other && !other.isEmpty()) {
                throw Refusal.of(Errno.NOTEMPTY);
            }
        } else if (replaced instanceof MemoryFolder) {
            throw Refusal.of(Errno.ISDIR);
        }
    }

    @Override
    public void link(String name, DirectoryHandle to, String newName) throws Refusal {
        synchronized (tree) {
            MemoryFolder target = sameTree(to);
            MemoryNode linked = folder().get(name);
            if (linked instanceof MemoryFolder) {
                throw Refusal.of(Errno.PERM);
            }
            if (target.find(newName) != null) {
                throw Refusal.of(Errno.EXIST);
            }
            target.add(newName, linked);
        }
    }

    private MemoryFolder sameTree(DirectoryHandle to) throws Refusal {
        if (to instanceof MemoryDirectoryHandle other && other.tree == tree) {
            return other.folder();
        }
        throw Refusal.of(Errno.XDEV);
    }

    @Override
    public void setTimes(TimeChange times) throws Refusal {
        synchronized (tree) {
            folder().setTimes(times);
        }
    }

    @Override
    public void setTimes(String name, TimeChange times) throws Refusal {
        synchronized (tree) {
            folder().get(name).setTimes(times);
        }
    }

    @Override
    public EntryCursor entries() throws Refusal {
        synchronized (tree) {
            folder().read();
            return new MemoryCursor(folder);
        }
    }

    @Override
    public void sync() throws Refusal {
        synchronized (tree) {
            folder();
        }
    }

    @Override
    public DirectoryHandle duplicate() throws Refusal {
        synchronized (tree) {
            return new MemoryDirectoryHandle(folder());
        }
    }

    @Override
    public void close() {
        synchronized (tree) {
            closed = true;
        }
    }
}
