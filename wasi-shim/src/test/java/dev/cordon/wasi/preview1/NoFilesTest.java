package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.abi.Errno;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Without preopens and sockets, everything about them is refused and nothing is written. */
class NoFilesTest {
    private final TestGuest guest = TestGuest.plain();
    private byte[] before = {};

    @BeforeEach
    void rememberMemory() {
        guest.zero(0, 64);
        before = guest.everything();
    }

    @AfterEach
    void nothingIsWritten() {
        assertThat(guest.everything()).isEqualTo(before);
    }

    @Test
    void nothingIsPreopened() {
        assertThat(guest.call("fd_prestat_get", 3, 64)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_prestat_dir_name", 3, 64, 10)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_prestat_get", 0, 64)).isEqualTo(Errno.BADF);
    }

    @ParameterizedTest
    @CsvSource({"0, NOTDIR", "1, NOTDIR", "2, NOTDIR", "3, BADF", "-1, BADF", "2147483648, BADF"})
    void pathsNeedADirectory(long fd, Errno errno) {
        assertThat(guest.call("path_create_directory", fd, 64, 1)).isEqualTo(errno);
        assertThat(guest.call("path_filestat_get", fd, 0, 64, 1, 128)).isEqualTo(errno);
        assertThat(guest.call("path_filestat_set_times", fd, 0, 64, 1, 0, 0, 0)).isEqualTo(errno);
        assertThat(guest.call("path_link", fd, 0, 64, 1, 0, 64, 1)).isEqualTo(errno);
        assertThat(guest.call("path_link", 0, 0, 64, 1, fd, 64, 1)).isEqualTo(errno);
        assertThat(guest.call("path_open", fd, 0, 64, 1, 1, -1, -1, 0, 128)).isEqualTo(errno);
        assertThat(guest.call("path_readlink", fd, 64, 1, 128, 9, 140)).isEqualTo(errno);
        assertThat(guest.call("path_remove_directory", fd, 64, 1)).isEqualTo(errno);
        assertThat(guest.call("path_rename", fd, 64, 1, 0, 64, 1)).isEqualTo(errno);
        assertThat(guest.call("path_rename", 0, 64, 1, fd, 64, 1)).isEqualTo(errno);
        assertThat(guest.call("path_symlink", 64, 1, fd, 64, 1)).isEqualTo(errno);
        assertThat(guest.call("path_unlink_file", fd, 64, 1)).isEqualTo(errno);
    }

    @ParameterizedTest
    @CsvSource({"0, NOTSOCK", "1, NOTSOCK", "3, BADF", "-1, BADF"})
    void socketsAreNone(long fd, Errno errno) {
        assertThat(guest.call("sock_accept", fd, 0, 64)).isEqualTo(errno);
        assertThat(guest.call("sock_recv", fd, 0, 1, 0, 64, 68)).isEqualTo(errno);
        assertThat(guest.call("sock_send", fd, 0, 1, 0, 64)).isEqualTo(errno);
        assertThat(guest.call("sock_shutdown", fd, 3)).isEqualTo(errno);
    }

    @Test
    void streamsHaveNoPosition() {
        for (int fd = 0; fd < 3; fd++) {
            assertThat(guest.call("fd_seek", fd, 0, 1, 64)).isEqualTo(Errno.SPIPE);
            assertThat(guest.call("fd_tell", fd, 64)).isEqualTo(Errno.SPIPE);
            assertThat(guest.call("fd_pread", fd, 0, 1, 0, 64)).isEqualTo(Errno.SPIPE);
            assertThat(guest.call("fd_pwrite", fd, 0, 1, 0, 64)).isEqualTo(Errno.SPIPE);
            assertThat(guest.call("fd_advise", fd, 0, 0, 5)).isEqualTo(Errno.SPIPE);
            assertThat(guest.call("fd_allocate", fd, 0, 1)).isEqualTo(Errno.SPIPE);
        }
    }

    @Test
    void streamsHaveNoContentToKeepOrChange() {
        assertThat(guest.call("fd_datasync", 1)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_sync", 1)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_filestat_set_size", 1, 0)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_filestat_set_times", 1, 0, 0, 0)).isEqualTo(Errno.NOTSUP);
        assertThat(guest.call("fd_readdir", 1, 64, 10, 0, 128)).isEqualTo(Errno.NOTDIR);
    }

    @Test
    void unknownAdviceAndWhenceAreRefused() {
        assertThat(guest.call("fd_advise", 1, 0, 0, 6)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_seek", 1, 0, 3, 64)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_seek", 1, 0, -1, 64)).isEqualTo(Errno.INVAL);
    }

    @Test
    void descriptorsThatAreNotOpenAreBad() {
        assertThat(guest.call("fd_seek", 3, 0, 0, 64)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_tell", 3, 64)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_pread", 3, 0, 1, 0, 64)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_pwrite", 3, 0, 1, 0, 64)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_advise", 3, 0, 0, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_allocate", 3, 0, 1)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_sync", 3)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_datasync", 3)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_filestat_set_size", 3, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_filestat_set_times", 3, 0, 0, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_readdir", 3, 64, 10, 0, 128)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_fdstat_get", 3, 64)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_filestat_get", 3, 64)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_fdstat_set_rights", 3, 0, 0)).isEqualTo(Errno.BADF);
    }
}
