package dev.cordon.wasi.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every file does, whatever is behind it. */
abstract class FileHandleContract {
    static final OpenMode READ = new OpenMode(true, false, false, false, false);
    static final OpenMode WRITE = new OpenMode(true, true, false, false, false);
    static final OpenMode CREATE = new OpenMode(true, true, true, false, false);
    static final OpenMode CREATE_NEW = new OpenMode(true, true, true, true, false);
    static final OpenMode TRUNCATE = new OpenMode(true, true, false, false, true);

    DirectoryHandle root;

    /** An empty directory that can be written. */
    abstract DirectoryHandle newRoot() throws Exception;

    @BeforeEach
    void openRoot() throws Exception {
        root = newRoot();
    }

    @AfterEach
    void closeRoot() throws Exception {
        root.close();
    }

    static void assertRefused(Errno errno, ThrowingCallable call) {
        assertThatThrownBy(call).isSameAs(Refusal.of(errno));
    }

    static void write(DirectoryHandle directory, String name, String text) throws Exception {
        try (FileHandle file = directory.openFile(name, CREATE)) {
            file.resize(0);
            byte[] bytes = text.getBytes(UTF_8);
            assertThat(file.write(0, bytes, 0, bytes.length)).isEqualTo(bytes.length);
        }
    }

    static String read(DirectoryHandle directory, String name) throws Exception {
        try (FileHandle file = directory.openFile(name, READ)) {
            return read(file);
        }
    }

    static String read(FileHandle file) throws Exception {
        byte[] bytes = new byte[(int) file.size()];
        assertThat(file.read(0, bytes, 0, bytes.length)).isEqualTo(bytes.length);
        return new String(bytes, UTF_8);
    }

    static List<String> names(DirectoryHandle directory) throws Exception {
        List<String> names = new ArrayList<>();
        try (EntryCursor entries = directory.entries()) {
            for (EntryCursor.Entry e = entries.next(); e != null; e = entries.next()) {
                names.add(e.name());
            }
        }
        return names;
    }

    @Test
    void aNewFileIsEmptyAndKeepsWhatIsWritten() throws Exception {
        try (FileHandle file = root.openFile("a", CREATE_NEW)) {
            assertThat(file.size()).isZero();
            assertThat(file.write(2, new byte[] {7, 8, 9}, 1, 2)).isEqualTo(2);
            byte[] got = {1, 1, 1, 1, 1, 1};
            assertThat(file.read(1, got, 1, 5)).isEqualTo(3);
            assertThat(got).containsExactly(1, 0, 8, 9, 1, 1);
            assertThat(file.read(4, got, 0, 6)).isZero();
            assertThat(file.read(100, got, 0, 6)).isZero();
        }
        assertThat(root.stat("a").size()).isEqualTo(4);
    }

    @Test
    void openingRefusesWhatDoesNotFitTheMode() throws Exception {
        write(root, "a", "text");
        root.createDirectory("d");
        root.createLink("l", "a");
        root.createLink("dangling", "nowhere");
        assertRefused(Errno.NOENT, () -> root.openFile("b", READ));
        assertRefused(Errno.EXIST, () -> root.openFile("a", CREATE_NEW));
        assertRefused(Errno.EXIST, () -> root.openFile("dangling", CREATE_NEW));
        for (OpenMode mode : List.of(READ, WRITE, CREATE, TRUNCATE)) {
            assertRefused(Errno.ISDIR, () -> root.openFile("d", mode));
            assertRefused(Errno.LOOP, () -> root.openFile("l", mode));
            assertRefused(Errno.LOOP, () -> root.openFile("dangling", mode));
        }
        assertThat(names(root)).containsExactlyInAnyOrder("a", "d", "l", "dangling");
        assertThat(read(root, "a")).isEqualTo("text");
    }

    @Test
    void createOpensWhatIsThereAndTruncateEmptiesIt() throws Exception {
        write(root, "a", "text");
        try (FileHandle file = root.openFile("a", CREATE)) {
            assertThat(read(file)).isEqualTo("text");
        }
        try (FileHandle file = root.openFile("a", TRUNCATE)) {
            assertThat(file.size()).isZero();
        }
    }

