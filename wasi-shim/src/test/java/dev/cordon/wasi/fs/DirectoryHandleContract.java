package dev.cordon.wasi.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** What every directory does, whatever is behind it, and its files. */
abstract class DirectoryHandleContract extends FileHandleContract {
    /** Whether names are counted, times are exact, and those of links can be set. */
    abstract boolean tellsEverything();

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
}
