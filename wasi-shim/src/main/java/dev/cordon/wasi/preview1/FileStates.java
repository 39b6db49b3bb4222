package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.fs.FileStat;

/** Writes what is known of a file as the guest expects it. */
final class FileStates {
    private FileStates() {}

    /** Writes every byte of the layout. */
    static void write(GuestSlice target, FileStat stat) {
        target.put64(0, stat.device());
        target.put64(8, stat.inode());
        target.put64(16, 0);
        target.put8(16, stat.type().code());
        target.put64(24, stat.links());
        target.put64(32, stat.size());
        target.put64(40, stat.accessed());
        target.put64(48, stat.modified());
        target.put64(56, stat.changed());
    }
}
