package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * A directory that guests are let into: its root, what may be done in it, and the switch that
 * revokes it. Thread-safe; shared by sessions.
 *
 * <p>Knows every handle that was opened through it, in whichever session, so that closing it closes
 * them all.
 */
public final class Mount implements Closeable {
    private final String name;
    private final DirectoryHandle root;
    private final long device;
    private volatile boolean writable;
    private final AccessRules rules;
    private final Set<Closeable> handles = Collections.newSetFromMap(new IdentityHashMap<>());
    private volatile boolean open = true;

    /**
     * Lets guests into a directory.
     *
     * @param name what guests call it
     * @param root the directory; closed with this
     * @param writable whether anything may be changed in it
     * @param rules which paths in it may be used
     * @throws IOException when the directory is gone already
     */
    public Mount(String name, DirectoryHandle root, boolean writable, AccessRules rules)
            throws IOException {
        this.name = name;
        this.root = root;
        try {
            this.device = root.stat().device();
        } catch (Refusal gone) {
            root.close();
            throw new IOException("the directory for `" + name + "` is gone", gone);
        }
        this.writable = writable;
        this.rules = rules;
    }

    /**
     * What guests call it.
     *
     * @return such as {@code /data}
     */
    public String name() {
        return name;
    }

    /**
     * The directory itself.
     *
     * @return a handle that is this mount's to close
     */
    public DirectoryHandle root() {
        return root;
    }

    /**
     * Which file system the root is on.
     *
     * @return its number
     */
    public long device() {
        return device;
    }

    /**
     * Whether anything may be changed in it.
     *
     * @return false when it is read-only
     */
    public boolean writable() {
        return writable;
    }

    /** Lets guests change what is in it, from the next use on. */
    public void makeWritable() {
        writable = true;
    }

    /**
     * Which paths in it may be used.
     *
     * @return the rules
     */
    public AccessRules rules() {
        return rules;
    }

    /**
     * Whether it was not revoked.
     *
     * @return false from the moment that {@link #close} began
     */
    public boolean isOpen() {
        return open;
    }

    /**
     * Takes note of a handle that was opened through this mount and outlives the call.
     *
     * @param handle what to close when this is closed
     * @param <T> its kind
     * @return the handle
     * @throws Refusal {@code EBADF} when this was closed meanwhile; the handle is closed then
     * @throws IOException when closing it fails
     */
    public <T extends Closeable> T keep(T handle) throws Refusal, IOException {
        boolean kept;
        synchronized (handles) {
            kept = open;
            if (kept) {
                handles.add(handle);
            }
        }
        if (!kept) {
            handle.close();
            throw Refusal.of(Errno.BADF);
        }
        return handle;
    }

    /**
     * Closes a handle that was kept.
     *
     * @param handle what {@link #keep} gave
     * @throws IOException when closing it fails
     */
    public void release(Closeable handle) throws IOException {
        synchronized (handles) {
            handles.remove(handle);
        }
        handle.close();
    }

    /**
     * Revokes it: everything opened through it is closed, now, and nothing can be opened any more.
     *
     * @throws IOException when anything failed to close, after everything was tried
     */
    @Override
    public void close() throws IOException {
        List<Closeable> all;
        synchronized (handles) {
            open = false;
            all = new ArrayList<>(handles);
            handles.clear();
        }
        all.add(root);
        IOException failure = null;
        for (Closeable each : all) {
            try {
                each.close();
            } catch (IOException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}
