package dev.cordon.wasi.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every directory does, whatever is behind it. */
abstract class DirectoryHandleContract {
    static final OpenMode READ = new OpenMode(true, false, false, false, false);
    static final OpenMode WRITE = new OpenMode(true, true, false, false, false);
    static final OpenMode CREATE = new OpenMode(true, true, true, false, false);
    static final OpenMode CREATE_NEW = new OpenMode(true, true, true, true, false);
    static final OpenMode TRUNCATE = new OpenMode(true, true, false, false, true);

    DirectoryHandle root;

    /** An empty directory that can be written. */
    abstract DirectoryHandle newRoot() throws Exception;

    /** Whether names are counted, times are exact, and those of links can be set. */
    abstract boolean tellsEverything();

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

    // Files

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

    // Directories

    @Test
    void directoriesNest() throws Exception {
        root.createDirectory("d");
        assertRefused(Errno.EXIST, () -> root.createDirectory("d"));
        write(root, "f", "");
        assertRefused(Errno.EXIST, () -> root.createDirectory("f"));
        try (DirectoryHandle d = root.openDirectory("d")) {
            d.createDirectory("e");
            write(d, "a", "deep");
            assertThat(names(d)).containsExactlyInAnyOrder("e", "a");
            assertThat(d.stat().inode()).isEqualTo(root.stat("d").inode());
            assertThat(d.stat().type()).isEqualTo(FileType.DIRECTORY);
            assertThat(d.stat().device()).isEqualTo(root.stat().device());
        }
        assertThat(names(root)).containsExactlyInAnyOrder("d", "f");
    }

    @Test
    void onlyDirectoriesAreOpenedAsDirectories() throws Exception {
        write(root, "f", "");
        root.createDirectory("d");
        root.createLink("l", "d");
        assertRefused(Errno.NOENT, () -> root.openDirectory("none"));
        assertRefused(Errno.NOTDIR, () -> root.openDirectory("f"));
        assertRefused(Errno.LOOP, () -> root.openDirectory("l"));
    }

    @Test
    void aDirectoryStaysItselfWhenItIsRenamed() throws Exception {
        root.createDirectory("d");
        try (DirectoryHandle d = root.openDirectory("d")) {
            write(d, "a", "mine");
            root.rename("d", root, "e");
            root.createDirectory("d");
            assertThat(read(d, "a")).isEqualTo("mine");
            d.createDirectory("sub");
            try (DirectoryHandle e = root.openDirectory("e")) {
                assertThat(names(e)).containsExactlyInAnyOrder("a", "sub");
            }
        }
    }

    @Test
    void aRemovedDirectoryTakesNothingMore() throws Exception {
        root.createDirectory("d");
        try (DirectoryHandle d = root.openDirectory("d")) {
            root.removeDirectory("d");
            assertRefused(Errno.NOENT, () -> d.openFile("a", CREATE));
            assertRefused(Errno.NOENT, () -> d.createDirectory("a"));
            assertRefused(Errno.NOENT, () -> d.createLink("a", "b"));
            assertRefused(Errno.NOENT, () -> d.stat("a"));
        }
    }

    @Test
    void removingKnowsFilesFromDirectories() throws Exception {
        root.createDirectory("d");
        write(root, "f", "");
        root.createLink("l", "d");
        assertRefused(Errno.NOTDIR, () -> root.removeDirectory("f"));
        assertRefused(Errno.NOTDIR, () -> root.removeDirectory("l"));
        assertRefused(Errno.ISDIR, () -> root.removeFile("d"));
        assertRefused(Errno.NOENT, () -> root.removeFile("none"));
        assertRefused(Errno.NOENT, () -> root.removeDirectory("none"));
        try (DirectoryHandle d = root.openDirectory("d")) {
            write(d, "a", "");
        }
        assertRefused(Errno.NOTEMPTY, () -> root.removeDirectory("d"));
        root.removeFile("l");
        root.removeFile("f");
        try (DirectoryHandle d = root.openDirectory("d")) {
            d.removeFile("a");
        }
        root.removeDirectory("d");
        assertThat(names(root)).isEmpty();
    }

