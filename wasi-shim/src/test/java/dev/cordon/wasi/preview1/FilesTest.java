package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.FileGuest.APPEND;
import static dev.cordon.wasi.preview1.FileGuest.CREATE;
import static dev.cordon.wasi.preview1.FileGuest.READ;
import static dev.cordon.wasi.preview1.FileGuest.ROOT;
import static dev.cordon.wasi.preview1.FileGuest.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.abi.Errno;
import java.io.IOException;
import org.junit.jupiter.api.Test;

/** The functions about content, size, position and times of what is open. */
class FilesTest {
    private final FileGuest guest;
    private final int fd;

    FilesTest() throws IOException {
        guest = FileGuest.writing();
        fd = guest.open("file", CREATE, WRITE | FileGuest.ALL);
    }

    @Test
    void whatIsWrittenIsReadAgain() {
        guest.write(fd, "hello");
        assertThat(guest.position(fd)).isEqualTo(5);
        assertThat(guest.read(fd, 10)).isEmpty();
        assertThat(guest.seek(fd, 1, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.read(fd, 3)).isEqualTo("ell");
        assertThat(guest.position(fd)).isEqualTo(4);
    }

    @Test
    void callsAreCharged() {
        guest.write(fd, "hello");
        guest.seek(fd, 0, 0);
        guest.read(fd, 100);
        assertThat(guest.guest().charges())
                .containsExactly("path_open 4", "fd_write 13", "fd_seek 0", "fd_read 13");
    }

    @Test
    void positionsOfTheirOwnLeaveThePositionAlone() {
        guest.write(fd, "hello");
        assertThat(guest.writeAt(fd, 1, "EL")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.readAt(fd, 0, 10)).isEqualTo("hELlo");
        assertThat(guest.readAt(fd, 5, 10)).isEmpty();
        assertThat(guest.position(fd)).isEqualTo(5);
    }

    @Test
    void positionsAreUnsignedAndHaveAnEnd() {
        assertThat(guest.writeAt(fd, -1, "x")).isEqualTo(Errno.INVAL);
        assertThat(guest.writeAt(fd, Long.MAX_VALUE, "x")).isEqualTo(Errno.FBIG);
        assertThat(guest.seek(fd, -1, 0)).isEqualTo(Errno.INVAL);
        assertThat(guest.seek(fd, Long.MAX_VALUE, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.seek(fd, 1, 1)).isEqualTo(Errno.OVERFLOW);
        assertThat(guest.seek(fd, Long.MIN_VALUE, 1)).isEqualTo(Errno.INVAL);
        assertThat(guest.tryWrite(fd, "x")).isEqualTo(Errno.FBIG);
        assertThat(guest.read(fd, 10)).isEmpty();
        assertThat(guest.seek(fd, 0, 3)).isEqualTo(Errno.INVAL);
    }

    @Test
    void seekingKnowsStartPositionAndEnd() {
        guest.write(fd, "hello");
        assertThat(guest.seek(fd, -2, 2)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.position(fd)).isEqualTo(3);
        assertThat(guest.seek(fd, -1, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.position(fd)).isEqualTo(2);
        assertThat(guest.seek(fd, -3, 1)).isEqualTo(Errno.INVAL);
        assertThat(guest.position(fd)).isEqualTo(2);
    }

    @Test
    void gapsAreZeros() {
        assertThat(guest.writeAt(fd, 3, "x")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.readAt(fd, 0, 10)).isEqualTo("\0\0\0x");
    }

    @Test
    void appendingWritesAtTheEndWhereverThePositionIs() {
        guest.write(fd, "hello");
        assertThat(guest.tryOpen(ROOT, "file", 0, WRITE, APPEND)).isEqualTo(Errno.SUCCESS);
        int appending = guest.result();
        guest.write(appending, " one");
        guest.write(fd, " two");
        guest.seek(appending, 0, 0);
        guest.write(appending, " three");
        assertThat(guest.position(appending)).isEqualTo(15);
        assertThat(guest.readAt(fd, 0, 30)).isEqualTo("hello two three");
        assertThat(guest.call("fd_fdstat_set_flags", appending, 0)).isEqualTo(Errno.SUCCESS);
        guest.seek(appending, 0, 0);
        guest.write(appending, "HELLO");
        assertThat(guest.readAt(fd, 0, 30)).isEqualTo("HELLO two three");
    }

    @Test
    void sizesCanBeSet() {
        guest.write(fd, "hello");
        assertThat(guest.call("fd_filestat_set_size", fd, 2)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_filestat_set_size", fd, 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.readAt(fd, 0, 10)).isEqualTo("he\0\0");
        assertThat(guest.call("fd_filestat_set_size", fd, -1)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_filestat_set_size", fd, Long.MAX_VALUE)).isEqualTo(Errno.DQUOT);
        assertThat(guest.readAt(fd, 0, 10)).isEqualTo("he\0\0");
    }

    @Test
    void allocatingExtendsAndNeverCuts() {
        guest.write(fd, "hello");
        assertThat(guest.call("fd_allocate", fd, 0, 3)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_allocate", fd, 4, 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.readAt(fd, 0, 10)).isEqualTo("hello\0\0\0");
        assertThat(guest.call("fd_allocate", fd, 0, 0)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_allocate", fd, -1, 1)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_allocate", fd, 1, Long.MAX_VALUE)).isEqualTo(Errno.FBIG);
        assertThat(guest.call("fd_allocate", fd, 0, 1L << 60)).isEqualTo(Errno.DQUOT);
    }

    @Test
    void timesAreSetToNumbersOrToNow() {
        assertThat(guest.call("fd_filestat_set_times", fd, 7, 9, 1 | 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.fileState(fd)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.field(40)).isEqualTo(7);
        assertThat(guest.field(48)).isEqualTo(9);
        assertThat(guest.call("fd_filestat_set_times", fd, 1, 1, 8)).isEqualTo(Errno.SUCCESS);
        guest.fileState(fd);
        assertThat(guest.field(40)).isEqualTo(7);
        assertThat(guest.field(48)).as("the guest's clock stands at the epoch").isZero();
    }

    @Test
    void timesThatMakeNoSenseAreRefused() {
        assertThat(guest.call("fd_filestat_set_times", fd, 1, 1, 3)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_filestat_set_times", fd, 1, 1, 12)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_filestat_set_times", fd, 1, 1, 16)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_filestat_set_times", fd, -1, 1, 1)).isEqualTo(Errno.INVAL);
    }

    @Test
    void flagsOfFilesAreAllAccepted() {
        assertThat(guest.call("fd_fdstat_set_flags", fd, 31)).isEqualTo(Errno.SUCCESS);
        guest.write(fd, "synced");
        assertThat(guest.call("fd_fdstat_get", fd, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest().memory().readShort(2)).isEqualTo((short) 31);
        assertThat(guest.guest().text(0, 1)).isEqualTo("\4");
        assertThat(guest.call("fd_sync", fd)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_datasync", fd)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_sync", ROOT)).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void adviceIsCheckedAndTaken() {
        assertThat(guest.call("fd_advise", fd, 0, 10, 5)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_advise", fd, 0, 10, 6)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_advise", fd, -1, 10, 0)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_advise", 0, 0, 10, 0)).isEqualTo(Errno.SPIPE);
    }

    @Test
    void directoriesHaveNoContent() {
        assertThat(guest.tryRead(ROOT, 1)).isEqualTo(Errno.BADF);
        assertThat(guest.tryWrite(ROOT, "x")).isEqualTo(Errno.BADF);
        assertThat(guest.writeAt(ROOT, 0, "x")).isEqualTo(Errno.BADF);
        assertThat(guest.seek(ROOT, 0, 1)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_tell", ROOT, 0)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_allocate", ROOT, 0, 1)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_filestat_set_size", ROOT, 0)).isEqualTo(Errno.BADF);
    }

    @Test
    void streamsHaveNoPositionAndNoContentToKeep() {
        TestGuest plain = TestGuest.plain();
        plain.zero(0, 64);
        for (int stream = 0; stream < 3; stream++) {
            assertThat(plain.call("fd_seek", stream, 0, 1, 64)).isEqualTo(Errno.SPIPE);
            assertThat(plain.call("fd_tell", stream, 64)).isEqualTo(Errno.SPIPE);
            assertThat(plain.call("fd_pread", stream, 0, 1, 0, 64)).isEqualTo(Errno.SPIPE);
            assertThat(plain.call("fd_pwrite", stream, 0, 1, 0, 64)).isEqualTo(Errno.SPIPE);
            assertThat(plain.call("fd_allocate", stream, 0, 1)).isEqualTo(Errno.SPIPE);
            assertThat(plain.call("fd_datasync", stream)).isEqualTo(Errno.INVAL);
            assertThat(plain.call("fd_filestat_set_size", stream, 0)).isEqualTo(Errno.INVAL);
            assertThat(plain.call("fd_filestat_set_times", stream, 0, 0, 0))
                    .isEqualTo(Errno.NOTSUP);
            assertThat(plain.call("fd_readdir", stream, 64, 10, 0, 128)).isEqualTo(Errno.NOTDIR);
        }
        assertThat(plain.call("fd_seek", 9, 0, 0, 64)).isEqualTo(Errno.BADF);
    }

    @Test
    void nothingIsWrittenAroundTheState() {
        guest.guest().memory().fill((byte) '?', 0, 200);
        assertThat(guest.call("fd_filestat_get", fd, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.guest().text(7, 8) + guest.guest().text(72, 73)).isEqualTo("??");
        assertThat(guest.guest().text(25, 32)).isEqualTo("\0\0\0\0\0\0\0");
    }

    @Test
    void aFileOpenedForReadingIsNotWritten() {
        int reading = guest.open("file", 0, READ);
        assertThat(guest.tryWrite(reading, "x")).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.writeAt(reading, 0, "x")).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_filestat_set_size", reading, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_allocate", reading, 0, 1)).isEqualTo(Errno.NOTCAPABLE);
    }
}
