package dev.cordon.wasi.fs;

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
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a guest is told when the host's file system says no. */
final class HostErrors {
    /** Each exception that means one thing, special ones first. */
    private static final Map<Class<? extends IOException>, Errno> BY_TYPE = new LinkedHashMap<>();

    /**
     * What the system calls an error for which Java has no exception. Where the system speaks
     * another language than English, such an error is {@code EIO}.
     */
    private static final Map<String, Errno> BY_TEXT = new LinkedHashMap<>();

    static {
        BY_TYPE.put(NoSuchFileException.class, Errno.NOENT);
        BY_TYPE.put(FileAlreadyExistsException.class, Errno.EXIST);
        BY_TYPE.put(DirectoryNotEmptyException.class, Errno.NOTEMPTY);
        BY_TYPE.put(NotDirectoryException.class, Errno.NOTDIR);
        BY_TYPE.put(AccessDeniedException.class, Errno.ACCES);
        BY_TYPE.put(AtomicMoveNotSupportedException.class, Errno.XDEV);
        BY_TYPE.put(ClosedByInterruptException.class, Errno.INTR);
        BY_TYPE.put(ClosedChannelException.class, Errno.BADF);

        BY_TEXT.put("Too many levels of symbolic links", Errno.LOOP);
        BY_TEXT.put("Not a directory", Errno.NOTDIR);
        BY_TEXT.put("Is a directory", Errno.ISDIR);
        BY_TEXT.put("Directory not empty", Errno.NOTEMPTY);
        BY_TEXT.put("File name too long", Errno.NAMETOOLONG);
        BY_TEXT.put("No space left on device", Errno.NOSPC);
        BY_TEXT.put("Disk quota exceeded", Errno.DQUOT);
        BY_TEXT.put("Disc quota exceeded", Errno.DQUOT);
        BY_TEXT.put("File too large", Errno.FBIG);
        BY_TEXT.put("Read-only file system", Errno.ROFS);
        BY_TEXT.put("Operation not permitted", Errno.PERM);
        BY_TEXT.put("Operation not supported", Errno.NOTSUP);
        BY_TEXT.put("Invalid argument", Errno.INVAL);
        BY_TEXT.put("Device or resource busy", Errno.BUSY);
        BY_TEXT.put("Resource busy", Errno.BUSY);
        BY_TEXT.put("Text file busy", Errno.TXTBSY);
        BY_TEXT.put("Invalid cross-device link", Errno.XDEV);
        BY_TEXT.put("Cross-device link", Errno.XDEV);
        BY_TEXT.put("Too many links", Errno.MLINK);
        BY_TEXT.put("Too many open files in system", Errno.NFILE);
        BY_TEXT.put("Too many open files", Errno.MFILE);
        BY_TEXT.put("Illegal seek", Errno.SPIPE);
        BY_TEXT.put("No such device or address", Errno.NXIO);
        BY_TEXT.put("Cannot allocate memory", Errno.NOMEM);
        BY_TEXT.put("Stale file handle", Errno.STALE);
        BY_TEXT.put("Value too large for defined data type", Errno.OVERFLOW);
        BY_TEXT.put("Invalid or incomplete multibyte or wide character", Errno.ILSEQ);
        BY_TEXT.put("Illegal byte sequence", Errno.ILSEQ);
    }

    private HostErrors() {}

    /**
     * The refusal that a failure stands for.
     *
     * @return it, or null when the failure is the host's own and no business of the guest
     */
    static @Nullable Refusal refusal(IOException failure) {
        for (Map.Entry<Class<? extends IOException>, Errno> row : BY_TYPE.entrySet()) {
            if (row.getKey().isInstance(failure)) {
                return Refusal.of(row.getValue());
            }
        }
        // Not the message: that begins with the file's name, which may read like an error.
        String text =
                String.valueOf(
                        failure instanceof FileSystemException named
                                ? named.getReason()
                                : failure.getMessage());
        for (Map.Entry<String, Errno> row : BY_TEXT.entrySet()) {
            if (text.contains(row.getKey())) {
                return Refusal.of(row.getValue());
            }
        }
        return null;
    }

    /** Throws the refusal that a failure stands for, or the failure. */
    static RuntimeException rethrow(IOException failure) throws Refusal, IOException {
        Refusal refusal = refusal(failure);
        if (refusal != null) {
            throw refusal;
        }
        throw failure;
    }
}
