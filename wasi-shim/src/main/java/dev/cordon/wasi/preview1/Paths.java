package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.fs.FileStat;
import dev.cordon.wasi.fs.PathText;
import java.io.IOException;
import java.util.List;

/** The {@code path_*} functions about one path: what it names is made, removed or looked at. */
final class Paths {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    copying("path_create_directory", "iii", Paths::createDirectory),
                    copying("path_filestat_get", "iiiii", Paths::fileState),
                    copying("path_filestat_set_times", "iiiiIIi", Paths::setTimes),
                    copying("path_readlink", "iiiiii", Paths::readLink),
                    copying("path_remove_directory", "iii", Paths::removeDirectory),
                    copying("path_symlink", "iiiii", Paths::createLink),
                    copying("path_unlink_file", "iii", Paths::removeFile));

    private static final int FOLLOW = 1;
    private static final String PARENT = "..";

    private Paths() {}

    /**
     * Whether lookup flags ask to follow a link at the end.
     *
     * @throws Refusal {@code EINVAL} for unknown flags
     */
    static boolean follows(GuestCall call, int flags) throws Refusal {
        if ((call.i32(flags) & ~FOLLOW) != 0) {
            throw Refusal.of(Errno.INVAL);
        }
        return call.i32(flags) == FOLLOW;
    }

    private static Errno createDirectory(GuestCall call) throws Refusal, IOException {
        byte[] text = call.path(1);
        call.charge(text.length);
        DirectoryDescriptor from = call.directory(0, Rights.PATH_CREATE_DIRECTORY);
        try (GuestPath path = GuestPath.of(call, from, text, Use.FILE_WRITE)) {
            path.allow();
            if (path.endsAtDirectory()) {
                throw Refusal.of(Errno.EXIST);
            }
            Names.add(
                    call.host().ledger(path.mount()),
                    () -> path.parent().createDirectory(path.name()));
        }
        return Errno.SUCCESS;
    }

    private static Errno removeDirectory(GuestCall call) throws Refusal, IOException {
        byte[] text = call.path(1);
        call.charge(text.length);
        DirectoryDescriptor from = call.directory(0, Rights.PATH_REMOVE_DIRECTORY);
        try (GuestPath path = GuestPath.of(call, from, text, Use.FILE_WRITE)) {
            path.allow();
            if (path.endsAtDirectory()) {
                throw Refusal.of(Errno.INVAL);
            }
            path.parent().removeDirectory(path.name());
            call.host().ledger(path.mount()).removeFile();
        }
        return Errno.SUCCESS;
    }

    private static Errno removeFile(GuestCall call) throws Refusal, IOException {
        byte[] text = call.path(1);
        call.charge(text.length);
        DirectoryDescriptor from = call.directory(0, Rights.PATH_UNLINK_FILE);
        try (GuestPath path = GuestPath.of(call, from, text, Use.FILE_WRITE)) {
            path.allow();
            if (path.endsAtDirectory()) {
                throw Refusal.of(Errno.ISDIR);
            }
            Names.locked(
                    path.mount(),
                    () -> {
                        FileStat stat = path.stat();
                        Names.remove(
                                call.host().ledger(path.mount()),
                                path,
                                stat,
                                () -> path.parent().removeFile(path.name()));
                    });
        }
        return Errno.SUCCESS;
    }

    private static Errno createLink(GuestCall call) throws Refusal, IOException {
        byte[] target = call.path(0);
        byte[] text = call.path(3);
        call.charge((long) target.length + text.length);
        DirectoryDescriptor from = call.directory(2, Rights.PATH_SYMLINK);
        PathText link = PathText.of(target);
        try (GuestPath path = GuestPath.of(call, from, text, Use.FILE_WRITE)) {
            path.allow();
            requireNew(path);
            requireInside(path, link);
            Names.add(
                    call.host().ledger(path.mount()),
                    () -> path.parent().createLink(path.name(), PathText.decoded(target)));
        }
        return Errno.SUCCESS;
    }

    /**
     * Refuses to make what is there already, or what a slash at the end says is a directory.
     *
     * @throws Refusal {@code EEXIST}; {@code ENOENT} for a slash behind what is not there
     */
    static void requireNew(GuestPath path) throws Refusal, IOException {
        if (path.endsAtDirectory()) {
            throw Refusal.of(Errno.EXIST);
        }
        if (path.mustBeDirectory()) {
            FileStat there = path.parent().stat(path.name());
            throw Refusal.of(there.type() == FileType.DIRECTORY ? Errno.EXIST : Errno.NOTDIR);
        }
    }

    /** No guest can leave through a link, but other programs on the host could. */
    private static void requireInside(GuestPath path, PathText link) throws Refusal {
        int depth = path.path().size() - 1;
        for (String component : link.components()) {
            depth += component.equals(PARENT) ? -1 : 1;
            if (depth < 0) {
                throw path.denied(Errno.PERM, "the link leads out of the preopen");
            }
        }
    }

    private static Errno readLink(GuestCall call) throws Refusal, IOException {
        byte[] text = call.path(1);
        GuestSlice target = call.range(3);
        GuestSlice result = call.slice(5, Layouts.SIZE);
        call.charge(text.length + Math.min(target.length(), PathText.MAX_PATH_BYTES));
        DirectoryDescriptor from = call.directory(0, Rights.PATH_READLINK);
        try (GuestPath path = GuestPath.of(call, from, text, Use.FILE_READ)) {
            path.allow();
            if (path.endsAtDirectory() || path.mustBeDirectory()) {
                path.stat();
                throw Refusal.of(Errno.INVAL);
            }
            String link = path.parent().readLink(path.name());
            if (link.startsWith("/")) {
                throw path.denied(Errno.PERM, "the link is absolute");
            }
            byte[] bytes = link.getBytes(UTF_8);
            int length = (int) Math.min(bytes.length, target.length());
            target.put(0, bytes, 0, length);
            result.put32(0, length);
        }
        return Errno.SUCCESS;
    }

    private static Errno fileState(GuestCall call) throws Refusal, IOException {
        byte[] text = call.path(2);
        GuestSlice result = call.slice(4, Layouts.FILESTAT);
        call.charge(text.length + (long) Layouts.FILESTAT);
        boolean follow = follows(call, 1);
        DirectoryDescriptor from = call.directory(0, Rights.PATH_FILESTAT_GET);
        try (GuestPath path = GuestPath.of(call, from, text, Use.FILE_READ)) {
            if (follow || path.mustBeDirectory()) {
                path.followLinks();
            }
            boolean allowed = path.isAllowed();
            if (allowed) {
                path.allow();
            } else {
                path.allowPassing();
            }
            FileStat stat = path.stat();
            if (!allowed && stat.type() != FileType.DIRECTORY) {
                path.allow();
            }
            FileStates.write(result, stat);
        }
        return Errno.SUCCESS;
    }

    private static Errno setTimes(GuestCall call) throws Refusal, IOException {
        byte[] text = call.path(2);
        call.charge(text.length);
        boolean follow = follows(call, 1);
        DirectoryDescriptor from = call.directory(0, Rights.PATH_FILESTAT_SET_TIMES);
        var times = FileTimes.of(call, 4);
        try (GuestPath path = GuestPath.of(call, from, text, Use.FILE_WRITE)) {
            if (follow || path.mustBeDirectory()) {
                path.followLinks();
            }
            path.allow();
            if (path.endsAtDirectory()) {
                path.parent().setTimes(times);
            } else {
                path.stat();
                path.parent().setTimes(path.name(), times);
            }
        }
        return Errno.SUCCESS;
    }
}
