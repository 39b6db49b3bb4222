package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.simple;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import java.util.List;

/**
 * The {@code path_*} functions.
 *
 * <p>No descriptor is a directory, so that no path can be resolved: each function checks its
 * pointers and its descriptors, and the answer is {@code EBADF} or {@code ENOTDIR}.
 */
final class Paths {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("path_create_directory", "iii", call -> onePath(call, 1)),
                    simple("path_filestat_get", "iiiii", Paths::fileState),
                    simple("path_filestat_set_times", "iiiiIIi", call -> onePath(call, 2)),
                    simple("path_link", "iiiiiii", Paths::link),
                    simple("path_open", "iiiiiIIii", Paths::open),
                    simple("path_readlink", "iiiiii", Paths::readLink),
                    simple("path_remove_directory", "iii", call -> onePath(call, 1)),
                    simple("path_rename", "iiiiii", Paths::rename),
                    simple("path_symlink", "iiiii", Paths::symbolicLink),
                    simple("path_unlink_file", "iii", call -> onePath(call, 1)));

    private Paths() {}

    private static Errno onePath(GuestCall call, int path) throws Refusal {
        call.range(path);
        return requireDirectory(call, 0);
    }

    private static Errno fileState(GuestCall call) throws Refusal {
        call.slice(4, Layouts.FILESTAT);
        return onePath(call, 2);
    }

    private static Errno link(GuestCall call) throws Refusal {
        call.range(2);
        call.range(5);
        return requireDirectories(call, 0, 4);
    }

    private static Errno open(GuestCall call) throws Refusal {
        call.slice(8, Layouts.SIZE);
        return onePath(call, 2);
    }

    private static Errno readLink(GuestCall call) throws Refusal {
        call.range(3);
        call.slice(5, Layouts.SIZE);
        return onePath(call, 1);
    }

    private static Errno rename(GuestCall call) throws Refusal {
        call.range(1);
        call.range(4);
        return requireDirectories(call, 0, 3);
    }

    private static Errno symbolicLink(GuestCall call) throws Refusal {
        call.range(0);
        call.range(3);
        return requireDirectory(call, 2);
    }

    private static Errno requireDirectories(GuestCall call, int one, int other) throws Refusal {
        call.descriptors().get(call.i32(one));
        return requireDirectory(call, other);
    }

    private static Errno requireDirectory(GuestCall call, int descriptor) throws Refusal {
        call.descriptors().get(call.i32(descriptor));
        return Errno.NOTDIR;
    }
}
