package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import dev.cordon.wasi.fs.TimeChange;

/** The times that a call sets: two numbers, and flags that say which of them count. */
final class FileTimes {
    private static final int ACCESSED = 1;
    private static final int ACCESSED_NOW = 1 << 1;
    private static final int MODIFIED = 1 << 2;
    private static final int MODIFIED_NOW = 1 << 3;
    private static final int ALL = ACCESSED | ACCESSED_NOW | MODIFIED | MODIFIED_NOW;

    private FileTimes() {}

    /**
     * The times of three arguments. What is set to now is set to what the guest's clock shows.
     *
     * @throws Refusal {@code EINVAL} for unknown flags, two flags for one time, and times from 2^63
     */
    static TimeChange of(GuestCall call, int first) throws Refusal {
        int flags = call.i32(first + 2);
        if ((flags & ~ALL) != 0) {
            throw Refusal.of(Errno.INVAL);
        }
        long accessed = time(call, first, flags, ACCESSED, ACCESSED_NOW);
        long modified = time(call, first + 1, flags, MODIFIED, MODIFIED_NOW);
        return new TimeChange(accessed, modified);
    }

    private static long time(GuestCall call, int argument, int flags, int given, int now)
            throws Refusal {
        if ((flags & given) != 0 && (flags & now) != 0) {
            throw Refusal.of(Errno.INVAL);
        }
        if ((flags & now) != 0) {
            return Clocks.now(call.run(), Clocks.REALTIME);
        }
        if ((flags & given) == 0) {
            return TimeChange.KEEP;
        }
        long time = call.i64(argument);
        if (time < 0) {
            throw Refusal.of(Errno.INVAL);
        }
        return time;
    }
}
