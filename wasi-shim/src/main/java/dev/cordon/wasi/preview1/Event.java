package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.GuestSlice;
import dev.cordon.wasi.abi.Layouts;
import dev.cordon.wasi.net.Readiness;
import org.jspecify.annotations.Nullable;

/**
 * One answer of {@code poll_oneoff}.
 *
 * @param userData what the guest gave with its subscription
 * @param errno whether waiting for it worked
 * @param type what happened: {@link #CLOCK}, {@link #READ} or {@link #WRITE}
 * @param bytes how much can be read or written
 * @param flags {@link #HANGUP} at the end of an input
 */
record Event(long userData, Errno errno, int type, long bytes, int flags) {
    static final int CLOCK = 0;
    static final int READ = 1;
    static final int WRITE = 2;
    static final int HANGUP = 1;

    /** The event of a socket's readiness; null when it is not ready. */
    static @Nullable Event of(long userData, int type, @Nullable Readiness readiness) {
        if (readiness == null) {
            return null;
        }
        int flags = readiness.hangup() ? HANGUP : 0;
        return new Event(userData, Errno.SUCCESS, type, readiness.bytes(), flags);
    }

    /** Writes it as the guest expects it, with no byte of the layout left as it was. */
    void write(GuestSlice events, int index) {
        long at = (long) index * Layouts.EVENT;
        events.put64(at, userData);
        events.put64(at + 8, 0);
        events.put16(at + 8, errno.code());
        events.put8(at + 10, type);
        events.put64(at + 16, bytes);
        events.put64(at + 24, 0);
        events.put16(at + 24, flags);
    }
}
