package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.FileGuest.CREATE;
import static dev.cordon.wasi.preview1.FileGuest.READ;
import static dev.cordon.wasi.preview1.FileGuest.ROOT;
import static dev.cordon.wasi.preview1.FileGuest.TRUNCATE;
import static dev.cordon.wasi.preview1.FileGuest.WRITE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.WasiConfig;
import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.limit.Ledger;
import dev.cordon.wasi.limit.Limits;
import dev.cordon.wasi.limit.Rate;
import dev.cordon.wasi.limit.Traffic;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What guests store, and how many descriptors and how much traffic they have. */
class LedgerTest {
    private static final long STORED = 100;

    /** More than a burst, so that the debt lasts longer than any test. */
    private static final String MUCH = "x".repeat(1_000);

    private final Ledger ledger =
            Ledger.of(Limits.defaults().withStoredBytes(STORED).withFiles(4).withDescriptors(6));
    private final FileGuest guest;

    LedgerTest() throws IOException {
        guest = FileGuest.configured(config -> config.withLedger(ledger));
    }

    private static FileGuest limited(Limits limits) throws IOException {
        return FileGuest.configured(config -> config.withLedger(Ledger.of(limits)));
    }

    @Test
    void growthIsStoredAndOverwritingIsNot() {
        int fd = guest.open("file", CREATE, WRITE);
        guest.write(fd, "x".repeat(60));
        guest.seek(fd, 0, 0);
        guest.write(fd, "y".repeat(60));
        assertThat(ledger.storable()).isEqualTo(40);
        guest.seek(fd, 50, 0);
        guest.write(fd, "z".repeat(30));
        assertThat(ledger.storable()).isEqualTo(20);
    }

    @Test
    void whatDoesNotFitIsWrittenInPartAndThenRefused() {
        int fd = guest.open("file", CREATE, WRITE);
        guest.write(fd, "x".repeat(130));
        assertThat(guest.result()).isEqualTo(100);
        assertThat(guest.tryWrite(fd, "x")).isEqualTo(Errno.DQUOT);
        assertThat(guest.writeAt(fd, 1L << 40, "x")).isEqualTo(Errno.DQUOT);
        assertThat(guest.call("fd_allocate", fd, 0, 101)).isEqualTo(Errno.DQUOT);
        assertThat(guest.call("fd_filestat_set_size", fd, 101)).isEqualTo(Errno.DQUOT);
    }

    @Test
    void whatIsCutCanBeStoredAgain() {
        int fd = guest.open("file", CREATE, WRITE);
        guest.write(fd, "x".repeat(100));
        assertThat(guest.call("fd_filestat_set_size", fd, 30)).isEqualTo(Errno.SUCCESS);
        assertThat(ledger.storable()).isEqualTo(70);
        guest.open("file", TRUNCATE, WRITE);
        assertThat(ledger.storable()).isEqualTo(100);
    }

    @Test
    void aRemovedFileCountsUntilNobodyHasItOpen() {
        int fd = guest.open("file", CREATE, WRITE);
        guest.write(fd, "x".repeat(50));
        assertThat(guest.unlink("file")).isEqualTo(Errno.SUCCESS);
        assertThat(ledger.storable()).isEqualTo(50);
        guest.write(fd, "x".repeat(20));
        assertThat(ledger.storable()).isEqualTo(30);
        guest.call("fd_close", fd);
        assertThat(ledger.storable()).isEqualTo(100);
    }

    @Test
    void aFileCountsUntilItsLastNameIsGone() {
        int fd = guest.open("file", CREATE, WRITE);
        guest.write(fd, "x".repeat(50));
        guest.call("fd_close", fd);
        guest.link("file", "second");
        guest.unlink("file");
        assertThat(ledger.storable()).isEqualTo(50);
        guest.unlink("second");
        assertThat(ledger.storable()).isEqualTo(100);
    }

    @Test
    void aReplacedFileIsCreditedOnceAndItsOwnReplacementNever() {
        for (String name : new String[] {"one", "two"}) {
            int fd = guest.open(name, CREATE, WRITE);
            guest.write(fd, "x".repeat(40));
            guest.call("fd_close", fd);
        }
        guest.link("one", "same");
        assertThat(guest.rename("one", "same")).isEqualTo(Errno.SUCCESS);
        assertThat(ledger.storable()).isEqualTo(20);
        assertThat(guest.rename("one", "two")).isEqualTo(Errno.SUCCESS);
        assertThat(ledger.storable()).isEqualTo(60);
    }

