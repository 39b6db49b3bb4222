package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FdFlags;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.fs.FileStat;
import java.io.IOException;
import java.util.List;

/** The {@code fd_*} functions about descriptors themselves: state, rights, numbers. */
final class Descriptors {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("fd_close", "i", Descriptors::close),
                    simple("fd_renumber", "ii", Descriptors::renumber),
                    simple("fd_fdstat_get", "ii", Descriptors::state),
                    simple("fd_fdstat_set_flags", "ii", Descriptors::setFlags),
                    simple("fd_fdstat_set_rights", "iII", Descriptors::setRights),
                    simple("fd_filestat_get", "ii", Descriptors::fileState));

    private Descriptors() {}

    private static Errno close(GuestCall call) throws Refusal, IOException {
        call.descriptors().close(call.i32(0));
        return Errno.SUCCESS;
    }

    private static Errno renumber(GuestCall call) throws Refusal, IOException {
        call.descriptors().renumber(call.i32(0), call.i32(1));
        return Errno.SUCCESS;
    }

    private static Errno state(GuestCall call) throws Refusal {
        GuestSlice result = call.slice(1, Layouts.FDSTAT);
        OpenDescriptor open = call.descriptors().get(call.i32(0));
        result.put64(0, 0);
        result.put8(0, open.descriptor().type().code());
        result.put16(2, open.descriptor().flags());
        result.put64(8, open.rights());
        result.put64(16, open.inheriting());
        return Errno.SUCCESS;
    }

    private static Errno setFlags(GuestCall call) throws Refusal {
        OpenDescriptor open = call.descriptors().get(call.i32(0));
        int flags = call.i32(1);
        if ((flags & ~FdFlags.ALL) != 0) {
            throw Refusal.of(Errno.INVAL);
        }
        open.require(Rights.FD_FDSTAT_SET_FLAGS);
        open.descriptor().flags(flags);
        return Errno.SUCCESS;
    }

    private static Errno setRights(GuestCall call) throws Refusal {
        call.descriptors().get(call.i32(0)).keep(call.i64(1), call.i64(2));
        return Errno.SUCCESS;
    }

    /** A stream has a type and nothing else that could be told: no device, inode, size or time. */
    private static Errno fileState(GuestCall call) throws Refusal, IOException {
        GuestSlice result = call.slice(1, Layouts.FILESTAT);
        OpenDescriptor open = call.descriptors().get(call.i32(0));
        open.require(Rights.FD_FILESTAT_GET);
        Descriptor descriptor = open.descriptor();
        if (descriptor instanceof FileDescriptor file) {
            FileStates.write(result, file.handle().stat());
        } else if (descriptor instanceof DirectoryDescriptor directory) {
            FileStates.write(result, directory.handle().stat());
        } else {
            FileStates.write(result, new FileStat(0, 0, descriptor.type(), 0, 0, 0, 0, 0));
        }
        return Errno.SUCCESS;
    }
}
