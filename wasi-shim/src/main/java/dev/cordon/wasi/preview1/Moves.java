package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.fs.FileStat;
import dev.cordon.wasi.limit.Ledger;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code path_rename} and {@code path_link}: what has one name gets another.
 *
 * <p>Both names lie in the same preopen, so that what may be done with a file never changes with
 * its name; and where rules say which names may be used, no directory is renamed, which would move
 * everything below it out of the reach of its rules.
 */
final class Moves {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    copying("path_link", "iiiiiii", Moves::link),
                    copying("path_rename", "iiiiii", Moves::rename));

    /** Both ends of a move. */
    private record Ends(GuestPath from, GuestPath to) {
        FileStat stat() throws Refusal, IOException {
            FileStat stat = from.parent().stat(from.name());
            boolean mustBeDirectory = from.mustBeDirectory() || to.mustBeDirectory();
            if (mustBeDirectory && stat.type() != FileType.DIRECTORY) {
                throw Refusal.of(Errno.NOTDIR);
            }
            return stat;
        }

        /** Whether a move would take files out of the reach of the rules for them. */
        boolean moveRules() throws Refusal, IOException {
            return from.mount().rules().inForce() && stat().type() == FileType.DIRECTORY;
        }

        @Nullable FileStat replaced() throws Refusal, IOException {
            try {
                return to.parent().stat(to.name());
            } catch (Refusal refusal) {
                if (refusal.errno() == Errno.NOENT) {
                    return null;
                }
                throw refusal;
            }
        }
    }

    private Moves() {}

    private static Errno link(GuestCall call) throws Refusal, IOException {
        byte[] oldText = call.path(2);
        byte[] newText = call.path(5);
        call.charge((long) oldText.length + newText.length);
        if (Paths.follows(call, 1)) {
            throw Refusal.of(Errno.INVAL);
        }
        DirectoryDescriptor source = call.directory(0, Rights.PATH_LINK_SOURCE);
        DirectoryDescriptor target = call.directory(4, Rights.PATH_LINK_TARGET);
        try (GuestPath from = GuestPath.of(call, source, oldText, Use.FILE_WRITE);
                GuestPath to = GuestPath.of(call, target, newText, Use.FILE_WRITE)) {
            allow(from, to);
            if (from.endsAtDirectory()) {
                throw Refusal.of(Errno.PERM);
            }
            Paths.requireNew(to);
            Names.locked(
                    to.mount(), () -> link(call.host().ledger(to.mount()), new Ends(from, to)));
        }
        return Errno.SUCCESS;
    }

    private static void link(Ledger ledger, Ends ends) throws Refusal, IOException {
        if (ends.stat().type() == FileType.DIRECTORY) {
            throw Refusal.of(Errno.PERM);
        }
        GuestPath from = ends.from();
        GuestPath to = ends.to();
        Names.add(
                ledger,
                () -> {
                    from.parent().link(from.name(), to.parent(), to.name());
                    if (!SharedFile.linked(to.parent().stat(to.name()))) {
                        to.parent().removeFile(to.name());
                        throw Refusal.of(Errno.MLINK);
                    }
                });
    }

    private static Errno rename(GuestCall call) throws Refusal, IOException {
        byte[] oldText = call.path(1);
        byte[] newText = call.path(4);
        call.charge((long) oldText.length + newText.length);
        DirectoryDescriptor source = call.directory(0, Rights.PATH_RENAME_SOURCE);
        DirectoryDescriptor target = call.directory(3, Rights.PATH_RENAME_TARGET);
        try (GuestPath from = GuestPath.of(call, source, oldText, Use.FILE_WRITE);
                GuestPath to = GuestPath.of(call, target, newText, Use.FILE_WRITE)) {
            allow(from, to);
            if (from.endsAtDirectory() || to.endsAtDirectory()) {
                throw Refusal.of(Errno.INVAL);
            }
            Ends ends = new Ends(from, to);
            if (ends.moveRules()) {
                throw from.denied(
                        Errno.PERM, "directories are not renamed where path rules are in force");
            }
            Names.locked(to.mount(), () -> rename(call.host().ledger(to.mount()), ends));
        }
        return Errno.SUCCESS;
    }

    private static void rename(Ledger ledger, Ends ends) throws Refusal, IOException {
        GuestPath from = ends.from();
        GuestPath to = ends.to();
        FileStat moved = ends.stat();
        if (ends.moveRules()) {
            throw Refusal.of(Errno.PERM);
        }
        FileStat replaced = ends.replaced();
        Names.Change change = () -> from.parent().rename(from.name(), to.parent(), to.name());
        if (replaced == null || isSame(moved, replaced)) {
            change.make();
        } else {
            Names.remove(ledger, to, replaced, change);
        }
    }

    private static boolean isSame(FileStat one, FileStat other) {
        return one.device() == other.device() && one.inode() == other.inode();
    }

    private static void allow(GuestPath from, GuestPath to) throws Refusal {
        from.allow();
        to.allow();
        if (from.mount() != to.mount()) {
            throw Refusal.of(Errno.XDEV);
        }
    }
}