    @Test
    void namesAreCounted() {
        assertThat(guest.makeDirectory("d")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.symlink("x", "l")).isEqualTo(Errno.SUCCESS);
        guest.open("f", CREATE, WRITE);
        assertThat(guest.link("f", "h")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.makeDirectory("e")).isEqualTo(Errno.DQUOT);
        assertThat(guest.symlink("x", "m")).isEqualTo(Errno.DQUOT);
        assertThat(guest.link("f", "i")).isEqualTo(Errno.DQUOT);
        assertThat(guest.tryOpen(ROOT, "g", CREATE, WRITE, 0)).isEqualTo(Errno.DQUOT);
        assertThat(guest.tryOpen(ROOT, "f", CREATE, WRITE, 0))
                .as("is there")
                .isEqualTo(Errno.SUCCESS);
        assertThat(guest.makeDirectory("d"))
                .as("failures cost nothing")
                .isNotEqualTo(Errno.SUCCESS);
        assertThat(guest.unlink("h")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.removeDirectory("d")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.makeDirectory("e")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.makeDirectory("g")).isEqualTo(Errno.SUCCESS);
        assertThat(guest.makeDirectory("h")).isEqualTo(Errno.DQUOT);
    }

    @Test
    void descriptorsAreCountedBeforeAnythingIsCreated() {
        guest.open("a", CREATE, WRITE);
        guest.open("a", 0, READ);
        assertThat(guest.tryOpen(ROOT, "b", CREATE, WRITE, 0)).isEqualTo(Errno.MFILE);
        assertThat(guest.stat("b", 0)).isEqualTo(Errno.NOENT);
        guest.call("fd_close", 4);
        assertThat(guest.tryOpen(ROOT, "b", CREATE, WRITE, 0)).isEqualTo(Errno.SUCCESS);
        assertThat(guest.result()).as("lowest free").isEqualTo(4);
    }

    @Test
    void aLedgerIsSharedByRuns() {
        int fd = guest.open("file", CREATE, WRITE);
        guest.write(fd, "x".repeat(90));
        WasiConfig next =
                WasiConfig.empty().withPreopens(List.of(guest.preopen())).withLedger(ledger);
        guest.guest().wasi().restart(next);
        assertThat(ledger.storable()).isEqualTo(10);
        assertThat(guest.writeAt(guest.open("file", 0, WRITE), 100, "x")).isEqualTo(Errno.DQUOT);
    }

    @Test
    void trafficThatIsTooFastIsRefusedIfItsRateSaysSo() throws IOException {
        Rate slow = new Rate(1, 10, Rate.Excess.REFUSE);
        FileGuest limited =
                limited(
                        Limits.defaults()
                                .withRate(Traffic.DISK, slow)
                                .withRate(Traffic.STDIO, slow)
                                .withRate(Traffic.RANDOM, slow));
        int fd = limited.open("file", CREATE, WRITE);
        assertThat(limited.tryWrite(fd, MUCH)).isEqualTo(Errno.SUCCESS);
        assertThat(limited.tryWrite(fd, "x")).isEqualTo(Errno.AGAIN);
        assertThat(limited.writeAt(fd, 0, "x")).isEqualTo(Errno.AGAIN);
        assertThat(limited.tryWrite(1, MUCH)).isEqualTo(Errno.SUCCESS);
        assertThat(limited.tryWrite(1, "x")).isEqualTo(Errno.AGAIN);
        assertThat(limited.call("random_get", 0, 1_000)).isEqualTo(Errno.SUCCESS);
        assertThat(limited.call("random_get", 0, 1)).isEqualTo(Errno.AGAIN);
        assertThat(limited.guest().stdout()).isEqualTo(MUCH);
    }

    @Test
    void trafficThatMustWaitDoesNotOnADescriptorThatDoesNotWait() throws IOException {
        FileGuest limited =
                limited(
                        Limits.defaults()
                                .withRate(Traffic.DISK, new Rate(1, 10, Rate.Excess.WAIT)));
        int fd = limited.open("file", CREATE, WRITE);
        assertThat(limited.tryWrite(fd, MUCH)).isEqualTo(Errno.SUCCESS);
        assertThat(limited.call("fd_fdstat_set_flags", fd, 4)).isEqualTo(Errno.SUCCESS);
        assertThat(limited.tryWrite(fd, "x")).isEqualTo(Errno.AGAIN);
    }
}
