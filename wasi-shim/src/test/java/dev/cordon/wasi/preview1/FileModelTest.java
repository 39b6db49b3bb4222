package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.FileGuest.CREATE;
import static dev.cordon.wasi.preview1.FileGuest.ROOT;
import static dev.cordon.wasi.preview1.FileGuest.TRUNCATE;
import static dev.cordon.wasi.preview1.FileGuest.WRITE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.MemoryDirectory;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Limits;
import java.io.IOException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.Tuple.Tuple3;

/** Random calls on files in memory give what the simple model gives, and leave nothing behind. */
class FileModelTest {
    private static final long STORED = 1 << 20;
    private static final int FILES = 500;

    @Provide
    Arbitrary<List<Tuple3<String, String, String>>> operations() {
        Arbitrary<String> name =
                Arbitraries.of("mkdir", "write", "unlink", "rmdir", "link", "move");
        Arbitrary<String> path =
                Arbitraries.of("a", "b", "c")
                        .list()
                        .ofMinSize(1)
                        .ofMaxSize(3)
                        .map(FileModelTest::join);
        return Combinators.combine(name, path, path).as(Tuple::of).list().ofMaxSize(60);
    }

    private static String join(List<String> names) {
        return String.join("/", names);
    }

    @Property(tries = 300)
    void filesInMemoryAreWhatTheModelSays(
            @ForAll("operations") List<Tuple3<String, String, String>> operations)
            throws IOException {
        Ledger ledger = Ledger.of(Limits.defaults().withStoredBytes(STORED).withFiles(FILES));
        FileGuest guest = FileGuest.configured(config -> config.withLedger(ledger));
        MemoryDirectory files = guest.files();
        FileModel model = new FileModel();
        for (Tuple3<String, String, String> operation : operations) {
            assertThat(onGuest(guest, operation))
                    .as("%s", operation)
                    .isEqualTo(on(model, operation));
        }
        assertThat(files.list()).isEqualTo(model.list());
        for (String path : model.filePaths()) {
            assertThat(new String(files.read(path), UTF_8)).isEqualTo(model.content(path));
        }
        removeAll(guest, model.list());
        assertThat(files.usedBytes()).isZero();
        assertThat(ledger.storable()).isEqualTo(STORED);
        for (int i = 0; i < FILES; i++) {
            assertThat(ledger.addFile()).as("no file is left in the ledger").isTrue();
        }
    }

    private static Errno on(FileModel model, Tuple3<String, String, String> operation) {
        String path = operation.get2();
        return switch (operation.get1()) {
            case "mkdir" -> model.makeDirectory(path);
            case "write" -> model.write(path, operation.get3());
            case "unlink" -> model.unlink(path);
            case "rmdir" -> model.removeDirectory(path);
            case "link" -> model.link(path, operation.get3());
            default -> model.rename(path, operation.get3());
        };
    }

    private static Errno onGuest(FileGuest guest, Tuple3<String, String, String> operation) {
        String path = operation.get2();
        return switch (operation.get1()) {
            case "mkdir" -> guest.makeDirectory(path);
            case "write" -> write(guest, path, operation.get3());
            case "unlink" -> guest.unlink(path);
            case "rmdir" -> guest.removeDirectory(path);
            case "link" -> guest.link(path, operation.get3());
            default -> guest.rename(path, operation.get3());
        };
    }

    private static Errno write(FileGuest guest, String path, String content) {
        Errno opened = guest.tryOpen(ROOT, path, CREATE | TRUNCATE, WRITE, 0);
        if (opened == Errno.SUCCESS) {
            int fd = guest.result();
            guest.write(fd, content);
            guest.call("fd_close", fd);
        }
        return opened;
    }

    private static void removeAll(FileGuest guest, List<String> paths) {
        for (int i = paths.size() - 1; i >= 0; i--) {
            String path = paths.get(i);
            Errno removed = path.endsWith("/") ? guest.removeDirectory(path) : guest.unlink(path);
            assertThat(removed).as(path).isEqualTo(Errno.SUCCESS);
        }
    }
}
