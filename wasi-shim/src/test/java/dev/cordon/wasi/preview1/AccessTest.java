package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.FileGuest.CREATE;
import static dev.cordon.wasi.preview1.FileGuest.DIRECTORY;
import static dev.cordon.wasi.preview1.FileGuest.FOLLOW;
import static dev.cordon.wasi.preview1.FileGuest.READ;
import static dev.cordon.wasi.preview1.FileGuest.ROOT;
import static dev.cordon.wasi.preview1.FileGuest.TRUNCATE;
import static dev.cordon.wasi.preview1.FileGuest.WRITE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.MemoryDirectory;
import dev.cordon.wasi.PathRules;
import dev.cordon.wasi.Preopen;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.audit.AuditTrail;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Read-only preopens, path rules, revocation and the trail they leave. */
class AccessTest {
    private static MemoryDirectory files() throws IOException {
        MemoryDirectory files = FileGuest.emptyDirectory();
        files.write("public/a", "a".getBytes(UTF_8));
        files.write("public/secret/key", "key".getBytes(UTF_8));
        files.write("private/b", "b".getBytes(UTF_8));
        return files;
    }

    @Test
    void aReadOnlyPreopenIsNotChangedWhateverTheRightsSay() throws IOException {
        MemoryDirectory files = files();
        FileGuest guest = FileGuest.reading(files);
        List<String> before = files.list();
        assertThat(guest.tryOpen(ROOT, "public/a", TRUNCATE, READ, 0)).isEqualTo(Errno.ROFS);
        assertThat(guest.tryOpen(ROOT, "public/a", CREATE, READ, 0)).isEqualTo(Errno.ROFS);
        assertThat(guest.tryOpen(ROOT, "public/a", 0, WRITE, 0)).isEqualTo(Errno.ROFS);
        assertThat(guest.tryOpen(ROOT, "public/a", 0, 1L << 22, 0)).isEqualTo(Errno.ROFS);
        assertThat(guest.makeDirectory("new")).isEqualTo(Errno.ROFS);
        assertThat(guest.removeDirectory("public")).isEqualTo(Errno.ROFS);
        assertThat(guest.unlink("public/a")).isEqualTo(Errno.ROFS);
        assertThat(guest.symlink("a", "new")).isEqualTo(Errno.ROFS);
        assertThat(guest.link("public/a", "new")).isEqualTo(Errno.ROFS);
        assertThat(guest.rename("public/a", "new")).isEqualTo(Errno.ROFS);
        assertThat(guest.path("path_filestat_set_times", "public/a", 2, ROOT, 0, 1, 1, 5))
                .isEqualTo(Errno.ROFS);
        assertThat(guest.call("fd_filestat_set_times", ROOT, 1, 1, 5)).isEqualTo(Errno.ROFS);
        int fd = guest.open("public/a", 0, READ | 1L << 23);
        assertThat(guest.call("fd_filestat_set_times", fd, 1, 1, 5)).isEqualTo(Errno.ROFS);
        assertThat(guest.read(fd, 9)).isEqualTo("a");
        assertThat(files.list()).isEqualTo(before);
        assertThat(files.read("public/a")).hasSize(1);
    }

