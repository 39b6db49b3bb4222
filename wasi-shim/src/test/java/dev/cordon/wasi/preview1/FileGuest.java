package dev.cordon.wasi.preview1;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.MemoryDirectory;
import dev.cordon.wasi.PathRules;
import dev.cordon.wasi.Preopen;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Rights;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A guest with files in memory as descriptor 3, and short ways to call what works on them. */
final class FileGuest {
    static final int ROOT = 3;
    static final int CREATE = 1;
    static final int DIRECTORY = 2;
    static final int EXCLUSIVE = 4;
    static final int TRUNCATE = 8;
    static final int APPEND = 1;
    static final int FOLLOW = 1;
    static final long READ = 1L << 1 | 1L << 2 | 1L << 3 | 1L << 5 | 1L << 21;
    static final long WRITE = READ | 1L << 6 | 1L << 8 | 1L << 22 | 1L << 23;
    static final long ALL = (1L << 28) - 1;

    private static final int PATH = 1024;
    private static final int OTHER_PATH = 6144;
    private static final int VECTORS = 512;
    private static final int RESULT = 528;
    private static final int BYTES = 16_384;

    private final MemoryDirectory files;
    private final Preopen preopen;
    private final TestGuest guest;

    private FileGuest(MemoryDirectory files, Preopen preopen, UnaryOperator<WasiConfig> setup) {
        this.files = files;
        this.preopen = preopen;
        this.guest = TestGuest.with(setup.apply(WasiConfig.empty().withPreopens(List.of(preopen))));
    }

    /** A guest that may do everything. */
    static FileGuest writing() throws IOException {
        return over(emptyDirectory(), PathRules.everything(), config -> config);
    }

    /** A guest whose configuration has more to it. */
    static FileGuest configured(UnaryOperator<WasiConfig> setup) throws IOException {
        return over(emptyDirectory(), PathRules.everything(), setup);
    }

    /** A guest that may do what rules say. */
    static FileGuest ruled(MemoryDirectory files, PathRules rules) throws IOException {
        return over(files, rules, config -> config);
    }

    /** A guest that may only read. */
    static FileGuest reading(MemoryDirectory files) throws IOException {
        return new FileGuest(files, Preopen.of(files).open(), config -> config);
    }

    static FileGuest over(MemoryDirectory files, PathRules rules, UnaryOperator<WasiConfig> setup)
            throws IOException {
        return new FileGuest(files, Preopen.of(files).writable().rules(rules).open(), setup);
    }

    /** A guest in a directory of the host. */
    static FileGuest host(Path directory) throws IOException {
        Preopen preopen = Preopen.of(directory).writable().open();
        return new FileGuest(emptyDirectory(), preopen, config -> config);
    }

    static MemoryDirectory emptyDirectory() {
        return MemoryDirectory.create(1 << 20, 200);
    }

    MemoryDirectory files() {
        return files;
    }

    Preopen preopen() {
        return preopen;
    }

    TestGuest guest() {
        return guest;
    }

    Errno call(String name, long... arguments) {
        return guest.call(name, arguments);
    }

    /** Calls a function with a path as the argument at a position, and the length behind it. */
    Errno path(String name, String path, int position, long... others) {
        return guest.call(name, withPath(PATH, path, position, others));
    }

    /** Calls a function with two paths. */
    Errno paths(String name, String one, int position, String other, int next, long... others) {
        long[] first = withPath(PATH, one, position, others);
        return guest.call(name, withPath(OTHER_PATH, other, next, first));
    }

    private long[] withPath(int address, String path, int position, long... others) {
        guest.put(address, path);
        List<Long> arguments = new ArrayList<>();
        for (long other : others) {
            arguments.add(other);
        }
        arguments.add(position, (long) path.getBytes(UTF_8).length);
        arguments.add(position, (long) address);
        return arguments.stream().mapToLong(Long::longValue).toArray();
    }

    Errno tryOpen(int from, String path, int how, long rights, int flags) {
        return path("path_open", path, 2, from, FOLLOW, how, rights, ALL, flags, RESULT);
    }

    Errno tryOpenUnfollowed(String path, int how, long rights) {
        return path("path_open", path, 2, ROOT, 0, how, rights, ALL, 0, RESULT);
    }

