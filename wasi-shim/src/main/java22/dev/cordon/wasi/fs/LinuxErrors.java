package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import java.util.Map;

/** What a guest is told for an error number of Linux; the same on both kinds of processor. */
final class LinuxErrors {
    /** {@code EINTR}: a signal came, and the call is made again. */
    static final int EINTR = 4;

    /** {@code ENOENT}. */
    static final int ENOENT = 2;

    private static final Map<Integer, Errno> NUMBERS =
            Map.ofEntries(
                    Map.entry(1, Errno.PERM),
                    Map.entry(ENOENT, Errno.NOENT),
                    Map.entry(EINTR, Errno.INTR),
                    Map.entry(6, Errno.NXIO),
                    Map.entry(9, Errno.BADF),
                    Map.entry(11, Errno.AGAIN),
                    Map.entry(12, Errno.NOMEM),
                    Map.entry(13, Errno.ACCES),
                    Map.entry(16, Errno.BUSY),
                    Map.entry(17, Errno.EXIST),
                    Map.entry(18, Errno.XDEV),
                    Map.entry(20, Errno.NOTDIR),
                    Map.entry(21, Errno.ISDIR),
                    Map.entry(22, Errno.INVAL),
                    Map.entry(23, Errno.NFILE),
                    Map.entry(24, Errno.MFILE),
                    Map.entry(26, Errno.TXTBSY),
                    Map.entry(27, Errno.FBIG),
                    Map.entry(28, Errno.NOSPC),
                    Map.entry(29, Errno.SPIPE),
                    Map.entry(30, Errno.ROFS),
                    Map.entry(31, Errno.MLINK),
                    Map.entry(36, Errno.NAMETOOLONG),
                    Map.entry(38, Errno.NOSYS),
                    Map.entry(39, Errno.NOTEMPTY),
                    Map.entry(40, Errno.LOOP),
                    Map.entry(75, Errno.OVERFLOW),
                    Map.entry(84, Errno.ILSEQ),
                    Map.entry(95, Errno.NOTSUP),
                    Map.entry(116, Errno.STALE),
                    Map.entry(122, Errno.DQUOT));

    private LinuxErrors() {}

    /** Throws what the number means. */
    static RuntimeException rethrow(int number) throws Refusal, IOException {
        Errno errno = NUMBERS.get(number);
        if (errno == null) {
            throw new IOException("the system reports error " + number);
        }
        throw Refusal.of(errno);
    }
}
