package dev.cordon.wasi.limit;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * A token bucket that may go into debt: whoever comes while there is anything in it is let through
 * whole, and those after wait until the debt is paid. So no use is too large to ever be let
 * through.
 */
final class Bucket {
    private static final double NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Rate rate;
    private final LongSupplier nanoTime;
    private double tokens;
    private long filled;

    Bucket(Rate rate, LongSupplier nanoTime) {
        this.rate = rate;
        this.nanoTime = nanoTime;
        this.tokens = rate.burst();
        this.filled = nanoTime.getAsLong();
    }

    /** Takes bytes and gives 0, or gives the nanoseconds until there is something again. */
    synchronized long take(long bytes) {
        long now = nanoTime.getAsLong();
        tokens =
                Math.min((double) rate.burst(), tokens + (now - filled) / NANOS * rate.perSecond());
        filled = now;
        if (bytes <= 0) {
            return 0;
        }
        if (tokens <= 0) {
            return Math.max(1, (long) Math.ceil((1 - tokens) / rate.perSecond() * NANOS));
        }
        tokens -= bytes;
        return 0;
    }
}
