package dev.cordon.wasi;

import dev.cordon.wasi.fs.DirectoryHandle;
import dev.cordon.wasi.fs.HostDirectories;
import dev.cordon.wasi.fs.Mount;
import dev.cordon.wasi.limit.Ledger;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A directory that guests find open when they start, and the door to it. Thread-safe; any number of
 * sessions may use it at once.
 *
 * <p>Closing it revokes it while guests run: every descriptor that was opened through it, in every
 * session, is closed at once, and each later use answers {@code EBADF}. Closing a session leaves it
 * open.
 *
 * <pre>{@code
 * try (Preopen data = Preopen.of(Path.of("reports")).name("/data").writable().open()) {
 *     WasiConfig config = WasiConfig.empty().withPreopens(List.of(data));
 * }
 * }</pre>
 */
public final class Preopen implements Closeable {
    /** Longest name, in bytes of UTF-8. */
    public static final int MAX_NAME_BYTES = 4096;

    private final Mount mount;
    private final Optional<Ledger> ledger;

    private Preopen(Mount mount, Optional<Ledger> ledger) {
        this.mount = mount;
        this.ledger = ledger;
    }

    /**
     * Begins to describe a preopen over a directory of the host.
     *
     * @param hostDirectory where the directory is; whoever says this decides, so symbolic links in
     *     it are followed
     * @return a builder that has opened nothing yet
     */
    public static Builder of(Path hostDirectory) {
        return new Builder(() -> HostDirectories.open(hostDirectory));
    }

    /**
     * Begins to describe a preopen over files in memory.
     *
     * @param directory the files; they outlive the preopen
     * @return a builder that has opened nothing yet
     */
    public static Builder of(MemoryDirectory directory) {
        return new Builder(directory::open);
    }

    /**
     * What guests call it.
     *
     * @return such as {@code /data}
     */
    public String name() {
        return mount.name();
    }

    /**
     * Whether guests may change anything in it.
     *
     * @return false when it is read-only
     */
    public boolean writable() {
        return mount.writable();
    }

    /**
     * Lets guests create, change and remove what is in it, while they run. What is open to be read
     * stays so; what they open from now on may be written.
     */
    public void makeWritable() {
        mount.makeWritable();
    }

    /**
     * Whether it was not revoked.
     *
     * @return false once {@link #close} was called
     */
    public boolean isOpen() {
        return mount.isOpen();
    }

    /**
     * Revokes it, while guests run; calling it again does nothing.
     *
     * @throws IOException when anything failed to close; it is revoked all the same
     */
    @Override
    public void close() throws IOException {
        mount.close();
    }

    Mount mount() {
        return mount;
    }

    Optional<Ledger> ledger() {
        return ledger;
    }

    /** What a builder opens. */
    @FunctionalInterface
    private interface Root {
        DirectoryHandle open() throws IOException;
    }

    /** Says what a preopen shall be; read-only and without rules unless told otherwise. */
    public static final class Builder {
        private final Root root;
        private String name = "/";
        private boolean writable;
        private PathRules rules = PathRules.everything();
        private Optional<Ledger> ledger = Optional.empty();

        private Builder(Root root) {
            this.root = root;
        }

        /**
         * Sets what guests call it, {@code /} unless said otherwise.
         *
         * @param next such as {@code /data}
         * @return this
         * @throws IllegalArgumentException when it is empty, longer than {@value
         *     Preopen#MAX_NAME_BYTES} bytes or has a zero character
         */
        public Builder name(String next) {
            int bytes = next.getBytes(StandardCharsets.UTF_8).length;
            if (bytes == 0 || bytes > MAX_NAME_BYTES || next.indexOf('\0') >= 0) {
                throw new IllegalArgumentException(
                        "name of a preopen is empty, longer than "
                                + MAX_NAME_BYTES
                                + " bytes or has a zero character");
            }
            name = next;
            return this;
        }

        /**
         * Lets guests create, change and remove what is in it.
         *
         * @return this
         */
        public Builder writable() {
            writable = true;
            return this;
        }

        /**
         * Sets which paths in it guests may use.
         *
         * @param next the rules
         * @return this
         */
        public Builder rules(PathRules next) {
            rules = next;
            return this;
        }

        /**
         * Counts the bytes and files that are stored in it apart, as fits a directory that is gone
         * before other things of the same guests are; with those of the session unless said
         * otherwise.
         *
         * @param own used for no rates
         * @return this
         */
        public Builder ledger(Ledger own) {
            ledger = Optional.of(own);
            return this;
        }

        /**
         * Opens the directory.
         *
         * @return an open preopen, which the caller closes
         * @throws IOException when the directory is not there, or this platform cannot keep a guest
         *     in it
         */
        public Preopen open() throws IOException {
            return new Preopen(new Mount(name, root.open(), writable, rules.rules()), ledger);
        }
    }
}
