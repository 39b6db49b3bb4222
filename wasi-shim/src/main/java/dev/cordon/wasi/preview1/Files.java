package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.fs.TimeChange;
import java.io.IOException;
import java.util.List;

/**
 * The {@code fd_*} functions about the content, size, position and times of files.
 *
 * <p>Streams have none of these, and say so with the error that POSIX has for a pipe; directories
 * have times only.
 */
final class Files {
    private static final int LAST_ADVICE = 5;
    private static final int FROM_START = 0;
    private static final int FROM_POSITION = 1;
    private static final int FROM_END = 2;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("fd_advise", "iIIi", Files::advise),
                    simple("fd_allocate", "iII", Files::allocate),
                    simple("fd_datasync", "i", call -> sync(call, Rights.FD_DATASYNC, false)),
                    simple("fd_sync", "i", call -> sync(call, Rights.FD_SYNC, true)),
                    simple("fd_filestat_set_size", "iI", Files::setSize),
                    simple("fd_filestat_set_times", "iIIi", Files::setTimes),
                    simple("fd_seek", "iIii", Files::seek),
                    simple("fd_tell", "ii", Files::tell));

    private Files() {}

    /**
     * The file behind the first argument, for some kinds of use.
     *
     * @throws Refusal {@code EBADF} when nothing or a directory is, {@code ESPIPE} when a stream
     *     is, {@code ENOTCAPABLE}
     */
    static FileDescriptor file(GuestCall call, long rights) throws Refusal {
        return file(call, rights, Errno.SPIPE);
    }

    private static FileDescriptor file(GuestCall call, long rights, Errno stream) throws Refusal {
        OpenDescriptor open = call.descriptors().get(call.i32(0));
        if (open.descriptor() instanceof FileDescriptor file) {
            open.require(rights);
            return file;
        }
        boolean directory = open.descriptor() instanceof DirectoryDescriptor;
        throw Refusal.of(directory ? Errno.BADF : stream);
    }

    /** Nothing here could act on advice; that it makes sense is all that is checked. */
    private static Errno advise(GuestCall call) throws Refusal {
        if (call.u32(3) > LAST_ADVICE) {
            throw Refusal.of(Errno.INVAL);
        }
        OpenDescriptor open = call.descriptors().get(call.i32(0));
        if (!(open.descriptor() instanceof DirectoryDescriptor)) {
            file(call, Rights.FD_ADVISE);
        }
        open.require(Rights.FD_ADVISE);
        extent(call);
        return Errno.SUCCESS;
    }

    private static Errno allocate(GuestCall call) throws Refusal, IOException {
        FileDescriptor file = file(call, Rights.FD_ALLOCATE);
        long end = extent(call);
        if (call.i64(2) == 0) {
            throw Refusal.of(Errno.INVAL);
        }
        file.file().extend(end);
        return Errno.SUCCESS;
    }

    /** Where the range of the second and third argument ends. */
    private static long extent(GuestCall call) throws Refusal {
        long offset = call.i64(1);
        long length = call.i64(2);
        if (offset < 0 || length < 0) {
            throw Refusal.of(Errno.INVAL);
        }
        if (length > Long.MAX_VALUE - offset) {
            throw Refusal.of(Errno.FBIG);
        }
        return offset + length;
    }

    private static Errno sync(GuestCall call, long right, boolean attributes)
            throws Refusal, IOException {
        OpenDescriptor open = call.descriptors().get(call.i32(0));
        if (open.descriptor() instanceof DirectoryDescriptor directory) {
            open.require(right);
            directory.handle().sync();
        } else {
            file(call, right, Errno.INVAL).handle().sync(attributes);
        }
        return Errno.SUCCESS;
    }

    private static Errno setSize(GuestCall call) throws Refusal, IOException {
        FileDescriptor file = file(call, Rights.FD_FILESTAT_SET_SIZE, Errno.INVAL);
        long size = call.i64(1);
        if (size < 0) {
            throw Refusal.of(Errno.INVAL);
        }
        file.file().resize(size);
        return Errno.SUCCESS;
    }

    private static Errno setTimes(GuestCall call) throws Refusal, IOException {
        OpenDescriptor open = call.descriptors().get(call.i32(0));
        TimeChange times = FileTimes.of(call, 1);
        if (open.descriptor() instanceof DirectoryDescriptor directory) {
            open.require(Rights.FD_FILESTAT_SET_TIMES);
            GuestPath.requireWritable(call, directory);
            directory.handle().setTimes(times);
            return Errno.SUCCESS;
        }
        FileDescriptor file = file(call, Rights.FD_FILESTAT_SET_TIMES, Errno.NOTSUP);
        if (!file.mount().writable()) {
            throw Refusal.of(Errno.ROFS);
        }
        file.handle().setTimes(times);
        return Errno.SUCCESS;
    }

    private static Errno seek(GuestCall call) throws Refusal, IOException {
        GuestSlice result = call.slice(3, Layouts.U64);
        if (call.u32(2) > FROM_END) {
            throw Refusal.of(Errno.INVAL);
        }
        long offset = call.i64(1);
        int whence = call.i32(2);
        boolean tells = offset == 0 && whence == FROM_POSITION;
        FileDescriptor file = tells ? telling(call) : file(call, Rights.FD_SEEK);
        long position = add(base(file, whence), offset);
        file.position(position);
        result.put64(0, position);
        return Errno.SUCCESS;
    }

    private static long base(FileDescriptor file, int whence) throws Refusal, IOException {
        return switch (whence) {
            case FROM_START -> 0;
            case FROM_POSITION -> file.position();
            default -> file.handle().size();
        };
    }

    private static long add(long base, long offset) throws Refusal {
        long position = base + offset;
        if (position < 0) {
            throw Refusal.of(offset < 0 ? Errno.INVAL : Errno.OVERFLOW);
        }
        return position;
    }

    private static Errno tell(GuestCall call) throws Refusal {
        GuestSlice result = call.slice(1, Layouts.U64);
        result.put64(0, telling(call).position());
        return Errno.SUCCESS;
    }

    /** To be told the position, the right to change it is enough. */
    private static FileDescriptor telling(GuestCall call) throws Refusal {
        long rights = call.descriptors().get(call.i32(0)).rights();
        boolean seeks = (rights & Rights.FD_SEEK) != 0;
        return file(call, seeks ? Rights.FD_SEEK : Rights.FD_TELL);
    }
}