    /** Opens what must be there, and gives the descriptor. */
    int open(String path, int how, long rights) {
        assertThat(tryOpen(ROOT, path, how, rights, 0)).as(path).isEqualTo(Errno.SUCCESS);
        return result();
    }

    int openDirectory(String path) {
        assertThat(tryOpen(ROOT, path, DIRECTORY, Rights.DIRECTORY, 0)).isEqualTo(Errno.SUCCESS);
        return result();
    }

    /** The 32 bits that the last call gave. */
    int result() {
        return guest.memory().readInt(RESULT);
    }

    Errno tryWrite(int fd, String text) {
        guest.put(BYTES, text).putVectors(VECTORS, BYTES, text.getBytes(UTF_8).length);
        return call("fd_write", fd, VECTORS, 1, RESULT);
    }

    void write(int fd, String text) {
        assertThat(tryWrite(fd, text)).isEqualTo(Errno.SUCCESS);
    }

    Errno writeAt(int fd, long position, String text) {
        guest.put(BYTES, text).putVectors(VECTORS, BYTES, text.getBytes(UTF_8).length);
        return call("fd_pwrite", fd, VECTORS, 1, position, RESULT);
    }

    Errno tryRead(int fd, int length) {
        guest.putVectors(VECTORS, BYTES, length);
        return call("fd_read", fd, VECTORS, 1, RESULT);
    }

    String read(int fd, int length) {
        assertThat(tryRead(fd, length)).isEqualTo(Errno.SUCCESS);
        return guest.text(BYTES, BYTES + result());
    }

    String readAt(int fd, long position, int length) {
        guest.putVectors(VECTORS, BYTES, length);
        assertThat(call("fd_pread", fd, VECTORS, 1, position, RESULT)).isEqualTo(Errno.SUCCESS);
        return guest.text(BYTES, BYTES + result());
    }

    Errno seek(int fd, long offset, int whence) {
        return call("fd_seek", fd, offset, whence, RESULT);
    }

    long position(int fd) {
        assertThat(call("fd_tell", fd, RESULT)).isEqualTo(Errno.SUCCESS);
        return guest.memory().readLong(RESULT);
    }

    Errno makeDirectory(String path) {
        return path("path_create_directory", path, 1, ROOT);
    }

    Errno removeDirectory(String path) {
        return path("path_remove_directory", path, 1, ROOT);
    }

    Errno unlink(String path) {
        return path("path_unlink_file", path, 1, ROOT);
    }

    Errno symlink(String target, String path) {
        return paths("path_symlink", target, 0, path, 3, ROOT);
    }

    Errno link(String from, String to) {
        return paths("path_link", from, 2, to, 5, ROOT, 0, ROOT);
    }

    Errno rename(String from, String to) {
        return paths("path_rename", from, 1, to, 4, ROOT, ROOT);
    }

    /** Asks for the state of a path; it is at {@link #field}. */
    Errno stat(String path, int lookup) {
        return path("path_filestat_get", path, 2, ROOT, lookup, BYTES);
    }

    /** A field of the last state. */
    long field(int offset) {
        return guest.memory().readLong(BYTES + offset);
    }

    int statType() {
        return guest.memory().read(BYTES + 16);
    }

    Errno fileState(int fd) {
        return call("fd_filestat_get", fd, BYTES);
    }

    /** The names of a directory, in order, read with a buffer of a size. */
    List<String> list(int fd, int bufferBytes) {
        List<String> names = new ArrayList<>();
        long cookie = 0;
        while (true) {
            assertThat(call("fd_readdir", fd, BYTES, bufferBytes, cookie, RESULT))
                    .isEqualTo(Errno.SUCCESS);
            int used = result();
            int at = 0;
            while (at + 24 <= used) {
                int length = guest.memory().readInt(BYTES + at + 16);
                if (at + 24 + length > used) {
                    break;
                }
                cookie = guest.memory().readLong(BYTES + at);
                names.add(guest.text(BYTES + at + 24, BYTES + at + 24 + length));
                at += 24 + length;
            }
            if (used < bufferBytes) {
                return names;
            }
        }
    }
}
