package dev.cordon.wasi.fs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.nio.channels.ClosedByInterruptException;
import java.nio.channels.ClosedChannelException;
import java.nio.file.AccessDeniedException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HostErrorsTest {
    @Test
    void exceptionsThatMeanOneThing() {
        assertMeans(Errno.NOENT, new NoSuchFileException("f"));
        assertMeans(Errno.EXIST, new FileAlreadyExistsException("f"));
        assertMeans(Errno.NOTEMPTY, new DirectoryNotEmptyException("f"));
        assertMeans(Errno.NOTDIR, new NotDirectoryException("f"));
        assertMeans(Errno.ACCES, new AccessDeniedException("f"));
        assertMeans(Errno.XDEV, new AtomicMoveNotSupportedException("f", "g", "why"));
        assertMeans(Errno.BADF, new ClosedChannelException());
        assertMeans(Errno.INTR, new ClosedByInterruptException());
    }

    @ParameterizedTest
    @CsvSource({
        "LOOP, Too many levels of symbolic links",
        "LOOP, Too many levels of symbolic links (NOFOLLOW_LINKS specified)",
        "NOTDIR, Not a directory",
        "ISDIR, Is a directory",
        "NOTEMPTY, Directory not empty",
        "NAMETOOLONG, File name too long",
        "NOSPC, No space left on device",
        "DQUOT, Disk quota exceeded",
        "FBIG, File too large",
        "ROFS, Read-only file system",
        "PERM, Operation not permitted",
        "NOTSUP, Operation not supported",
        "INVAL, Invalid argument",
        "XDEV, Invalid cross-device link",
        "MFILE, Too many open files",
        "NFILE, Too many open files in system",
        "SPIPE, Illegal seek",
        "TXTBSY, Text file busy",
    })
    void textsOfTheSystem(Errno errno, String text) {
        assertMeans(errno, new IOException(text));
        assertMeans(errno, new FileSystemException("f", null, text));
    }

    @Test
    void nameOfAFileIsNoReason() {
        assertThat(HostErrors.refusal(new FileSystemException("Is a directory", null, "boom")))
                .isNull();
        assertThat(HostErrors.refusal(new FileSystemException("Is a directory"))).isNull();
    }

    @Test
    void anythingElseIsTheHosts() {
        assertThat(HostErrors.refusal(new IOException("disk on fire"))).isNull();
        assertThat(HostErrors.refusal(new IOException())).isNull();
    }

    private static void assertMeans(Errno errno, IOException failure) {
        assertThat(HostErrors.refusal(failure)).isSameAs(Refusal.of(errno));
    }
}
