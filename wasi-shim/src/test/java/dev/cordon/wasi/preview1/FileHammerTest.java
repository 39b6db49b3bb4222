package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.FileGuest.APPEND;
import static dev.cordon.wasi.preview1.FileGuest.CREATE;
import static dev.cordon.wasi.preview1.FileGuest.ROOT;
import static dev.cordon.wasi.preview1.FileGuest.TRUNCATE;
import static dev.cordon.wasi.preview1.FileGuest.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.MemoryDirectory;
import dev.cordon.wasi.PathRules;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Limits;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Sessions that share files and a ledger, all at once. */
class FileHammerTest {
    private static final int THREADS = 4;
    private static final int CALLS = 500;
    private static final long STORED = 50_000;
    private static final int FILES = 40;

    private final MemoryDirectory files = MemoryDirectory.create(1 << 20, 100);
    private final Ledger ledger =
            Ledger.of(Limits.defaults().withStoredBytes(STORED).withFiles(FILES));
    private final List<Throwable> faults = Collections.synchronizedList(new ArrayList<>());

    private FileGuest guest() throws IOException {
        return FileGuest.over(
                files,
                PathRules.everything(),
                config ->
                        config.withLedger(ledger)
                                .withListener((function, failure) -> faults.add(failure)));
    }

    private void hammer(Callable<Void> blow) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Void>> blows = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                blows.add(threads.submit(blow));
            }
            for (Future<Void> each : blows) {
                each.get();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void theLedgerIsTrueInTheEnd() throws Exception {
        CountDownLatch ready = new CountDownLatch(THREADS);
        hammer(
                () -> {
                    FileGuest guest = guest();
                    Random random = new Random(Thread.currentThread().getId());
                    ready.countDown();
                    ready.await();
                    for (int i = 0; i < CALLS; i++) {
                        strike(guest, random);
                    }
                    guest.guest().wasi().close();
                    return null;
                });
        assertThat(faults).isEmpty();
        FileGuest last = guest();
        for (String path : files.list()) {
            assertThat(last.unlink(path)).as(path).isEqualTo(Errno.SUCCESS);
        }
        assertThat(files.usedBytes()).isZero();
        assertThat(ledger.storable()).isEqualTo(STORED);
        for (int i = 0; i < FILES; i++) {
            assertThat(ledger.addFile()).isTrue();
        }
    }

    private static void strike(FileGuest guest, Random random) {
        String one = "f" + random.nextInt(5);
        String other = "f" + random.nextInt(5);
        switch (random.nextInt(8)) {
            case 0 -> guest.unlink(one);
            case 1 -> guest.rename(one, other);
            case 2 -> guest.link(one, other);
            case 3 -> {
                if (guest.tryOpen(ROOT, one, CREATE | TRUNCATE, WRITE, 0) == Errno.SUCCESS) {
                    guest.call("fd_close", guest.result());
                }
            }
            default -> write(guest, one, random);
        }
    }

    /** Leaves some descriptors open, so that files outlive their names. */
    private static void write(FileGuest guest, String path, Random random) {
        int flags = random.nextBoolean() ? APPEND : 0;
        if (guest.tryOpen(ROOT, path, CREATE, WRITE, flags) != Errno.SUCCESS) {
            guest.call("fd_close", 4 + random.nextInt(200));
            return;
        }
        int fd = guest.result();
        guest.writeAt(fd, random.nextInt(5_000), "x".repeat(random.nextInt(3_000)));
        guest.tryWrite(fd, "y".repeat(random.nextInt(1_000)));
        guest.call("fd_filestat_set_size", fd, random.nextInt(5_000));
        if (random.nextInt(3) > 0) {
            guest.call("fd_close", fd);
        }
    }

    @Test
    void nothingIsLostBetweenTwoWhoAppend() throws Exception {
        hammer(
                () -> {
                    FileGuest guest = guest();
                    assertThat(guest.tryOpen(ROOT, "log", CREATE, WRITE, APPEND))
                            .isEqualTo(Errno.SUCCESS);
                    int fd = guest.result();
                    for (int i = 0; i < 500; i++) {
                        guest.write(fd, "0123456789");
                    }
                    return null;
                });
        assertThat(files.read("log")).hasSize(THREADS * 500 * 10);
        assertThat(ledger.storable()).isEqualTo(STORED - THREADS * 500 * 10);
        assertThat(faults).isEmpty();
    }

    @Test
    void revocationFindsEverySession() throws Exception {
        FileGuest owner = guest();
        files.write("file", new byte[10]);
        hammer(
                () -> {
                    FileGuest guest = guest();
                    int fd = guest.open("file", 0, WRITE);
                    Thread revoker =
                            new Thread(
                                    () -> {
                                        try {
                                            guest.preopen().close();
                                        } catch (IOException e) {
                                            faults.add(e);
                                        }
                                    });
                    revoker.start();
                    while (guest.writeAt(fd, 0, "x") == Errno.SUCCESS) {
                        Thread.onSpinWait();
                    }
                    assertThat(guest.writeAt(fd, 0, "x")).isEqualTo(Errno.BADF);
                    revoker.join();
                    return null;
                });
        assertThat(owner.unlink("file")).isEqualTo(Errno.SUCCESS);
        assertThat(ledger.storable()).as("no session holds it").isEqualTo(STORED);
        assertThat(files.usedBytes()).isZero();
        assertThat(faults).isEmpty();
    }
}