    @Test
    void aFileIsOnlyUsedAsItWasOpened() throws Exception {
        write(root, "a", "text");
        byte[] bytes = new byte[4];
        try (FileHandle file = root.openFile("a", READ)) {
            assertRefused(Errno.BADF, () -> file.write(0, bytes, 0, 4));
            assertRefused(Errno.BADF, () -> file.append(bytes, 0, 4));
            assertRefused(Errno.BADF, () -> file.resize(0));
        }
        OpenMode writeOnly = new OpenMode(false, true, false, false, false);
        try (FileHandle file = root.openFile("a", writeOnly)) {
            assertRefused(Errno.BADF, () -> file.read(0, bytes, 0, 4));
        }
        assertThat(read(root, "a")).isEqualTo("text");
    }

    @Test
    void filesAreCutAndExtended() throws Exception {
        write(root, "a", "text");
        try (FileHandle file = root.openFile("a", WRITE)) {
            file.resize(2);
            assertThat(read(file)).isEqualTo("te");
            file.resize(4);
            assertThat(read(file)).isEqualTo("te\0\0");
            file.resize(4);
            file.sync(true);
            file.sync(false);
            assertThat(file.size()).isEqualTo(4);
        }
    }

    @Test
    void appendsOfSeveralLoseNothing() throws Exception {
        write(root, "a", "");
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            FileHandle file = root.openFile("a", WRITE);
            Thread thread =
                    new Thread(
                            () -> {
                                try (file) {
                                    for (int n = 0; n < 250; n++) {
                                        file.append(new byte[] {1, 2, 3}, 0, 3);
                                    }
                                } catch (Exception e) {
                                    throw new AssertionError(e);
                                }
                            });
            threads.add(thread);
            thread.start();
        }
        for (Thread thread : threads) {
            thread.join();
        }
        byte[] all = read(root, "a").getBytes(UTF_8);
        assertThat(all).hasSize(3000);
        assertThat(IntStream.range(0, all.length).allMatch(i -> all[i] == i % 3 + 1)).isTrue();
    }

    @Test
    void appendReturnsTheNewEnd() throws Exception {
        write(root, "a", "text");
        try (FileHandle file = root.openFile("a", WRITE)) {
            assertThat(file.append(new byte[] {'!', '?'}, 0, 2)).isEqualTo(6);
            assertThat(read(file)).isEqualTo("text!?");
        }
    }

    @Test
    void aFileStaysItselfWhenItsNameGoes() throws Exception {
        write(root, "a", "text");
        try (FileHandle file = root.openFile("a", WRITE)) {
            FileStat before = file.stat();
            root.removeFile("a");
            write(root, "a", "another");
            assertThat(read(file)).isEqualTo("text");
            assertThat(file.stat().inode()).isEqualTo(before.inode());
            assertThat(file.stat().size()).isEqualTo(4);
            assertThat(root.stat("a").inode()).isNotEqualTo(before.inode());
        }
    }

    @Test
    void aFileOutlivesTheHandleOfItsDirectory() throws Exception {
        root.createDirectory("d");
        DirectoryHandle directory = root.openDirectory("d");
        try (FileHandle file = directory.openFile("a", CREATE)) {
            directory.close();
            file.write(0, new byte[] {'x'}, 0, 1);
            file.setTimes(new TimeChange(0, 0));
            assertThat(file.stat().size()).isEqualTo(1);
            assertThat(file.stat().modified()).isZero();
        }
    }

    @Test
    void aClosedFileRefusesEverything() throws Exception {
        FileHandle closed = root.openFile("a", CREATE);
        closed.close();
        closed.close();
        byte[] bytes = new byte[1];
        List<ThrowingCallable> calls =
                List.of(
                        closed::stat,
                        closed::size,
                        () -> closed.read(0, bytes, 0, 1),
                        () -> closed.write(0, bytes, 0, 1),
                        () -> closed.append(bytes, 0, 1),
                        () -> closed.resize(1),
                        () -> closed.setTimes(new TimeChange(0, 0)),
                        () -> closed.sync(true));
        for (ThrowingCallable call : calls) {
            assertRefused(Errno.BADF, call);
        }
        assertThat(root.stat("a").size()).isZero();
    }
}
