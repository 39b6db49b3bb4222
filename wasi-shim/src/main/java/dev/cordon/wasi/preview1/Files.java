package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import java.util.List;

/**
 * The {@code fd_*} functions about files and directories.
 *
 * <p>Streams have no position, no size and no entries, and nothing is preopened; each function
 * checks its pointers and its descriptor and then says so with the error that POSIX has for a pipe.
 */
final class Files {
    private static final int LAST_ADVICE = 5;
    private static final int LAST_WHENCE = 2;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("fd_advise", "iIIi", Files::advise),
                    simple("fd_allocate", "iII", call -> refuse(call, Errno.SPIPE)),
                    simple("fd_datasync", "i", call -> refuse(call, Errno.INVAL)),
                    simple("fd_sync", "i", call -> refuse(call, Errno.INVAL)),
                    simple("fd_filestat_set_size", "iI", call -> refuse(call, Errno.INVAL)),
                    simple("fd_filestat_set_times", "iIIi", call -> refuse(call, Errno.NOTSUP)),
                    simple("fd_pread", "iiiIi", Files::positioned),
                    simple("fd_pwrite", "iiiIi", Files::positioned),
                    simple("fd_prestat_get", "ii", Files::prestat),
                    simple("fd_prestat_dir_name", "iii", Files::prestatName),
                    simple("fd_readdir", "iiiIi", Files::entries),
                    simple("fd_seek", "iIii", Files::seek),
                    simple("fd_tell", "ii", Files::tell));

    private Files() {}

    private static Errno refuse(GuestCall call, Errno errno) throws Refusal {
        call.descriptors().get(call.i32(0));
        return errno;
    }

    private static Errno advise(GuestCall call) throws Refusal {
        boolean known = call.u32(3) <= LAST_ADVICE;
        return refuse(call, known ? Errno.SPIPE : Errno.INVAL);
    }

    private static Errno positioned(GuestCall call) throws Refusal {
        call.slice(4, Layouts.SIZE);
        call.vectors(1);
        return refuse(call, Errno.SPIPE);
    }

    private static Errno prestat(GuestCall call) throws Refusal {
        call.slice(1, Layouts.PRESTAT);
        return refuse(call, Errno.BADF);
    }

    private static Errno prestatName(GuestCall call) throws Refusal {
        call.range(1);
        return refuse(call, Errno.BADF);
    }

    private static Errno entries(GuestCall call) throws Refusal {
        call.range(1);
        call.slice(4, Layouts.SIZE);
        return refuse(call, Errno.NOTDIR);
    }

    private static Errno seek(GuestCall call) throws Refusal {
        call.slice(3, Layouts.U64);
        boolean known = call.u32(2) <= LAST_WHENCE;
        return refuse(call, known ? Errno.SPIPE : Errno.INVAL);
    }

    private static Errno tell(GuestCall call) throws Refusal {
        call.slice(1, Layouts.U64);
        return refuse(call, Errno.SPIPE);
    }
}
