package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.FileGuest.CREATE;
import static dev.cordon.wasi.preview1.FileGuest.DIRECTORY;
import static dev.cordon.wasi.preview1.FileGuest.EXCLUSIVE;
import static dev.cordon.wasi.preview1.FileGuest.FOLLOW;
import static dev.cordon.wasi.preview1.FileGuest.READ;
import static dev.cordon.wasi.preview1.FileGuest.ROOT;
import static dev.cordon.wasi.preview1.FileGuest.TRUNCATE;
import static dev.cordon.wasi.preview1.FileGuest.WRITE;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Rights;
import java.io.IOException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The functions about paths: what they resolve to, and what they answer. */
class PathsTest {
    private final FileGuest guest;

    PathsTest() throws IOException {
        guest = FileGuest.writing();
    }

    @BeforeEach
    void makeFiles() throws IOException {
        guest.files().write("a/b/file", "deep".getBytes(ISO_8859_1));
        guest.files().write("file", "top".getBytes(ISO_8859_1));
        assertThat(guest.symlink("a/b/file", "link")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.symlink("a/b", "dirlink")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.symlink("missing", "dangling")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.symlink("loop", "loop")).isEqualTo(Errno.SUCCESS);
    }

    @ParameterizedTest
    @CsvSource({
        "file, SUCCESS",
        "./file, SUCCESS",
        "a//b/./file, SUCCESS",
        "a/../file, SUCCESS",
        "a/b/../../file, SUCCESS",
        "link, SUCCESS",
        "dirlink/file, SUCCESS",
        "dirlink/../b/file, SUCCESS",
        "dirlink/../../file, SUCCESS",
        "dirlink/../../../file, PERM",
        "../file, PERM",
        "a/../../x, PERM",
        "/file, PERM",
        "'', NOENT",
        "missing, NOENT",
        "missing/file, NOENT",
        "file/x, NOTDIR",
        "file/, NOTDIR",
        "link/, NOTDIR",
        "file/., NOTDIR",
        "dangling, NOENT",
        "loop, LOOP",
        "loop/x, LOOP",
    })
    void pathsAreResolved(String path, Errno errno) {
        assertThat(guest.stat(path, FOLLOW)).isEqualTo(errno);
        assertThat(guest.tryOpen(ROOT, path, 0, READ, 0)).isEqualTo(errno);
    }

