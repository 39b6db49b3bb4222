package dev.cordon.wasi.fs;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import org.jspecify.annotations.Nullable;

/** A host directory by its descriptor, with one call of the system for each thing to do. */
final class NativeDirectory implements DirectoryHandle {
    /** How often an entry that is swapped while it is looked at is looked at again. */
    private static final int ATTEMPTS = 16;

    private final int descriptor;
    private final UseCount uses;

    /** Takes over the descriptor. */
    private NativeDirectory(int descriptor) {
        this.descriptor = descriptor;
        this.uses = new UseCount(() -> LinuxOpening.close(descriptor));
    }

    static NativeDirectory root(String path) throws Refusal, IOException {
        return new NativeDirectory(LinuxOpening.openRoot(path));
    }

    @Override
    public FileStat stat() throws Refusal, IOException {
        return uses.answer(() -> LinuxOpening.stat(descriptor));
    }

    @Override
    public FileStat stat(String name) throws Refusal, IOException {
        return uses.answer(() -> LinuxOpening.stat(descriptor, name));
    }

    @Override
    public DirectoryHandle openDirectory(String name) throws Refusal, IOException {
        return uses.answer(
                () -> {
                    try {
                        return new NativeDirectory(
                                LinuxOpening.open(descriptor, name, LinuxFlags.DIRECTORY));
                    } catch (Refusal e) {
                        throw isLink(e, name) ? Refusal.of(Errno.LOOP) : e;
                    }
                });
    }

    /** Whether it is for a link that something is said to be no directory. */
    private boolean isLink(Refusal refusal, String name) throws Refusal, IOException {
        if (refusal.errno() != Errno.NOTDIR) {
            return false;
        }
        FileStat stat = find(name);
        return stat != null && stat.type() == FileType.SYMBOLIC_LINK;
    }

    /** What an entry is, or null when there is none. */
    @Nullable FileStat find(String name) throws Refusal, IOException {
        try {
            return LinuxOpening.stat(descriptor, name);
        } catch (Refusal e) {
            if (e.errno() == Errno.NOENT) {
                return null;
            }
            throw e;
        }
    }

    @Override
    public FileHandle openFile(String name, OpenMode mode) throws Refusal, IOException {
        return uses.answer(
                () -> {
                    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
                        FileHandle opened = open(name, mode);
                        if (opened != null) {
                            return opened;
                        }
                    }
                    throw Refusal.of(Errno.AGAIN);
                });
    }

    /**
     * Opens or creates, or returns null when somebody swapped the entry meanwhile. What is there is
     * looked at first, since opening a device may already do something; what was opened is looked
     * at again, since it may be another.
     */
    private @Nullable FileHandle open(String name, OpenMode mode) throws Refusal, IOException {
        FileStat seen = find(name);
        if (seen == null && !mode.create()) {
            throw Refusal.of(Errno.NOENT);
        }
        if (seen != null) {
            if (mode.create() && mode.exclusive()) {
                throw Refusal.of(Errno.EXIST);
            }
            requireFile(seen);
        }
        int flags = seen == null ? LinuxFlags.create(mode) : LinuxFlags.file(mode);
        int file;
        try {
            file = LinuxOpening.open(descriptor, name, flags);
        } catch (Refusal e) {
            if (isSwapped(e, seen)) {
                return null;
            }
            throw e;
        }
        return NativeFile.of(file, mode);
    }

    /** Whether a file that was seen is gone, or is a pipe by now that nobody reads. */
    private static boolean isSwapped(Refusal refusal, @Nullable FileStat seen) {
        return seen != null && refusal.errno() == Errno.NOENT || refusal.errno() == Errno.NXIO;
    }

    /** Refuses what is no regular file. */
    static void requireFile(FileStat stat) throws Refusal {
        switch (stat.type()) {
            case REGULAR_FILE -> {}
            case DIRECTORY -> throw Refusal.of(Errno.ISDIR);
            case SYMBOLIC_LINK -> throw Refusal.of(Errno.LOOP);
            default -> throw Refusal.of(Errno.ACCES);
        }
    }

    @Override
    public String readLink(String name) throws Refusal, IOException {
        byte[] text = uses.answer(() -> LinuxNames.readLink(descriptor, name));
        try {
            return UTF_8.newDecoder().decode(ByteBuffer.wrap(text)).toString();
        } catch (CharacterCodingException e) {
            throw Refusal.of(Errno.ILSEQ);
        }
    }

    @Override
    public void createDirectory(String name) throws Refusal, IOException {
        uses.change(() -> LinuxNames.createDirectory(descriptor, name));
    }

    @Override
    public void createLink(String name, String target) throws Refusal, IOException {
        uses.change(() -> LinuxNames.createLink(descriptor, name, target));
    }

    @Override
    public void removeDirectory(String name) throws Refusal, IOException {
        uses.change(() -> LinuxNames.removeDirectory(descriptor, name));
    }

    @Override
    public void removeFile(String name) throws Refusal, IOException {
        uses.change(() -> LinuxNames.removeFile(descriptor, name));
    }

    @Override
    public void rename(String name, DirectoryHandle to, String newName)
            throws Refusal, IOException {
        NativeDirectory target = sameKind(to);
        uses.change(
                () -> {
                    requireMovable(name);
                    target.uses.change(
                            () -> LinuxNames.rename(descriptor, name, target.descriptor, newName));
                });
    }

    @Override
    public void link(String name, DirectoryHandle to, String newName) throws Refusal, IOException {
        NativeDirectory target = sameKind(to);
        uses.change(
                () -> {
                    requireMovable(name);
                    target.uses.change(
                            () -> LinuxNames.link(descriptor, name, target.descriptor, newName));
                });
    }

    /** Pipes, sockets and devices are the host's, and stay where they are. */
    private void requireMovable(String name) throws Refusal, IOException {
        switch (LinuxOpening.stat(descriptor, name).type()) {
            case REGULAR_FILE, DIRECTORY, SYMBOLIC_LINK -> {}
            default -> throw Refusal.of(Errno.ACCES);
        }
    }

    private static NativeDirectory sameKind(DirectoryHandle other) throws Refusal {
        if (other instanceof NativeDirectory directory) {
            return directory;
        }
        throw Refusal.of(Errno.XDEV);
    }

    @Override
    public void setTimes(TimeChange times) throws Refusal, IOException {
        uses.change(() -> LinuxFiles.setTimes(descriptor, times));
    }

    @Override
    public void setTimes(String name, TimeChange times) throws Refusal, IOException {
        uses.change(() -> LinuxNames.setTimes(descriptor, name, times));
    }

    @Override
    public EntryCursor entries() throws Refusal, IOException {
        return new NativeEntries(again());
    }

    @Override
    public void sync() throws Refusal, IOException {
        uses.change(() -> LinuxFiles.sync(descriptor, true));
    }

    @Override
    public DirectoryHandle duplicate() throws Refusal, IOException {
        return again();
    }

    private NativeDirectory again() throws Refusal, IOException {
        return uses.answer(() -> new NativeDirectory(LinuxOpening.reopen(descriptor)));
    }

    /** Reads on in the list, which only a handle of its own has to itself. */
    byte[] list() throws Refusal, IOException {
        return uses.answer(() -> LinuxFiles.list(descriptor));
    }

    @Override
    public void close() throws IOException {
        uses.close();
    }
}
