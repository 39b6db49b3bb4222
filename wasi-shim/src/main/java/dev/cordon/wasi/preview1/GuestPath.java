package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.audit.AccessDecision.Use;
import dev.cordon.wasi.fs.AccessRules;
import dev.cordon.wasi.fs.DirectoryHandle;
import dev.cordon.wasi.fs.FileStat;
import dev.cordon.wasi.fs.Mount;
import dev.cordon.wasi.fs.PathText;
import dev.cordon.wasi.fs.Walk;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;

/**
 * A path of a call, resolved to a directory and a name in it, and what is decided about it.
 *
 * <p>A path that was resolved is not allowed yet: every function asks for what it does with it, and
 * each answer is noted.
 */
final class GuestPath implements Closeable {
    private static final String READ_ONLY = "the preopen is read-only";

    private final GuestCall call;
    private final Mount mount;
    private final Walk walk;
    private final Use use;

    private GuestPath(GuestCall call, DirectoryDescriptor from, Use use) {
        this.call = call;
        this.mount = from.mount();
        this.walk = new Walk(mount, from.handle(), from.path());
        this.use = use;
    }

    /**
     * Resolves a path, its last component not followed.
     *
     * @throws Refusal what {@link PathText} and {@link Walk} refuse
     */
    static GuestPath of(GuestCall call, DirectoryDescriptor from, byte[] path, Use use)
            throws Refusal, IOException {
        GuestPath resolved = new GuestPath(call, from, use);
        try {
            resolved.walk(path);
            return resolved;
        } catch (Refusal | IOException | RuntimeException e) {
            resolved.close();
            throw e;
        }
    }

    private void walk(byte[] path) throws Refusal, IOException {
        PathText text;
        try {
            text = PathText.of(path);
        } catch (Refusal refusal) {
            if (refusal.errno() == Errno.PERM) {
                call.decided(use, PathText.decoded(path), false, "the path is absolute");
            }
            throw refusal;
        }
        try {
            walk.to(text);
        } catch (Refusal refusal) {
            throw noted(refusal);
        }
    }

    private Refusal noted(Refusal refusal) {
        if (!walk.denial().isEmpty()) {
            call.decided(use, subject(mount, walk.path()), false, walk.denial());
        }
        return refusal;
    }

    private static String subject(Mount mount, List<String> path) {
        String name = mount.name();
        return name + (name.endsWith("/") ? "" : "/") + String.join("/", path);
    }

    Mount mount() {
        return mount;
    }

    /** The directory that holds the last component; belongs to this path. */
    DirectoryHandle parent() {
        return walk.parent();
    }

    String name() {
        return walk.name();
    }

    /** Whether the path names {@link #parent} itself. */
    boolean endsAtDirectory() {
        return walk.endsAtDirectory();
    }

    /** Whether the path can only name a directory. */
    boolean mustBeDirectory() {
        return walk.mustBeDirectory();
    }

    /** Where it leads, from the root of the mount. */
    List<String> path() {
        return walk.path();
    }

    /** Goes on through the last component for as long as it is a symbolic link. */
    void followLinks() throws Refusal, IOException {
        while (!endsAtDirectory() && isLink()) {
            followLink();
        }
    }

    /** Goes on through the last component, which is a symbolic link. */
    void followLink() throws Refusal, IOException {
        try {
            walk.requireLinkNotDenied();
            walk.follow();
        } catch (Refusal refusal) {
            throw noted(refusal);
        }
    }

    private boolean isLink() throws Refusal, IOException {
        try {
            return parent().stat(name()).type() == FileType.SYMBOLIC_LINK;
        } catch (Refusal refusal) {
            if (refusal.errno() == Errno.NOENT) {
                return false;
            }
            throw refusal;
        }
    }

    /**
     * What the path names.
     *
     * @throws Refusal {@code ENOENT}; {@code ENOTDIR} when it must be a directory and is none
     */
    FileStat stat() throws Refusal, IOException {
        FileStat stat = endsAtDirectory() ? parent().stat() : parent().stat(name());
        if (mustBeDirectory() && stat.type() != FileType.DIRECTORY) {
            throw Refusal.of(Errno.NOTDIR);
        }
        return stat;
    }

    /**
     * Asks for the use that the path was resolved for.
     *
     * @throws Refusal {@code EROFS} when that is to write and the mount is read-only, {@code
     *     EACCES} when the rules are against it
     */
    void allow() throws Refusal {
        allow(false);
    }

    /**
     * Asks for a look at a directory, which is also allowed when only something below it is.
     *
     * @throws Refusal {@code EACCES} when the rules are against it
     */
    void allowPassing() throws Refusal {
        allow(true);
    }

    private void allow(boolean passing) throws Refusal {
        if (use == Use.FILE_WRITE && !mount.writable()) {
            throw denied(Errno.ROFS, READ_ONLY);
        }
        AccessRules.Decision decision = mount.rules().decide(path(), passing);
        if (!decision.allowed()) {
            throw denied(Errno.ACCES, decision.reason());
        }
        call.decided(use, subject(mount, path()), true, "");
    }

    /** Whether the rules say more of the path than that it may be passed. */
    boolean isAllowed() {
        return mount.rules().decide(path(), false).allowed();
    }

    /** A refusal of what was asked for, noted. */
    Refusal denied(Errno errno, String reason) {
        call.decided(use, subject(mount, path()), false, reason);
        return Refusal.of(errno);
    }

    /**
     * Asks to change a directory that is open.
     *
     * @throws Refusal {@code EROFS}, {@code EACCES}
     */
    static void requireWritable(GuestCall call, DirectoryDescriptor directory) throws Refusal {
        // Nothing is walked, so there is nothing to close.
        new GuestPath(call, directory, Use.FILE_WRITE).allow();
    }

    @Override
    public void close() throws IOException {
        walk.close();
    }
}
