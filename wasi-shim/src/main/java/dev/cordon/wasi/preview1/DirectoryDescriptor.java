package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.fs.DirectoryHandle;
import dev.cordon.wasi.fs.Mount;
import dev.cordon.wasi.limit.Traffic;
import java.io.IOException;
import java.util.List;

/** An open directory: where a path can start. */
final class DirectoryDescriptor implements Descriptor {
    private final Mount mount;
    private final DirectoryHandle handle;
    private final List<String> path;
    private final Listing listing;
    private final boolean preopened;
    private int flags;

    private DirectoryDescriptor(
            Mount mount, DirectoryHandle handle, List<String> path, long parent) {
        this.mount = mount;
        this.handle = handle;
        this.path = path;
        this.preopened = handle == mount.root();
        this.listing = new Listing(mount, handle, parent);
    }

    /** The root of a mount, which stays open when the guest closes its descriptor. */
    static DirectoryDescriptor preopened(Mount mount) {
        return new DirectoryDescriptor(mount, mount.root(), List.of(), 0);
    }

    /**
     * A directory that was opened, now this descriptor's to close.
     *
     * @throws Refusal {@code EBADF} when the mount was revoked meanwhile
     */
    static DirectoryDescriptor opened(
            Mount mount, DirectoryHandle handle, List<String> path, long parent)
            throws Refusal, IOException {
        return new DirectoryDescriptor(mount, mount.keep(handle), path, parent);
    }

    Mount mount() {
        return mount;
    }

    DirectoryHandle handle() {
        return handle;
    }

    /** Where it is, from the root of the mount. */
    List<String> path() {
        return path;
    }

    /** Its entries, as far as the guest has read them. */
    Listing listing() {
        return listing;
    }

    /** Whether the guest found it open. */
    boolean isPreopened() {
        return preopened;
    }

    @Override
    public FileType type() {
        return FileType.DIRECTORY;
    }

    @Override
    public long rights() {
        return Rights.DIRECTORY;
    }

    @Override
    public long inheriting() {
        return Rights.DIRECTORY | Rights.FILE;
    }

    @Override
    public boolean isOpen() {
        return mount.isOpen();
    }

    @Override
    public int flags() {
        return flags;
    }

    @Override
    public void flags(int next) {
        flags = next;
    }

    @Override
    public Traffic traffic() {
        return Traffic.DISK;
    }

    @Override
    public long ready() throws Refusal {
        throw Refusal.of(Errno.ISDIR);
    }

    @Override
    public int read(byte[] target, int offset, int length) throws Refusal {
        throw Refusal.of(Errno.ISDIR);
    }

    @Override
    public int write(byte[] source, int offset, int length) throws Refusal {
        throw Refusal.of(Errno.ISDIR);
    }

    @Override
    public void close() throws IOException {
        try {
            mount.release(listing);
        } finally {
            if (!preopened) {
                mount.release(handle);
            }
        }
    }
}
