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

/**
 * A host directory that a plugin was granted, open from when it is loaded until it is closed or the
 * grant is revoked. Thread-safe.
 *
 * <p>A revoked directory keeps its place with nothing in it, since guests remember the numbers of
 * their descriptors.
 */
final class DirectoryDoor implements Closeable {
    private final String name;
    private final Path host;
    private final PathRules rules;
    private volatile boolean readable = true;
    private volatile Preopen preopen;

    private DirectoryDoor(String name, Path host, PathRules rules, Preopen preopen) {
        this.name = name;
        this.host = host;
        this.rules = rules;
        this.preopen = preopen;
    }

    /**
     * Opens what grants of one guest directory say.
     *
     * @throws UsageException if the directory cannot be opened, saying which and why
     */
    static DirectoryDoor open(String plugin, List<Grant.Directory> grants, DirectoryRules rules) {
        Grant.Directory first = grants.get(0);
        boolean writable = grants.stream().anyMatch(grant -> grant.kind() == GrantKind.FS_WRITE);
        try {
            PathRules read = rules(rules);
            Preopen preopen = open(first.host(), first.guest(), read, writable);
            return new DirectoryDoor(first.guest(), first.host(), read, preopen);
        } catch (IllegalArgumentException unusable) {
            throw refused(plugin, first, String.valueOf(unusable.getMessage()), unusable);
        } catch (IOException unusable) {
            throw refused(plugin, first, why(unusable), unusable);
        }
    }

    private static Preopen open(Path host, String name, PathRules rules, boolean writable)
            throws IOException {
        Preopen.Builder builder = Preopen.of(host).name(name).rules(rules);
        return writable ? builder.writable().open() : builder.open();
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

    /** What guests find open; a new one after each revocation. */
    Preopen preopen() {
        return preopen;
    }

    /** Whether a use of this kind is granted here, rules aside. */
    boolean grants(GrantKind kind) {
        return kind == GrantKind.FS_WRITE ? preopen.writable() : readable;
    }

    /**
     * Closes everything that was opened through it, and leaves open what is still granted.
     *
     * @param readOnly whether it may still be read
     * @throws IOException if something failed to close; it is revoked all the same
     */
    synchronized void revoke(boolean readOnly) throws IOException {
        try {
            preopen.close();
        } finally {
            readable = readOnly;
            preopen = readOnly ? readOnlyOrNothing() : nothing();
        }
    }

    private Preopen readOnlyOrNothing() throws IOException {
        try {
            return open(host, name, rules, false);
        } catch (IOException gone) {
            readable = false;
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
    public synchronized void close() throws IOException {
        preopen.close();
    }
}