    @Test
    void listsEveryEntryOnceWithItsTypeAndInode() throws Exception {
        for (int i = 0; i < 1000; i++) {
            root.openFile("file with a rather long name " + i, CREATE).close();
        }
        root.createDirectory("d");
        root.createLink("l", "d");
        int count = 0;
        try (EntryCursor entries = root.entries()) {
            for (EntryCursor.Entry e = entries.next(); e != null; e = entries.next()) {
                FileStat stat = root.stat(e.name());
                assertThat(e.inode()).isEqualTo(stat.inode());
                assertThat(e.type()).isEqualTo(stat.type());
                count++;
            }
            assertThat(entries.next()).isNull();
        }
        assertThat(count).isEqualTo(1002);
        assertThat(names(root)).doesNotHaveDuplicates().hasSize(1002);
    }

    @Test
    void namesMayBeOfAnyText() throws Exception {
        List<String> odd =
                List.of("é", "日本", "😀", "%41", "a b", "a\nb", "?", "#", "...", "\\", "C:", "a:b");
        for (String name : odd) {
            write(root, name, name);
        }
        assertThat(names(root)).containsExactlyInAnyOrderElementsOf(odd);
        for (String name : odd) {
            assertThat(read(root, name)).isEqualTo(name);
        }
        assertRefused(Errno.NAMETOOLONG, () -> root.openFile("x".repeat(256), CREATE));
        assertRefused(Errno.NAMETOOLONG, () -> root.createDirectory("x".repeat(256)));
        assertRefused(Errno.NAMETOOLONG, () -> root.stat("x".repeat(256)));
    }

    // Links and names

    @Test
    void linksKeepTheirText() throws Exception {
        for (String text : List.of("a", "../b/../c", "été/日本", "./x")) {
            root.createLink("l", text);
            assertThat(root.readLink("l")).isEqualTo(text);
            assertThat(root.stat("l").type()).isEqualTo(FileType.SYMBOLIC_LINK);
            assertRefused(Errno.EXIST, () -> root.createLink("l", "other"));
            root.removeFile("l");
        }
        write(root, "f", "");
        assertRefused(Errno.INVAL, () -> root.readLink("f"));
        assertRefused(Errno.NOENT, () -> root.readLink("none"));
        assertRefused(Errno.EXIST, () -> root.createLink("f", "other"));
    }

    @Test
    void renameMovesAndReplaces() throws Exception {
        root.createDirectory("d");
        write(root, "a", "one");
        write(root, "b", "two");
        root.rename("a", root, "b");
        assertThat(read(root, "b")).isEqualTo("one");
        try (DirectoryHandle d = root.openDirectory("d")) {
            root.rename("b", d, "c");
            assertThat(read(d, "c")).isEqualTo("one");
            assertThat(names(root)).containsExactly("d");
            assertRefused(Errno.NOENT, () -> root.rename("b", d, "c"));
            root.createDirectory("e");
            assertThatThrownBy(() -> root.rename("e", root, "d"))
                    .isIn(Refusal.of(Errno.NOTEMPTY), Refusal.of(Errno.EXIST));
            assertRefused(Errno.NOTDIR, () -> root.rename("e", d, "c"));
            assertRefused(Errno.ISDIR, () -> d.rename("c", root, "e"));
            assertRefused(Errno.INVAL, () -> root.rename("d", d, "inside"));
            root.rename("d", root, "e");
            assertThat(names(root)).containsExactly("e");
        }
    }

    @Test
    void renameMovesALinkItself() throws Exception {
        write(root, "a", "text");
        root.createLink("l", "a");
        root.rename("l", root, "m");
        assertThat(root.readLink("m")).isEqualTo("a");
        assertThat(read(root, "a")).isEqualTo("text");
    }

