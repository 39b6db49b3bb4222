package dev.cordon.wasi.preview1;

import static dev.cordon.wasi.preview1.PreviewFunction.copying;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.abi.Rights;
import dev.cordon.wasi.fs.AccessRules;
import dev.cordon.wasi.fs.EntryCursor.Entry;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/**
 * {@code fd_readdir}: the entries of a directory, as many as fit into the guest's buffer.
 *
 * <p>The last one is cut where the buffer ends, since a buffer that is not full means the end.
 */
final class Entries {
    static final List<PreviewFunction> FUNCTIONS =
            List.of(copying("fd_readdir", "iiiIi", Entries::read));

    private Entries() {}

    private static Errno read(GuestCall call) throws Refusal, IOException {
        GuestSlice target = call.range(1);
        GuestSlice result = call.slice(4, Layouts.SIZE);
        DirectoryDescriptor directory = call.directory(0, Rights.FD_READDIR);
        call.charge(target.length());
        result.put32(0, fill(call, directory, target));
        return Errno.SUCCESS;
    }

    private static long fill(GuestCall call, DirectoryDescriptor directory, GuestSlice target)
            throws Refusal, IOException {
        byte[] buffer = call.buffer();
        long used = 0;
        for (long number = call.i64(3); used < target.length(); ) {
            Entry entry = directory.listing().get(call, number);
            if (entry == null) {
                return used;
            }
            number++;
            if (isVisible(directory, entry)) {
                int length = (int) Math.min(write(buffer, number, entry), target.length() - used);
                target.put(used, buffer, 0, length);
                used += length;
            }
        }
        return used;
    }

    private static int write(byte[] buffer, long next, Entry entry) {
        byte[] name = entry.name().getBytes(UTF_8);
        ByteBuffer record = ByteBuffer.wrap(buffer).order(ByteOrder.LITTLE_ENDIAN);
        record.putLong(next).putLong(entry.inode()).putInt(name.length);
        record.putInt(entry.type().code()).put(name);
        return record.position();
    }

    /** What may not be used is not seen either, but for directories with something below. */
    private static boolean isVisible(DirectoryDescriptor directory, Entry entry) {
        AccessRules rules = directory.mount().rules();
        if (!rules.inForce() || entry.name().equals(".") || entry.name().equals("..")) {
            return true;
        }
        List<String> path = new ArrayList<>(directory.path());
        path.add(entry.name());
        return rules.decide(path, entry.type() == FileType.DIRECTORY).allowed();
    }
}
