package dev.cordon.wasi.fs;

import static dev.cordon.wasi.fs.FileHandleContract.CREATE;
import static dev.cordon.wasi.fs.FileHandleContract.READ;
import static dev.cordon.wasi.fs.FileHandleContract.WRITE;
import static dev.cordon.wasi.fs.FileHandleContract.read;
import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Somebody outside the JVM's locks swaps entries while a guest opens them. */
@Tag("slow")
abstract class HostRaceContract {
    private static final int OPENS = 20_000;
    private static final long PATIENCE_SECONDS = 300;
    private static final Set<Errno> HARMLESS =
            Set.of(Errno.NOENT, Errno.LOOP, Errno.ACCES, Errno.NOTDIR, Errno.ISDIR, Errno.AGAIN);

    @TempDir Path temporary;
    private Path inside;
    private Path outside;
    private DirectoryHandle root;
    private final Map<Errno, Integer> refused = new EnumMap<>(Errno.class);
    private int opened;

    /** The implementation under test. */
    abstract DirectoryHandle open(Path real) throws Exception;

    @BeforeEach
    void setUp() throws Exception {
        inside = Files.createDirectory(temporary.toRealPath().resolve("inside"));
        outside = Files.createDirectory(temporary.toRealPath().resolve("outside"));
        Files.writeString(outside.resolve("f"), "canary");
        root = open(inside);
    }

    @AfterEach
    void theOutsideIsUntouched() throws Exception {
        root.close();
        try (var files = Files.list(outside)) {
            assertThat(files).containsExactly(outside.resolve("f"));
        }
        assertThat(outside.resolve("f")).hasContent("canary");
    }

    @Test
    void aDirectoryIsSwappedForALink() throws Exception {
        Files.createDirectory(inside.resolve("x"));
        Files.writeString(inside.resolve("x/f"), "inside");
        Files.createSymbolicLink(inside.resolve("other"), outside);
        race(
                () -> {
                    try (DirectoryHandle x = root.openDirectory("x")) {
                        assertThat(read(x, "f")).isEqualTo("inside");
                        x.openFile("new", CREATE).close();
                        x.removeFile("new");
                    }
                });
    }

    @Test
    void aFileIsSwappedForALink() throws Exception {
        Files.writeString(inside.resolve("x"), "inside");
        Files.createSymbolicLink(inside.resolve("other"), outside.resolve("f"));
        race(
                () -> {
                    OpenMode mode = opened % 2 == 0 ? READ : WRITE;
                    try (FileHandle file = root.openFile("x", mode)) {
                        assertThat(read(file)).isEqualTo("inside");
                        if (mode.write()) {
                            file.write(0, new byte[] {'i'}, 0, 1);
                        }
                    }
                });
    }

    @Test
    void aFileIsSwappedForAPipe() throws Exception {
        Files.writeString(inside.resolve("x"), "inside");
        pipe(inside.resolve("other"));
        race(
                () -> {
                    OpenMode mode = opened % 4 == 0 ? WRITE : READ;
                    try (FileHandle file = root.openFile("x", mode)) {
                        assertThat(read(file)).isEqualTo("inside");
                    }
                    root.setTimes("x", new TimeChange(0, 0));
                });
    }

    @Test
    void aDirectoryIsSwappedForAPipe() throws Exception {
        Files.createDirectory(inside.resolve("x"));
        pipe(inside.resolve("other"));
        race(() -> root.openDirectory("x").close());
    }

    private interface Attempt {
        void run() throws Exception;
    }

    private void race(Attempt attempt) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        AtomicBoolean over = new AtomicBoolean();
        try {
            Future<?> swapper = threads.submit(() -> swap(over));
            Future<?> opener = threads.submit(() -> attempts(attempt));
            opener.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            over.set(true);
            swapper.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
        assertThat(HARMLESS).containsAll(refused.keySet());
        assertThat(opened).as("%s", refused).isPositive();
    }

    private Void attempts(Attempt attempt) throws Exception {
        for (int i = 0; i < OPENS; i++) {
            try {
                attempt.run();
                opened++;
            } catch (Refusal e) {
                refused.merge(e.errno(), 1, Integer::sum);
            }
        }
        return null;
    }

    private Void swap(AtomicBoolean over) throws Exception {
        Path x = inside.resolve("x");
        Path other = inside.resolve("other");
        Path parked = inside.resolve("parked");
        while (!over.get()) {
            Files.move(x, parked, ATOMIC_MOVE);
            Files.move(other, x, ATOMIC_MOVE);
            Files.move(x, other, ATOMIC_MOVE);
            Files.move(parked, x, ATOMIC_MOVE);
        }
        return null;
    }

    private static void pipe(Path path) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    }
}
