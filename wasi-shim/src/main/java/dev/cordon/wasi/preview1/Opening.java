package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FdFlags;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.fs.DirectoryHandle;
import dev.cordon.wasi.fs.FileHandle;
import dev.cordon.wasi.fs.OpenMode;
import dev.cordon.wasi.limit.Ledger;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.locks.Lock;

/** {@code path_open}: a path becomes a descriptor. */
final class Opening {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(copying("path_open", "iiiiiIIii", Opening::open));

    /** How often a file that comes and goes is tried to be opened or created. */
    private static final int MAX_TRIES = 8;

    private static final int CREATE = 1;
    private static final int DIRECTORY = 1 << 1;
    private static final int EXCLUSIVE = 1 << 2;
    private static final int TRUNCATE = 1 << 3;
    private static final int ALL = CREATE | DIRECTORY | EXCLUSIVE | TRUNCATE;

    private static final long KNOWN_RIGHTS = Rights.FILE | Rights.DIRECTORY;

    private final GuestCall call;
    private final int how;
    private final long rights;
    private final long inheriting;
    private final int flags;
    private final boolean follow;

    private Opening(GuestCall call) throws Refusal {
        this.call = call;
        this.follow = Paths.follows(call, 1);
        this.how = call.i32(4);
        this.rights = ofReaders(call.i64(5) & KNOWN_RIGHTS);
        this.inheriting = call.i64(6) & KNOWN_RIGHTS;
        this.flags = call.i32(7);
        if ((how & ~ALL) != 0 || (flags & ~FdFlags.ALL) != 0) {
            throw Refusal.of(Errno.INVAL);
        }
        if (has(DIRECTORY) && (has(CREATE) || has(TRUNCATE))) {
            throw Refusal.of(has(CREATE) ? Errno.INVAL : Errno.ISDIR);
        }
    }

    private static Errno open(GuestCall call) throws Refusal, IOException {
        byte[] text = call.path(2);
        GuestSlice result = call.slice(8, Layouts.SIZE);
        call.charge(text.length);
        result.put32(0, new Opening(call).open(text));
        return Errno.SUCCESS;
    }

    /**
     * Some toolchains ask for every right but that to write when they open a file to be read. They
     * get a file to be read, also from a directory that may not be changed.
     */
    private static long ofReaders(long rights) {
        boolean reads = (rights & (Rights.FD_READ | Rights.FD_WRITE)) == Rights.FD_READ;
        return reads ? rights & ~Rights.CHANGE_CONTENT : rights;
    }

    private boolean has(int flag) {
        return (how & flag) != 0;
    }

    /** Whether anything may be changed by opening, or through what is opened. */
    private boolean writes() {
        return has(CREATE) || has(TRUNCATE) || (rights & Rights.CHANGE_CONTENT) != 0;
    }

    private int open(byte[] text) throws Refusal, IOException {
        DirectoryDescriptor from = directory();
        call.descriptors().requireRoom();
        Use use = writes() ? Use.FILE_WRITE : Use.FILE_READ;
        try (GuestPath path = GuestPath.of(call, from, text, use)) {
            Descriptor opened = open(path);
            long passedOn = call.descriptors().get(call.i32(0)).inheriting() & inheriting;
            return call.descriptors().add(opened, rights, passedOn);
        }
    }

    /** The directory to start from; what is opened gets no right that it cannot pass on. */
    private DirectoryDescriptor directory() throws Refusal {
        long needed = Rights.PATH_OPEN;
        needed |= has(CREATE) ? Rights.PATH_CREATE_FILE : 0;
        needed |= has(TRUNCATE) ? Rights.PATH_FILESTAT_SET_SIZE : 0;
        DirectoryDescriptor from = call.directory(0, needed);
        if ((rights & ~call.descriptors().get(call.i32(0)).inheriting()) != 0) {
            throw Refusal.of(Errno.NOTCAPABLE);
        }
        return from;
    }

    private Descriptor open(GuestPath path) throws Refusal, IOException {
        boolean followed = follow && !(has(CREATE) && has(EXCLUSIVE));
        if ((followed && path.mount().rules().inForce()) || path.mustBeDirectory()) {
            path.followLinks();
        }
        while (true) {
            try {
                return openUnfollowed(path);
            } catch (Refusal refusal) {
                if (refusal.errno() != Errno.LOOP || !followed || path.endsAtDirectory()) {
                    throw refusal;
                }
                path.followLink();
            }
        }
    }