    @Test
    void pathsAreBounded() {
        String name = "n".repeat(256);
        assertThat(guest.stat(name, 0)).isEqualTo(Errno.NAMETOOLONG);
        assertThat(guest.stat("a/" + name + "/x", 0)).isEqualTo(Errno.NAMETOOLONG);
        assertThat(guest.stat("./".repeat(2048) + "a", 0)).isEqualTo(Errno.NAMETOOLONG);
        assertThat(guest.stat("a/../".repeat(600) + "file", 0)).isEqualTo(Errno.NAMETOOLONG);
        assertThat(guest.stat("./".repeat(2000) + "file", 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.makeDirectory("\u00e9".repeat(128))).isEqualTo(Errno.NAMETOOLONG);
        assertThat(guest.makeDirectory("\u00e9".repeat(127))).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void pathsAreText() {
        guest.guest().memory().write(0, new byte[] {'a', (byte) 0xff, (byte) 0xc0, (byte) 0x80});
        assertThat(guest.call("path_create_directory", ROOT, 0, 2)).isEqualTo(Errno.ILSEQ);
        assertThat(guest.call("path_create_directory", ROOT, 2, 2)).isEqualTo(Errno.ILSEQ);
        guest.guest().memory().write(0, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80});
        assertThat(guest.call("path_create_directory", ROOT, 0, 3)).isEqualTo(Errno.ILSEQ);
        assertThat(guest.makeDirectory("a\0b")).isEqualTo(Errno.INVAL);
        assertThat(guest.symlink("a\0b", "new")).isEqualTo(Errno.INVAL);
    }

    @Test
    void linksAreNotFollowedUnlessAsked() {
        assertThat(guest.tryOpenUnfollowed("link", 0, READ)).isEqualTo(Errno.LOOP);
        assertThat(guest.tryOpenUnfollowed("dirlink", DIRECTORY, 0)).isEqualTo(Errno.LOOP);
        assertThat(guest.stat("link", 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.statType()).isEqualTo(7);
        assertThat(guest.stat("link", FOLLOW)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.statType()).isEqualTo(4);
        assertThat(guest.stat("link", 2)).isEqualTo(Errno.INVAL);
    }

    @Test
    void aChainOfLinksEnds() {
        guest.symlink("file", "l0");
        for (int i = 1; i <= 45; i++) {
            guest.symlink("l" + (i - 1), "l" + i);
        }
        assertThat(guest.stat("l39", FOLLOW)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat("l40", FOLLOW)).isEqualTo(Errno.LOOP);
    }

    @Test
    void linksThatLeadOutAreNeitherMadeNorFollowed() {
        assertThat(guest.symlink("/etc/passwd", "new")).isEqualTo(Errno.PERM);
        assertThat(guest.symlink("../outside", "new")).isEqualTo(Errno.PERM);
        assertThat(guest.symlink("../../outside", "a/new")).isEqualTo(Errno.PERM);
        assertThat(guest.symlink("../file", "a/new")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat("a/new", FOLLOW)).isEqualTo(Errno.SUCCESS);
        int a = guest.openDirectory("a");
        assertThat(guest.tryOpen(a, "new", 0, READ, 0)).as("above its start").isEqualTo(Errno.PERM);
        assertThat(guest.tryOpen(a, "../file", 0, READ, 0)).isEqualTo(Errno.PERM);
        assertThat(guest.tryOpen(a, "b/file", 0, READ, 0)).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void creatingKnowsWhatIsThere() {
        assertThat(guest.tryOpen(ROOT, "new", CREATE | EXCLUSIVE, WRITE, 0))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.tryOpen(ROOT, "new", CREATE | EXCLUSIVE, WRITE, 0)).isEqualTo(Errno.EXIST);
        assertThat(guest.tryOpen(ROOT, "dangling", CREATE | EXCLUSIVE, WRITE, 0))
                .isEqualTo(Errno.EXIST);
        assertThat(guest.tryOpen(ROOT, "dangling", CREATE, WRITE, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat("missing", 0)).as("through the link").isEqualTo(Errno.SUCCESS);
        assertThat(guest.tryOpen(ROOT, "a", CREATE, WRITE, 0)).isEqualTo(Errno.ISDIR);
        assertThat(guest.tryOpen(ROOT, "a/b", 0, WRITE, 0)).isEqualTo(Errno.ISDIR);
        assertThat(guest.tryOpen(ROOT, "new/", CREATE, WRITE, 0)).isEqualTo(Errno.NOTDIR);
        assertThat(guest.tryOpen(ROOT, "other/", CREATE, WRITE, 0)).isEqualTo(Errno.NOENT);
        assertThat(guest.stat("other", 0)).isEqualTo(Errno.NOENT);
    }

    @Test
    void cuttingEmptiesAFileAndNeedsNoRightToWrite() {
        int fd = guest.open("file", TRUNCATE, READ);
        assertThat(guest.read(fd, 10)).isEmpty();
        assertThat(guest.tryWrite(fd, "x")).isEqualTo(Errno.NOTCAPABLE);
    }

    @Test
    void flagsThatMakeNoSenseAreRefused() {
        assertThat(guest.tryOpen(ROOT, "file", 16, READ, 0)).isEqualTo(Errno.INVAL);
        assertThat(guest.tryOpen(ROOT, "file", 0, READ, 32)).isEqualTo(Errno.INVAL);
        assertThat(guest.tryOpen(ROOT, "x", CREATE | DIRECTORY, READ, 0)).isEqualTo(Errno.INVAL);
        assertThat(guest.path("path_open", "file", 2, ROOT, 2, 0, READ, 0, 0, 8))
                .isEqualTo(Errno.INVAL);
    }

    @Test
    void directoriesAreMadeAndRemoved() {
        assertThat(guest.makeDirectory("new")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.makeDirectory("new/")).isEqualTo(Errno.EXIST);
        assertThat(guest.makeDirectory("new/x/y")).isEqualTo(Errno.NOENT);
        assertThat(guest.makeDirectory("new/x/")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.removeDirectory("new")).isEqualTo(Errno.NOTEMPTY);
        assertThat(guest.removeDirectory("new/x")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.removeDirectory("new/.")).isEqualTo(Errno.INVAL);
        assertThat(guest.removeDirectory("new/")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.removeDirectory("file")).isEqualTo(Errno.NOTDIR);
        assertThat(guest.removeDirectory("dirlink")).isEqualTo(Errno.NOTDIR);
        assertThat(guest.makeDirectory(".")).isEqualTo(Errno.EXIST);
    }

    @Test
    void removedDirectoryIsGoneForWhoHasItOpen() {
        guest.makeDirectory("new");
        int fd = guest.openDirectory("new");
        assertThat(guest.removeDirectory("new")).isEqualTo(Errno.SUCCESS);
        guest.makeDirectory("new");
        assertThat(guest.path("path_create_directory", "x", 1, fd)).isEqualTo(Errno.NOENT);
        assertThat(guest.tryOpen(fd, "x", CREATE, WRITE, 0)).isEqualTo(Errno.NOENT);
    }

    @Test
    void openFilesOutliveTheirNames() {
        int fd = guest.open("file", 0, READ);
        assertThat(guest.unlink("file")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.unlink("file")).isEqualTo(Errno.NOENT);
        assertThat(guest.read(fd, 10)).isEqualTo("top");
        assertThat(guest.unlink("a")).isEqualTo(Errno.ISDIR);
        assertThat(guest.unlink("link/")).isEqualTo(Errno.NOTDIR);
        assertThat(guest.unlink("link")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat("a/b/file", 0)).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void linksAreReadAndCut() {
        assertThat(guest.path("path_readlink", "link", 1, ROOT, 0, 4, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest().text(0, 5)).isEqualTo("a/b/?");
        assertThat(guest.guest().memory().readInt(8)).isEqualTo(4);
        assertThat(guest.path("path_readlink", "file", 1, ROOT, 0, 4, 8)).isEqualTo(Errno.INVAL);
        assertThat(guest.path("path_readlink", "x", 1, ROOT, 0, 4, 8)).isEqualTo(Errno.NOENT);
    }

    @Test
    void filesGetSecondNames() {
        assertThat(guest.link("file", "second")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat("second", 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.field(24)).isEqualTo(2);
        assertThat(guest.link("file", "second")).isEqualTo(Errno.EXIST);
        assertThat(guest.link("a", "dir")).isEqualTo(Errno.PERM);
        assertThat(guest.link("file", "other/")).isEqualTo(Errno.NOENT);
        assertThat(guest.link("dangling", "another")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat("another", 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.statType()).isEqualTo(7);
        assertThat(guest.paths("path_link", "file", 2, "x", 5, ROOT, 1, ROOT))
                .isEqualTo(Errno.INVAL);
    }

    @Test
    void renamingReplacesWhatMayBeReplaced() {
        assertThat(guest.rename("file", "a/b/file")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.read(guest.open("a/b/file", 0, READ), 10)).isEqualTo("top");
        assertThat(guest.stat("file", 0)).isEqualTo(Errno.NOENT);
        assertThat(guest.rename("a", "a/b/a")).isEqualTo(Errno.INVAL);
        assertThat(guest.rename("a", "link")).isEqualTo(Errno.NOTDIR);
        assertThat(guest.rename("link", "a")).isEqualTo(Errno.ISDIR);
        assertThat(guest.rename("link", "new/")).isEqualTo(Errno.NOTDIR);
        guest.makeDirectory("empty");
        assertThat(guest.rename("empty", "a")).isEqualTo(Errno.NOTEMPTY);
        assertThat(guest.rename("a/", "empty/")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat("empty/b/file", 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.rename("empty", ".")).isEqualTo(Errno.INVAL);
    }

    @Test
    void anOpenDirectoryIsTheDirectoryAndNotItsName() {
        int fd = guest.openDirectory("a");
        guest.rename("a", "moved");
        guest.symlink("moved", "a");
        assertThat(guest.tryOpen(fd, "b/file", 0, READ, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.tryOpen(fd, "../file", 0, READ, 0)).isEqualTo(Errno.PERM);
    }

    @Test
    void timesOfALinkAreItsOwnUnlessFollowed() {
        assertThat(setTimes("link", 0, 5)).isEqualTo(Errno.SUCCESS);
        assertThat(setTimes("link", FOLLOW, 6)).isEqualTo(Errno.SUCCESS);
        guest.stat("link", 0);
        assertThat(guest.field(48)).isEqualTo(5);
        guest.stat("a/b/file", 0);
        assertThat(guest.field(48)).isEqualTo(6);
    }

    private Errno setTimes(String path, int lookup, long time) {
        return guest.path("path_filestat_set_times", path, 2, ROOT, lookup, 0, time, 4);
    }

    @Test
    void pathsStartAtDirectories() {
        int file = guest.open("file", 0, READ);
        for (int fd : new int[] {0, 1, 2, file}) {
            assertThat(guest.tryOpen(fd, "x", 0, READ, 0)).isEqualTo(Errno.NOTDIR);
            assertThat(guest.path("path_unlink_file", "x", 1, fd)).isEqualTo(Errno.NOTDIR);
        }
        assertThat(guest.tryOpen(99, "x", 0, READ, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.paths("path_rename", "file", 1, "x", 4, ROOT, 99)).isEqualTo(Errno.BADF);
        assertThat(guest.paths("path_link", "file", 2, "x", 5, 99, 0, ROOT)).isEqualTo(Errno.BADF);
    }

    @Test
    void rightsOnlyShrink() {
        long all = Rights.FILE | Rights.DIRECTORY;
        long reading = Rights.FD_READ | Rights.FD_SEEK;
        assertThat(guest.call("fd_fdstat_set_rights", ROOT, all & Rights.DIRECTORY, reading))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.tryOpen(ROOT, "file", 0, Rights.FD_WRITE, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.tryOpen(ROOT, "a", DIRECTORY, Rights.PATH_OPEN, 0))
                .isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.tryOpen(ROOT, "file", 0, reading, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.read(guest.result(), 10)).isEqualTo("top");
        assertThat(guest.call("fd_fdstat_set_rights", ROOT, Rights.PATH_OPEN, 0))
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.makeDirectory("new")).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.unlink("file")).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.tryOpen(ROOT, "new", CREATE, 0, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.tryOpen(ROOT, "file", TRUNCATE, 0, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.stat("file", 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_fdstat_set_rights", ROOT, all, 0)).isEqualTo(Errno.NOTCAPABLE);
    }

    @Test
    void aCallIsLogged() {
        guest.guest().put(0, "file");
        guest.call("path_unlink_file", ROOT, 0, 4);
        assertThat(guest.guest().log())
                .endsWith(
                        """
                        --> path_unlink_file(fd=3, path=0, path_len=4)
                        <-- ESUCCESS
                        """);
    }
}
