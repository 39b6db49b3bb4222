package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.FileGuest.ROOT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Rights;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reading directories, and the names of those that were found open. */
class EntriesTest {
    private final FileGuest guest;

    EntriesTest() throws IOException {
        guest = FileGuest.writing();
    }

    private List<String> fill(int files) throws IOException {
        List<String> names = new ArrayList<>(List.of(".", ".."));
        for (int i = 0; i < files; i++) {
            guest.files().write("dir/file-" + i, new byte[0]);
            names.add("file-" + i);
        }
        return names;
    }

    @Test
    void everyEntryIsThereOnceWhateverTheBuffer() throws IOException {
        List<String> names = fill(100);
        for (int bufferBytes : new int[] {40, 64, 100, 256, 1000, 8192}) {
            int fd = guest.openDirectory("dir");
            assertThat(guest.list(fd, bufferBytes)).as("%s", bufferBytes).isEqualTo(names);
            assertThat(guest.list(fd, bufferBytes)).as("again").isEqualTo(names);
            guest.call("fd_close", fd);
        }
    }

    @Test
    void aBufferIsFilledToItsEndAndNotBeyond() throws IOException {
        fill(10);
        int fd = guest.openDirectory("dir");
        guest.guest().memory().fill((byte) '?', 0, 200);
        assertThat(guest.call("fd_readdir", fd, 8, 60, 0, 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest().memory().readInt(4)).isEqualTo(60);
        assertThat(guest.guest().text(68, 70)).isEqualTo("??");
        assertThat(guest.guest().memory().readLong(8)).as("cookie").isEqualTo(1);
        assertThat(guest.guest().memory().readInt(8 + 16)).as("length").isEqualTo(1);
        assertThat(guest.guest().text(8 + 20, 8 + 25)).as("type and name").isEqualTo("\3\0\0\0.");
    }

    @Test
    void dotHasItsInodeAndTheParentOfAPreopenHasNone() throws IOException {
        fill(1);
        guest.fileState(ROOT);
        long root = guest.field(8);
        assertThat(guest.call("fd_readdir", ROOT, 0, 100, 0, 200)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest().memory().readLong(8)).isEqualTo(root);
        assertThat(guest.guest().memory().readLong(25 + 8)).isZero();
        int fd = guest.openDirectory("dir");
        assertThat(guest.call("fd_readdir", fd, 0, 100, 1, 200)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest().memory().readLong(8)).as("..").isEqualTo(root);
    }

    @Test
    void cookiesStayWhereTheyAreWhileFilesComeAndGo() throws IOException {
        fill(20);
        int fd = guest.openDirectory("dir");
        guest.call("fd_readdir", fd, 0, 24 * 5 + 1 + 2 + 3 * 6, 0, 400);
        long cookie = guest.guest().memory().readLong(25 + 26 + 30 * 2);
        assertThat(cookie).isEqualTo(5);
        for (int i = 0; i < 3; i++) {
            guest.unlink("dir/file-" + i);
        }
        assertThat(guest.call("fd_readdir", fd, 0, 30, cookie, 400)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest().text(24, 30)).isEqualTo("file-3");
    }

    @Test
    void cookiesThatWereNeverGivenAreTheEnd() throws IOException {
        fill(5);
        int fd = guest.openDirectory("dir");
        for (long cookie : new long[] {100, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(guest.call("fd_readdir", fd, 0, 100, cookie, 400)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.guest().memory().readInt(400)).isZero();
        }
    }

    @Test
    void listingNeedsTheRight() {
        guest.call("fd_fdstat_set_rights", ROOT, Rights.PATH_OPEN, 0);
        assertThat(guest.call("fd_readdir", ROOT, 0, 100, 0, 400)).isEqualTo(Errno.NOTCAPABLE);
    }

    @Test
    void preopensTellTheirNames() {
        guest.guest().memory().fill((byte) '?', 0, 64);
        assertThat(guest.call("fd_prestat_get", ROOT, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest().text(7, 17)).isEqualTo("?\0\0\0\0\1\0\0\0?");
        assertThat(guest.call("fd_prestat_dir_name", ROOT, 20, 0)).isEqualTo(Errno.NAMETOOLONG);
        assertThat(guest.call("fd_prestat_dir_name", ROOT, 20, 2)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest().text(19, 23)).isEqualTo("?/??");
        guest.makeDirectory("dir");
        int fd = guest.openDirectory("dir");
        assertThat(guest.call("fd_prestat_get", fd, 8)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_prestat_get", 0, 8)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_prestat_get", 99, 8)).isEqualTo(Errno.BADF);
    }
}