    private Descriptor openUnfollowed(GuestPath path) throws Refusal, IOException {
        if (path.endsAtDirectory() || path.mustBeDirectory() || has(DIRECTORY)) {
            return openDirectory(path);
        }
        if (!path.isAllowed()) {
            return openPassed(path);
        }
        path.allow();
        try {
            return openFile(path);
        } catch (Refusal refusal) {
            if (refusal.errno() != Errno.ISDIR || writes()) {
                throw refusal;
            }
            return directoryAt(path);
        }
    }

    private Descriptor openDirectory(GuestPath path) throws Refusal, IOException {
        if (writes()) {
            throw refusedDirectory(path);
        }
        path.allowPassing();
        return directoryAt(path);
    }

    /** What is no more than on the way to what is allowed can be opened if it is a directory. */
    private Descriptor openPassed(GuestPath path) throws Refusal, IOException {
        try {
            return openDirectory(path);
        } catch (Refusal refusal) {
            if (refusal.errno() == Errno.NOTDIR) {
                path.allow();
            }
            throw refusal;
        }
    }

    private static Descriptor directoryAt(GuestPath path) throws Refusal, IOException {
        DirectoryHandle parent = path.parent();
        long parentInode = path.path().isEmpty() ? 0 : parent.stat().inode();
        DirectoryHandle opened =
                path.endsAtDirectory() ? parent.duplicate() : parent.openDirectory(path.name());
        return DirectoryDescriptor.opened(path.mount(), opened, path.path(), parentInode);
    }

    /** What a directory answers that is to be written, created or cut. */
    private Refusal refusedDirectory(GuestPath path) throws Refusal, IOException {
        path.allow();
        path.stat();
        return Refusal.of(has(CREATE) && has(EXCLUSIVE) ? Errno.EXIST : Errno.ISDIR);
    }

    private Descriptor openFile(GuestPath path) throws Refusal, IOException {
        LedgerFile file = path.mount().keep(openHeld(path));
        try {
            if (has(TRUNCATE)) {
                file.resize(0);
            }
            return new FileDescriptor(path.mount(), file, flags);
        } catch (Refusal | IOException | RuntimeException e) {
            path.mount().release(file);
            throw e;
        }
    }

    private LedgerFile openHeld(GuestPath path) throws Refusal, IOException {
        Lock names = SharedFile.names(path.mount().device()).readLock();
        names.lock();
        try {
            return new LedgerFile(openOrCreate(path), call.host().ledger(path.mount()));
        } finally {
            names.unlock();
        }
    }

    /*
     * A file that is created is entered in the ledger before, and only then. So opening and creating
     * are two tries, and a file that another session makes or removes in between is tried again.
     */
    private FileHandle openOrCreate(GuestPath path) throws Refusal, IOException {
        if (!has(CREATE)) {
            return path.parent().openFile(path.name(), mode(false));
        }
        for (int tries = 1; ; tries++) {
            try {
                return has(EXCLUSIVE)
                        ? create(path)
                        : path.parent().openFile(path.name(), mode(false));
            } catch (Refusal refusal) {
                if (refusal.errno() != Errno.NOENT || has(EXCLUSIVE)) {
                    throw refusal;
                }
            }
            try {
                return create(path);
            } catch (Refusal refusal) {
                if (refusal.errno() != Errno.EXIST || tries == MAX_TRIES) {
                    throw refusal;
                }
            }
        }
    }

    private FileHandle create(GuestPath path) throws Refusal, IOException {
        Ledger ledger = call.host().ledger(path.mount());
        FileHandle[] created = new FileHandle[1];
        Names.add(ledger, () -> created[0] = path.parent().openFile(path.name(), mode(true)));
        return created[0];
    }

    private OpenMode mode(boolean create) {
        boolean write = has(TRUNCATE) || (rights & Rights.CHANGE_CONTENT) != 0;
        boolean read = !write || (rights & Rights.FD_READ) != 0;
        return new OpenMode(read, write, create, create, false);
    }
}
