package dev.cordon.guest;

import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.GrantKind;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.wasi.MemoryDirectory;
import dev.cordon.wasi.PathRules;
import dev.cordon.wasi.Preopen;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A host directory that a plugin was granted, open from when it is granted until the plugin is
 * closed or the grant is taken back. Thread-safe.
 *
 * <p>One that was taken back keeps its place with nothing in it, since guests remember the numbers
 * of their descriptors; granted again, it is there again for calls that start later.
 */
final class DirectoryDoor implements Closeable {
    /** How much of a directory is granted. */
    private enum Access {
        NONE,
        READ,
        WRITE
    }

    private final String name;
    private final PathRules rules;
    private volatile Path host;
    private volatile Access access;
    private volatile Preopen preopen;

    private DirectoryDoor(String name, Path host, PathRules rules, Access access, Preopen preopen) {
        this.name = name;
        this.host = host;
        this.rules = rules;
        this.access = access;
        this.preopen = preopen;
    }

    /**
     * Opens what grants of one guest directory say.
     *
     * @throws UsageException if the directory cannot be opened, saying which and why
     */
    static DirectoryDoor open(String plugin, List<Grant.Directory> grants, DirectoryRules rules) {
        Grant.Directory first = grants.get(0);
        Access access = access(grants);
        try {
            PathRules read = rules(rules);
            Preopen preopen = open(first.host(), first.guest(), read, access);
            return new DirectoryDoor(first.guest(), first.host(), read, access, preopen);
        } catch (IllegalArgumentException unusable) {
            throw refused(plugin, first, String.valueOf(unusable.getMessage()), unusable);
        } catch (IOException unusable) {
            throw refused(plugin, first, why(unusable), unusable);
        }
    }

    private static Access access(List<Grant.Directory> grants) {
        if (grants.isEmpty()) {
            return Access.NONE;
        }
        boolean writable = grants.stream().anyMatch(grant -> grant.kind() == GrantKind.FS_WRITE);
        return writable ? Access.WRITE : Access.READ;
    }

    private static Preopen open(Path host, String name, PathRules rules, Access access)
            throws IOException {
        Preopen.Builder builder = Preopen.of(host).name(name).rules(rules);
        return access == Access.WRITE ? builder.writable().open() : builder.open();
    }

    /** The rules in the words of the shim. */
    private static PathRules rules(DirectoryRules rules) {
        return PathRules.everything()
                .allow(rules.allowed().toArray(String[]::new))
                .deny(rules.denied().toArray(String[]::new));
    }

    /** Why a directory cannot be opened, for people. */
    static String why(IOException unusable) {
        if (unusable instanceof NoSuchFileException) {
            return "there is no such directory";
        }
        if (unusable instanceof NotDirectoryException) {
            return "it is not a directory";
        }
        if (unusable instanceof AccessDeniedException) {
            return "it may not be read by this process";
        }
        return String.valueOf(unusable.getMessage());
    }

    private static UsageException refused(
            String plugin, Grant.Directory grant, String why, Exception cause) {
        return new UsageException(
                ErrorCode.USAGE,
                plugin,
                "cannot use the grant `"
                        + grant.text()
                        + "`: the directory `"
                        + grant.host()
                        + "`: "
                        + why,
                "grant a directory that exists and that this process may read",
                cause);
    }

    String name() {
        return name;
    }

    /** What guests find open; a new one after each time that something was taken back. */
    Preopen preopen() {
        return preopen;
    }

    /** Whether a use of this kind is granted here, rules aside. */
    boolean grants(GrantKind kind) {
        return access == Access.WRITE || (kind == GrantKind.FS_READ && access == Access.READ);
    }

    /** Whether the rules let a path be used, given by its components from this directory. */
    boolean allows(List<String> path) {
        return rules.allows(path);
    }

    /** What becomes of a door when other things are granted; closing it leaves the door alone. */
    final class Change implements Closeable {
        private final Access next;
        private final Path nextHost;
        private @Nullable Preopen opened;

        private Change(Access next, Path nextHost, @Nullable Preopen opened) {
            this.next = next;
            this.nextHost = nextHost;
            this.opened = opened;
        }

        /**
         * Makes it so.
         *
         * @throws IOException if something that is not granted any more failed to close; nothing
         *     can be reached through it all the same
         */
        void apply() throws IOException {
            Preopen ready = opened;
            opened = null;
            host = nextHost;
            if (ready != null) {
                replace(next, ready);
            } else if (next == Access.WRITE && access == Access.READ) {
                access = next;
                preopen.makeWritable();
            } else if (next != access) {
                lower(next);
            }
        }

        @Override
        public void close() throws IOException {
            Preopen unused = opened;
            if (unused != null) {
                unused.close();
            }
        }
    }

    /**
     * Opens what has to be opened for other grants of this directory, and changes nothing yet.
     *
     * @param plugin whose door it is
     * @param wanted all that is to be granted of it
     * @throws UsageException if the directory cannot be opened
     */
    Change prepare(String plugin, List<Grant.Directory> wanted) {
        Access next = access(wanted);
        if (next == Access.NONE) {
            return new Change(next, host, null);
        }
        Grant.Directory first = wanted.get(0);
        if (access != Access.NONE && first.host().equals(host)) {
            return new Change(next, host, null);
        }
        try {
            return new Change(next, first.host(), open(first.host(), name, rules, next));
        } catch (IOException unusable) {
            throw refused(plugin, first, why(unusable), unusable);
        }
    }

    private void replace(Access next, Preopen ready) throws IOException {
        Preopen before = preopen;
        preopen = ready;
        access = next;
        before.close();
    }

    /** Closes everything that was opened through it, and opens anew what is still granted. */
    private void lower(Access next) throws IOException {
        try {
            preopen.close();
        } finally {
            access = next;
            preopen = next == Access.READ ? readOnlyOrNothing() : nothing();
        }
    }

    private Preopen readOnlyOrNothing() throws IOException {
        try {
            return open(host, name, rules, Access.READ);
        } catch (IOException gone) {
            access = Access.NONE;
            return nothing();
        }
    }

    private Preopen nothing() throws IOException {
        return Preopen.of(MemoryDirectory.create(0, 0))
                .name(name)
                .rules(PathRules.everything().deny("**"))
                .open();
    }

    @Override
    public void close() throws IOException {
        preopen.close();
    }
}
