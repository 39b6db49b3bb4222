package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;
import static dev.cordon.wasi.preview1.PreviewFunction.simple;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import java.util.List;

/** {@code fd_prestat_*}: what the directories that the guest found open are called. */
final class Preopens {
    private static final int DIRECTORY = 0;

    static final List<PreviewFunction> FUNCTIONS =
            List.of(
                    simple("fd_prestat_get", "ii", Preopens::get),
                    copying("fd_prestat_dir_name", "iii", Preopens::name));

    private Preopens() {}

    private static Errno get(GuestCall call) throws Refusal {
        GuestSlice result = call.slice(1, Layouts.PRESTAT);
        byte[] name = nameOf(call);
        result.put64(0, 0);
        result.put8(0, DIRECTORY);
        result.put32(4, name.length);
        return Errno.SUCCESS;
    }

    private static Errno name(GuestCall call) throws Refusal {
        GuestSlice target = call.range(1);
        byte[] name = nameOf(call);
        if (target.length() < name.length) {
            throw Refusal.of(Errno.NAMETOOLONG);
        }
        call.charge(name.length);
        target.put(0, name, 0, name.length);
        return Errno.SUCCESS;
    }

    private static byte[] nameOf(GuestCall call) throws Refusal {
        Descriptor descriptor = call.descriptors().get(call.i32(0)).descriptor();
        if (descriptor instanceof DirectoryDescriptor directory && directory.isPreopened()) {
            return directory.mount().name().getBytes(UTF_8);
        }
        throw Refusal.of(Errno.BADF);
    }
}
