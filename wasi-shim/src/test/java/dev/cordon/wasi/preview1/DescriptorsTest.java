package dev.cordon.wasi.preview1;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.GuestInput;
import dev.cordon.wasi.TestGuest;
import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import org.junit.jupiter.api.Test;

class DescriptorsTest {
    private static final long READ = 1L << 1;
    private static final long WRITE = 1L << 6;
    private static final long COMMON = 1L << 3 | 1L << 21 | 1L << 27;

    private final TestGuest guest = TestGuest.plain();

    @Test
    void stateOfInputHasTypeFlagsAndRights() {
        assertThat(guest.call("fd_fdstat_get", 0, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(7, 16)).isEqualTo("?\0\0\0\0\0\0\0\0");
        assertThat(guest.memory().readLong(16)).isEqualTo(COMMON | READ);
        assertThat(guest.memory().readLong(24)).isZero();
        assertThat(guest.text(32, 33)).isEqualTo("?");
    }

    @Test
    void outputsCanBeWrittenAndNotRead() {
        for (int output : new int[] {1, 2}) {
            assertThat(guest.call("fd_fdstat_get", output, 8)).isEqualTo(Errno.SUCCESS);
            assertThat(guest.memory().readLong(16)).isEqualTo(COMMON | WRITE);
        }
    }

    @Test
    void flagsAreKept() {
        assertThat(guest.call("fd_fdstat_set_flags", 0, 4)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_fdstat_get", 0, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.memory().readShort(10)).isEqualTo((short) 4);
    }

    @Test
    void unknownFlagsAreRefusedAndSyncIsNotSupported() {
        assertThat(guest.call("fd_fdstat_set_flags", 1, 32)).isEqualTo(Errno.INVAL);
        assertThat(guest.call("fd_fdstat_set_flags", 1, 2)).isEqualTo(Errno.NOTSUP);
        assertThat(guest.call("fd_fdstat_set_flags", 1, 16)).isEqualTo(Errno.NOTSUP);
        assertThat(guest.call("fd_fdstat_set_flags", 3, 0)).isEqualTo(Errno.BADF);
    }

    @Test
    void rightsShrinkAndNeverGrow() {
        assertThat(guest.call("fd_fdstat_set_rights", 1, WRITE, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_fdstat_set_rights", 1, WRITE | COMMON, 0))
                .isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_fdstat_set_rights", 1, WRITE, 1)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_fdstat_set_flags", 1, 0)).isEqualTo(Errno.NOTCAPABLE);
        assertThat(guest.call("fd_filestat_get", 1, 0)).isEqualTo(Errno.NOTCAPABLE);
        guest.zero(0, 16);
        assertThat(guest.call("fd_write", 1, 0, 1, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_fdstat_set_rights", 1, 0, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_write", 1, 0, 1, 8)).isEqualTo(Errno.NOTCAPABLE);
    }

    @Test
    void closedDescriptorIsGone() {
        assertThat(guest.call("fd_close", 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_close", 1)).isEqualTo(Errno.BADF);
        guest.zero(0, 16);
        assertThat(guest.call("fd_write", 1, 0, 1, 8)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_write", 2, 0, 1, 8)).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void renumberMovesOntoAnOpenDescriptor() {
        guest.put(100, "to stderr").putVectors(0, 100, 9);
        assertThat(guest.call("fd_renumber", 2, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_write", 1, 0, 1, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.stderr()).isEqualTo("to stderr");
        assertThat(guest.stdout()).isEmpty();
        assertThat(guest.call("fd_close", 2)).isEqualTo(Errno.BADF);
    }

    @Test
    void renumberNeedsTwoOpenDescriptors() {
        assertThat(guest.call("fd_renumber", 1, 3)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_renumber", 3, 1)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_renumber", 1, 0xffff_ffffL)).isEqualTo(Errno.BADF);
        assertThat(guest.call("fd_renumber", 1, 1)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.call("fd_filestat_get", 1, 0)).isEqualTo(Errno.SUCCESS);
    }

    @Test
    void fileStateOfAStreamIsZero() {
        assertThat(guest.call("fd_filestat_get", 0, 8)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(7, 73)).isEqualTo("?" + "\0".repeat(64) + "?");
    }

    @Test
    void restartOpensTheStandardStreamsAgain() {
        guest.call("fd_close", 0);
        guest.call("fd_fdstat_set_rights", 1, 0, 0);
        guest.wasi().restart(WasiConfig.empty().withStdin(GuestInput.of("new".getBytes())));
        guest.putVectors(0, 100, 10);
        assertThat(guest.call("fd_read", 0, 0, 1, 16)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.text(100, 104)).isEqualTo("new?");
        assertThat(guest.call("fd_write", 1, 0, 1, 16)).isEqualTo(Errno.SUCCESS);
    }
}
