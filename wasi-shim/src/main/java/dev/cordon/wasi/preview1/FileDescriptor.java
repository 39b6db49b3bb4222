package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.FdFlags;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.fs.FileHandle;
import dev.cordon.wasi.fs.Mount;
import dev.cordon.wasi.limit.Traffic;
import java.io.IOException;

/** An open regular file, with the position that the guest is at. */
final class FileDescriptor implements Descriptor {
    private final Mount mount;
    private final LedgerFile file;
    private int flags;
    private long position;

    FileDescriptor(Mount mount, LedgerFile file, int flags) {
        this.mount = mount;
        this.file = file;
        this.flags = flags;
    }

    Mount mount() {
        return mount;
    }

    LedgerFile file() {
        return file;
    }

    FileHandle handle() {
        return file.handle();
    }

    long position() {
        return position;
    }

    void position(long next) {
        position = next;
    }

    @Override
    public FileType type() {
        return FileType.REGULAR_FILE;
    }

    @Override
    public long rights() {
        return Rights.FILE;
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
    public long ready() throws Refusal, IOException {
        return ready(position);
    }

    /** What can be read from a position. */
    long ready(long from) throws Refusal, IOException {
        long left = handle().size() - from;
        return left <= 0 ? -1 : left;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws Refusal, IOException {
        int count = handle().read(position, target, offset, length);
        position += count;
        return count;
    }

    @Override
    public int write(byte[] source, int offset, int length) throws Refusal, IOException {
        int count;
        if ((flags & FdFlags.APPEND) != 0) {
            LedgerFile.Appended appended = file.append(source, offset, length);
            count = appended.count();
            position = appended.end();
        } else {
            count = file.write(position, source, offset, length);
            position += count;
        }
        syncIfAsked();
        return count;
    }

    /** Writes somewhere else than at the position. */
    int write(long at, byte[] source, int offset, int length) throws Refusal, IOException {
        int count = file.write(at, source, offset, length);
        syncIfAsked();
        return count;
    }

    private void syncIfAsked() throws Refusal, IOException {
        if ((flags & (FdFlags.SYNC | FdFlags.DSYNC)) != 0) {
            handle().sync((flags & FdFlags.SYNC) != 0);
        }
    }

    @Override
    public void close() throws IOException {
        mount.release(file);
    }
}
