package dev.cordon.wasi.fs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class MemoryTreeTest {
    private static final OpenMode CREATE = new OpenMode(true, true, true, false, false);
    private static final long CAPACITY = 100_000;

    private final AtomicLong nanos = new AtomicLong(1_000);
    private final MemoryTree tree = MemoryTree.create(CAPACITY, 20, nanos::get);
    private final DirectoryHandle root = tree.open();

    private static org.assertj.core.api.AbstractThrowableAssert<?, ?> refused(
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call, Errno errno) {
        return assertThatThrownBy(call).isSameAs(Refusal.of(errno));
    }

    @Test
    void whatWasNeverWrittenTakesNoRoom() throws Exception {
        try (FileHandle file = root.openFile("sparse", CREATE)) {
            long before = tree.used();
            file.resize(1L << 50);
            assertThat(tree.used()).isEqualTo(before);
            assertThat(file.write(1L << 49, new byte[] {7}, 0, 1)).isEqualTo(1);
            assertThat(tree.used() - before).isEqualTo(MemoryFile.CHUNK_COST);
            byte[] read = new byte[3];
            assertThat(file.read((1L << 49) - 1, read, 0, 3)).isEqualTo(3);
            assertThat(read).containsExactly(0, 7, 0);
            file.resize(1L << 49);
            file.resize(1L << 50);
            file.read((1L << 49) - 1, read, 0, 3);
            assertThat(read).as("what was cut is gone").containsExactly(0, 0, 0);
        }
    }

    @Test
    void contentIsBoundedByTheCapacity() throws Exception {
        try (FileHandle file = root.openFile("full", CREATE)) {
            byte[] much = new byte[200_000];
            int written = file.write(0, much, 0, much.length);
            assertThat(written).isPositive().isLessThan((int) CAPACITY);
            assertThat(file.size()).isEqualTo(written);
            refused(() -> file.write(written, much, 0, 1), Errno.NOSPC);
            assertThat(tree.used()).isLessThanOrEqualTo(CAPACITY);
        }
        assertThat(tree.files()).isEqualTo(1);
    }

    @Test
    void namesAndFilesAreBounded() throws Exception {
        for (int i = 0; i < 20; i++) {
            root.createDirectory("d" + i);
        }
        refused(() -> root.createDirectory("more"), Errno.NOSPC);
        refused(() -> root.createLink("more", "text"), Errno.NOSPC);
        refused(() -> root.openFile("more", CREATE), Errno.NOSPC);
        for (int i = 0; i < 20; i++) {
            root.removeDirectory("d" + i);
        }
        assertThat(tree.used()).isZero();
    }

    @Test
    void hardLinksTakeRoomUntilNoneIsLeft() throws Exception {
        root.openFile("f", CREATE).close();
        int links = 0;
        try {
            while (true) {
                root.link("f", root, "link-" + links);
                links++;
            }
        } catch (Refusal full) {
            assertThat(full.errno()).isEqualTo(Errno.NOSPC);
        }
        assertThat(links).isBetween(100, 1_000);
    }

    @Test
    void anUnlinkedFileTakesRoomUntilItIsClosed() throws Exception {
        FileHandle file = root.openFile("f", CREATE);
        file.write(0, new byte[10_000], 0, 10_000);
        root.removeFile("f");
        assertThat(tree.used()).isGreaterThan(10_000);
        assertThat(file.stat().links()).isZero();
        file.close();
        file.close();
        assertThat(tree.used()).isZero();
        refused(file::size, Errno.BADF);
    }

    @Test
    void renamingIntoItselfIsRefused() throws Exception {
        root.createDirectory("a");
        DirectoryHandle a = root.openDirectory("a");
        a.createDirectory("b");
        DirectoryHandle b = a.openDirectory("b");
        refused(() -> root.rename("a", b, "c"), Errno.INVAL);
        refused(() -> root.rename("a", a, "c"), Errno.INVAL);
        root.createDirectory("other");
        refused(() -> root.rename("other", MemoryTree.create(9999, 9).open(), "x"), Errno.XDEV);
    }

    @Test
    void aRemovedDirectoryIsGone() throws Exception {
        root.createDirectory("a");
        DirectoryHandle a = root.openDirectory("a");
        root.removeDirectory("a");
        refused(a::stat, Errno.NOENT);
        refused(a::entries, Errno.NOENT);
        refused(() -> a.createDirectory("b"), Errno.NOENT);
        refused(() -> root.rename("x", a, "y"), Errno.NOENT);
        refused(() -> a.openFile("f", CREATE), Errno.NOENT);
    }

    @Test
    void timesFollowWhatHappens() throws Exception {
        FileHandle file = root.openFile("f", CREATE);
        nanos.set(2_000);
        file.write(0, new byte[1], 0, 1);
        nanos.set(3_000);
        file.read(0, new byte[1], 0, 1);
        FileStat stat = root.stat("f");
        assertThat(stat.modified()).isEqualTo(2_000);
        assertThat(stat.accessed()).isEqualTo(3_000);
        nanos.set(4_000);
        root.setTimes("f", new TimeChange(TimeChange.KEEP, 5));
        stat = root.stat("f");
        assertThat(stat.modified()).isEqualTo(5);
        assertThat(stat.accessed()).isEqualTo(3_000);
        assertThat(stat.changed()).isEqualTo(4_000);
        assertThat(root.stat().modified()).as("a name was added").isEqualTo(1_000);
    }

    @Test
    void aCursorGoesOnWhateverComesAndGoes() throws Exception {
        for (String name : new String[] {"a", "b", "c"}) {
            root.createDirectory(name);
        }
        try (EntryCursor cursor = root.entries()) {
            assertThat(name(cursor)).isEqualTo("a");
            root.removeDirectory("a");
            root.removeDirectory("b");
            root.createLink("d", "x");
            assertThat(name(cursor)).isEqualTo("c");
            EntryCursor.Entry last = cursor.next();
            assertThat(last).isNotNull();
            assertThat(last.type()).isEqualTo(FileType.SYMBOLIC_LINK);
            assertThat(cursor.next()).isNull();
        }
    }

    private static String name(EntryCursor cursor) throws IOException {
        EntryCursor.Entry entry = cursor.next();
        return entry == null ? "" : entry.name();
    }

    @Test
    void inodesStayTheSame() throws Exception {
        root.openFile("f", CREATE).close();
        long inode = root.stat("f").inode();
        root.link("f", root, "g");
        root.removeFile("f");
        root.rename("g", root, "h");
        assertThat(root.stat("h").inode()).isEqualTo(inode);
        root.removeFile("h");
        root.openFile("f", CREATE).close();
        assertThat(root.stat("f").inode()).isNotEqualTo(inode);
    }

    @Test
    void handlesDoOnlyWhatTheyWereOpenedFor() throws Exception {
        root.openFile("f", CREATE).close();
        FileHandle reading = root.openFile("f", new OpenMode(true, false, false, false, false));
        refused(() -> reading.write(0, new byte[1], 0, 1), Errno.BADF);
        refused(() -> reading.append(new byte[1], 0, 1), Errno.BADF);
        refused(() -> reading.resize(1), Errno.BADF);
        FileHandle writing = root.openFile("f", new OpenMode(false, true, false, false, false));
        refused(() -> writing.read(0, new byte[1], 0, 1), Errno.BADF);
    }
}