    @Test
    void aReaderThatAsksForEveryOtherRightGetsAFileToBeRead() throws IOException {
        MemoryDirectory files = files();
        FileGuest guest = FileGuest.reading(files);
        int fd = guest.open("public/a", 0, READ | 1L << 22 | 1L << 8);
        assertThat(guest.call("fd_filestat_set_size", fd, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.read(fd, 9)).isEqualTo("a");
        assertThat(files.read("public/a")).hasSize(1);
    }

    @Test
    void nothingMovesFromOnePreopenToAnother() throws IOException {
        MemoryDirectory files = files();
        try (Preopen reading = Preopen.of(files).name("/ro").open();
                Preopen writing = Preopen.of(files).name("/rw").writable().open()) {
            TestGuest guest =
                    TestGuest.with(WasiConfig.empty().withPreopens(List.of(reading, writing)));
            guest.put(0, "private/b").put(100, "public/b");
            assertThat(guest.call("path_link", 3, 0, 0, 9, 4, 100, 8)).isEqualTo(Errno.ROFS);
            assertThat(guest.call("path_rename", 3, 0, 9, 4, 100, 8)).isEqualTo(Errno.ROFS);
            assertThat(guest.call("path_rename", 4, 0, 9, 3, 100, 8)).isEqualTo(Errno.ROFS);
        }
        try (Preopen one = Preopen.of(files).writable().open();
                Preopen other = Preopen.of(files).writable().open()) {
            TestGuest guest = TestGuest.with(WasiConfig.empty().withPreopens(List.of(one, other)));
            guest.put(0, "private/b").put(100, "public/b");
            assertThat(guest.call("path_link", 3, 0, 0, 9, 4, 100, 8)).isEqualTo(Errno.XDEV);
            assertThat(guest.call("path_rename", 3, 0, 9, 4, 100, 8)).isEqualTo(Errno.XDEV);
        }
    }

    @Test
    void deniedPathsAreOutOfReachOnEveryWay() throws IOException {
        FileGuest guest = FileGuest.ruled(files(), PathRules.everything().deny("**/secret"));
        assertThat(guest.tryOpen(ROOT, "public/a", 0, READ, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.tryOpen(ROOT, "public/secret/key", 0, READ, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.tryOpen(ROOT, "public/secret/none", 0, READ, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.tryOpen(ROOT, "public/SECRET/key", 0, READ, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.tryOpen(ROOT, "public/secret/../a", 0, READ, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.stat("public/secret", 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.symlink("public/secret/key", "link")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.tryOpen(ROOT, "link", 0, READ, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.stat("link", FOLLOW)).isEqualTo(Errno.ACCES);
        assertThat(guest.link("public/secret/key", "hard")).isEqualTo(Errno.ACCES);
        assertThat(guest.rename("public/secret/key", "moved")).isEqualTo(Errno.ACCES);
        assertThat(guest.rename("public/secret", "moved")).isEqualTo(Errno.ACCES);
        assertThat(guest.rename("public", "moved")).as("with all below").isEqualTo(Errno.PERM);
        int directory = guest.openDirectory("public");
        assertThat(guest.tryOpen(directory, "secret/key", 0, READ, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.tryOpen(directory, "secret", DIRECTORY, 0, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.list(directory, 500)).containsExactly(".", "..", "a");
        assertThat(guest.rename("public/a", "public/c")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.rename("public/c", "public/secret/c")).isEqualTo(Errno.ACCES);
    }

    @Test
    void directoriesOnTheWayToWhatIsAllowedCanBePassedAndNotListedBeyond() throws IOException {
        FileGuest guest = FileGuest.ruled(files(), PathRules.everything().allow("public/secret/*"));
        assertThat(guest.list(ROOT, 500)).containsExactly(".", "..", "public");
        int directory = guest.openDirectory("public");
        assertThat(guest.list(directory, 500)).containsExactly(".", "..", "secret");
        assertThat(guest.tryOpen(directory, "secret/key", 0, WRITE, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat("public", 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stat("public/a", 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.tryOpen(ROOT, "public/a", 0, READ, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.stat("private", 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.stat("nothing", 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.tryOpen(ROOT, "new", CREATE, WRITE, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.makeDirectory("public/secret2")).isEqualTo(Errno.ACCES);
        assertThat(guest.removeDirectory("public/secret")).isEqualTo(Errno.ACCES);
    }

    @Test
    void aFileThatIsOnlyOnTheWayIsNoDirectoryAndDenied() throws IOException {
        FileGuest guest = FileGuest.ruled(files(), PathRules.everything().allow("**/key"));
        assertThat(guest.tryOpen(ROOT, "public/a", 0, READ, 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.stat("public/a", 0)).isEqualTo(Errno.ACCES);
        assertThat(guest.tryOpen(ROOT, "public/secret/key", 0, READ, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.openDirectory("public/secret")).isPositive();
    }

    @Test
    void revocationClosesWhatWasOpenedInEverySession() throws IOException {
        FileGuest guest = FileGuest.over(files(), PathRules.everything(), config -> config);
        TestGuest other = TestGuest.with(WasiConfig.empty().withPreopens(List.of(guest.preopen())));
        int file = guest.open("public/a", 0, WRITE);
        int directory = guest.openDirectory("public");
        guest.list(directory, 30);
        guest.preopen().close();
        assertThat(guest.tryRead(file, 1)).isEqualTo(Errno.BADF);
        assertThat(guest.tryWrite(file, "x")).isEqualTo(Errno.BADF);
        assertThat(guest.seek(file, 0, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.fileState(file)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_fdstat_get", file, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_readdir", directory, 0, 100, 1, 400)).isEqualTo(Errno.BADF);
        assertThat(guest.tryOpen(directory, "a", 0, READ, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.tryOpen(ROOT, "public/a", 0, READ, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_prestat_get", ROOT, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_renumber", file, 1)).isEqualTo(Errno.BADF);
        assertThat(other.call("fd_prestat_get", ROOT, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_close", file)).isEqualTo(Errno.BADF);
        assertThat(guest.tryWrite(1, "still here")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.files().read("public/a")).hasSize(1);
    }

    @Test
    void closingASessionLeavesThePreopenOpen() throws IOException {
        FileGuest guest = FileGuest.over(files(), PathRules.everything(), config -> config);
        int file = guest.open("public/a", 0, READ);
        guest.guest().wasi().restart(WasiConfig.empty().withPreopens(List.of(guest.preopen())));
        assertThat(guest.tryRead(file, 1)).isEqualTo(Errno.BADF);
        assertThat(guest.tryOpen(ROOT, "public/a", 0, READ, 0)).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void decisionsAreNotedOnceAndCounted() throws IOException {
        List<String> notes = new ArrayList<>();
        AuditTrail trail =
                AuditTrail.of(
                        decision ->
                                notes.add(
                                        decision.operation()
                                                + " "
                                                + decision.use()
                                                + " "
                                                + decision.subject()
                                                + " "
                                                + (decision.allowed() ? "yes" : decision.reason())
                                                + " x"
                                                + decision.count()));
        FileGuest guest =
                FileGuest.over(
                        files(),
                        PathRules.everything().deny("private"),
                        config -> config.withAudit(trail));
        for (int i = 0; i < 3; i++) {
            guest.open("public/secret/../a", 0, READ);
            guest.tryOpen(ROOT, "private/b", 0, READ, 0);
        }
        guest.tryOpen(ROOT, "../b", 0, READ, 0);
        guest.tryOpen(ROOT, "/b\u001b[2J", 0, READ, 0);
        assertThat(notes)
                .containsExactly(
                        "path_open FILE_READ /public/a yes x1",
                        "path_open FILE_READ /private denied by `private` x1",
                        "path_open FILE_READ / leads out of the directory it started from x1",
                        "path_open FILE_READ /b\\u{1b}[2J the path is absolute x1");
        notes.clear();
        guest.guest().wasi().close();
        assertThat(notes)
                .containsExactly(
                        "path_open FILE_READ /public/a yes x2",
                        "path_open FILE_READ /private denied by `private` x2");
    }
}
