package dev.cordon.wasi.abi;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.channels.ClosedChannelException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrnoTest {
    @ParameterizedTest
    @CsvSource({
        "SUCCESS, 0",
        "ACCES, 2",
        "AGAIN, 6",
        "BADF, 8",
        "CONNRESET, 15",
        "EXIST, 20",
        "FAULT, 21",
        "FBIG, 22",
        "ILSEQ, 25",
        "INPROGRESS, 26",
        "INTR, 27",
        "INVAL, 28",
        "IO, 29",
        "ISDIR, 31",
        "LOOP, 32",
        "MFILE, 33",
        "NAMETOOLONG, 37",
        "NOENT, 44",
        "NOMEM, 48",
        "NOPROTOOPT, 50",
        "NOSPC, 51",
        "NOSYS, 52",
        "NOTDIR, 54",
        "NOTEMPTY, 55",
        "NOTSOCK, 57",
        "NOTSUP, 58",
        "OVERFLOW, 61",
        "PERM, 63",
        "PIPE, 64",
        "ROFS, 69",
        "SPIPE, 70",
        "TIMEDOUT, 73",
        "XDEV, 75",
        "NOTCAPABLE, 76"
    })
    void codesAreThoseOfTheSpecification(Errno errno, int code) {
        assertThat(errno.code()).isEqualTo(code);
    }

    @Test
    void aReaderThatWentAwayIsABrokenPipe() {
        assertThat(Errno.of(new IOException("Broken pipe"))).isEqualTo(Errno.PIPE);
        assertThat(Errno.of(new IOException("Pipe closed"))).isEqualTo(Errno.PIPE);
        assertThat(Errno.of(new ClosedChannelException())).isEqualTo(Errno.PIPE);
    }

    @Test
    void everyOtherFailureIsInputOutput() {
        assertThat(Errno.of(new IOException("No space left on device"))).isEqualTo(Errno.IO);
        assertThat(Errno.of(new IOException())).isEqualTo(Errno.IO);
    }

    @Test
    void refusalsAreSharedAndHaveNoStackTrace() {
        Refusal refusal = Refusal.of(Errno.BADF);
        assertThat(refusal).isSameAs(Refusal.of(Errno.BADF)).hasMessage("refused with BADF");
        assertThat(refusal.getStackTrace()).isEmpty();
    }
}
