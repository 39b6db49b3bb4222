package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.util.concurrent.TimeUnit;

/** Checks of what guests set options to. */
final class SocketOptionValue {
    private static final long MAX_SECONDS = TimeUnit.DAYS.toSeconds(36_500);

    private SocketOptionValue() {}

    /**
     * A time to wait, in microseconds.
     *
     * @throws Refusal {@code EDOM} for a time that is none
     */
    static long micros(long seconds, long micros) throws Refusal {
        if (seconds < 0 || micros < 0 || micros >= TimeUnit.SECONDS.toMicros(1)) {
            throw Refusal.of(Errno.DOM);
        }
        return TimeUnit.SECONDS.toMicros(Math.min(seconds, MAX_SECONDS)) + micros;
    }

    /**
     * Takes the one value that an option can have here.
     *
     * @throws Refusal for any other
     */
    static void require(long value, long only, Errno otherwise) throws Refusal {
        if (value != only) {
            throw Refusal.of(otherwise);
        }
    }
}
