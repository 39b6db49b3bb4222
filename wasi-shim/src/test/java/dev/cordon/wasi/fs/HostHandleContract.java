package dev.cordon.wasi.fs;

import static dev.cordon.wasi.fs.FileHandleContract.CREATE_NEW;
import static dev.cordon.wasi.fs.FileHandleContract.READ;
import static dev.cordon.wasi.fs.FileHandleContract.WRITE;
import static dev.cordon.wasi.fs.FileHandleContract.assertRefused;
import static dev.cordon.wasi.fs.FileHandleContract.names;
import static dev.cordon.wasi.fs.FileHandleContract.read;
import static dev.cordon.wasi.fs.FileHandleContract.write;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Handles of the host when threads are interrupted, and when somebody closes what others use. */
abstract class HostHandleContract {
    private static final int NAMES = 100;

    @TempDir Path directory;
    private DirectoryHandle root;

    /** The implementation under test. */
    abstract DirectoryHandle open(Path real) throws Exception;

    @BeforeEach
    void openRoot() throws Exception {
        root = open(directory.toRealPath());
    }

    @AfterEach
    void closeRoot() throws Exception {
        root.close();
    }

    private interface Attempt {
        void run() throws Exception;
    }

    @Test
    void anInterruptedThreadGoesOnReading() throws Exception {
        write(root, "f", "text");
        try (FileHandle file = root.openFile("f", WRITE)) {
            Thread.currentThread().interrupt();
            assertThat(read(file)).isEqualTo("text");
            file.append(new byte[1], 0, 1);
            root.openFile("f", READ).close();
            assertThat(Thread.interrupted()).isTrue();
            assertThat(file.size()).isEqualTo(5);
        }
    }

    @Test
    void anInterruptInTheMiddleHurtsOneHandleAtMost() throws Exception {
        write(root, "f", "text");
        FileHandle mine = root.openFile("f", WRITE);
        FileHandle others = root.openFile("f", READ);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread reader =
                new Thread(
                        () -> {
                            try {
                                while (!Thread.currentThread().isInterrupted()) {
                                    mine.append(new byte[1], 0, 1);
                                }
                            } catch (Exception e) {
                                end.set(e);
                            }
                        });
        reader.start();
        while (others.size() < 100) {
            Thread.onSpinWait();
        }
        reader.interrupt();
        reader.join();
        assertThat(end.get()).isIn(null, Refusal.of(Errno.INTR));
        if (end.get() != null) {
            assertRefused(Errno.BADF, mine::size);
        }
        mine.close();
        assertThat(read(others)).startsWith("text");
        others.close();
    }

    @Test
    void closingWhileOthersUseItNeverReachesAnotherFile() throws Exception {
        write(root, "mine", "m".repeat(100));
        write(root, "yours", "y".repeat(100));
        for (int round = 0; round < 300; round++) {
            FileHandle mine = root.openFile("mine", READ);
            AtomicReference<String> wrong = new AtomicReference<>();
            Thread reader = new Thread(() -> readUntilClosed(mine, wrong));
            reader.start();
            mine.close();
            FileHandle[] yours = new FileHandle[4];
            for (int i = 0; i < yours.length; i++) {
                yours[i] = root.openFile("yours", READ);
            }
            reader.join();
            assertThat(wrong).hasNullValue();
            for (FileHandle each : yours) {
                each.close();
            }
        }
    }

    private static void readUntilClosed(FileHandle mine, AtomicReference<String> wrong) {
        try {
            while (true) {
                byte[] bytes = new byte[1];
                mine.read(0, bytes, 0, 1);
                if (bytes[0] != 'm') {
                    wrong.set("read " + bytes[0]);
                }
            }
        } catch (Exception e) {
            if (e != Refusal.of(Errno.BADF)) {
                wrong.set(e.toString());
            }
        }
    }

    @Test
    void ofManyWhoCreateANameOneDoes() throws Exception {
        AtomicInteger created = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            int kind = i % 3;
            threads.add(new Thread(() -> createAll(kind, created)));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(created).hasValue(NAMES);
        assertThat(names(root)).hasSize(NAMES);
    }

    private void createAll(int kind, AtomicInteger created) {
        for (int i = 0; i < NAMES; i++) {
            try {
                switch (kind) {
                    case 0 -> root.createDirectory("n" + i);
                    case 1 -> root.createLink("n" + i, "x");
                    default -> root.openFile("n" + i, CREATE_NEW).close();
                }
                created.incrementAndGet();
            } catch (Exception e) {
                assertThat(e).isSameAs(Refusal.of(Errno.EXIST));
            }
        }
    }

    @Test
    @EnabledOnOs(OS.LINUX)
    void noDescriptorIsLeftOpen() throws Exception {
        write(root, "f", "text");
        root.createDirectory("d");
        root.createLink("l", "d");
        everything();
        long before = descriptors();
        for (int i = 0; i < 50; i++) {
            everything();
        }
        assertThat(descriptors()).isLessThan(before + 40);
    }

    /** Opens and fails to open in every way. */
    private void everything() throws Exception {
        for (String name : List.of("f", "d", "l", "none")) {
            for (OpenMode mode : List.of(READ, WRITE, CREATE_NEW)) {
                attempt(() -> root.openFile(name, mode).close());
            }
            attempt(() -> root.openDirectory(name).close());
            attempt(() -> root.createDirectory(name));
            attempt(() -> root.createLink(name, "x"));
            attempt(() -> root.setTimes(name, new TimeChange(1, 1)));
            attempt(() -> root.readLink(name));
            attempt(() -> root.link(name, root, "f"));
        }
        names(root);
        root.duplicate().close();
        root.sync();
        root.removeFile("none");
    }

    private static void attempt(Attempt attempt) throws Exception {
        try {
            attempt.run();
        } catch (Refusal e) {
            assertThat(e.errno()).isNotEqualTo(Errno.MFILE);
        }
    }

    private static long descriptors() throws Exception {
        try (var all = Files.list(Path.of("/proc/self/fd"))) {
            return all.count();
        }
    }
}