    @Test
    void aSecondNameIsTheSameFile() throws Exception {
        write(root, "a", "text");
        root.createDirectory("d");
        try (DirectoryHandle d = root.openDirectory("d")) {
            root.link("a", d, "b");
            assertThat(d.stat("b").inode()).isEqualTo(root.stat("a").inode());
            write(d, "b", "new");
            assertThat(read(root, "a")).isEqualTo("new");
            assertRefused(Errno.EXIST, () -> root.link("a", d, "b"));
            if (tellsEverything()) {
                assertThat(root.stat("a").links()).isEqualTo(2);
            }
        }
        assertThatThrownBy(() -> root.link("d", root, "e"))
                .isIn(Refusal.of(Errno.PERM), Refusal.of(Errno.ACCES));
        assertRefused(Errno.NOENT, () -> root.link("none", root, "e"));
    }

    // Times

    @Test
    void timesAreSetAndKept() throws Exception {
        long micro = 1_234_567_890_123_456_000L;
        write(root, "a", "text");
        root.createDirectory("d");
        for (String name : List.of("a", "d")) {
            root.setTimes(name, new TimeChange(micro, 5_000));
            root.setTimes(name, new TimeChange(TimeChange.KEEP, 7_000));
            assertThat(root.stat(name).accessed()).isEqualTo(micro);
            assertThat(root.stat(name).modified()).isEqualTo(7_000);
        }
        try (FileHandle file = root.openFile("a", READ)) {
            file.setTimes(new TimeChange(9_000, TimeChange.KEEP));
            assertThat(file.stat().accessed()).isEqualTo(9_000);
            assertThat(file.stat().modified()).isEqualTo(7_000);
        }
        root.setTimes(new TimeChange(3_000, 4_000));
        assertThat(root.stat().modified()).isEqualTo(4_000);
        assertRefused(Errno.NOENT, () -> root.setTimes("none", new TimeChange(0, 0)));
    }

    @Test
    void timesAreExactWhereTheSystemCan() throws Exception {
        if (!tellsEverything()) {
            return;
        }
        root.createLink("l", "none");
        write(root, "a", "");
        TimeChange exact = new TimeChange(1_000_000_001L, -999_999_999L);
        for (String name : List.of("l", "a")) {
            root.setTimes(name, exact);
            assertThat(root.stat(name).accessed()).isEqualTo(exact.accessed());
            assertThat(root.stat(name).modified()).isEqualTo(exact.modified());
        }
    }

    // Closing

    @Test
    void aDuplicateIsClosedOnItsOwn() throws Exception {
        write(root, "a", "text");
        DirectoryHandle duplicate = root.duplicate();
        assertThat(duplicate.stat().inode()).isEqualTo(root.stat().inode());
        root.sync();
        duplicate.close();
        assertThat(read(root, "a")).isEqualTo("text");
        assertRefused(Errno.BADF, duplicate::stat);
    }

    @Test
    void aClosedDirectoryRefusesEverything() throws Exception {
        DirectoryHandle closed = root.duplicate();
        closed.close();
        closed.close();
        TimeChange times = new TimeChange(0, 0);
        List<ThrowingCallable> calls =
                List.of(
                        closed::stat,
                        closed::entries,
                        closed::sync,
                        closed::duplicate,
                        () -> closed.stat("a"),
                        () -> closed.openDirectory("a"),
                        () -> closed.openFile("a", CREATE),
                        () -> closed.readLink("a"),
                        () -> closed.createDirectory("a"),
                        () -> closed.createLink("a", "b"),
                        () -> closed.removeDirectory("a"),
                        () -> closed.removeFile("a"),
                        () -> closed.rename("a", root, "b"),
                        () -> root.rename("a", closed, "b"),
                        () -> closed.link("a", root, "b"),
                        () -> root.link("a", closed, "b"),
                        () -> closed.setTimes(times),
                        () -> closed.setTimes("a", times));
        write(root, "a", "");
        for (ThrowingCallable call : calls) {
            assertRefused(Errno.BADF, call);
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
