package dev.cordon.wasi;

import java.time.Clock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The time that a guest sees. Called on the thread that runs the guest.
 *
 * <p>The guest sees both clocks rounded down to whole steps of {@link #precisionNanos}, and the
 * monotonic one counted from the start of its run. How long a guest sleeps is always measured on
 * the machine's own clock.
 */
public interface GuestClock {
    /**
     * Time of day.
     *
     * @return nanoseconds since 1970
     */
    long realtimeNanos();

    /**
     * Time that never goes back.
     *
     * @return nanoseconds since any moment
     */
    long monotonicNanos();

    /**
     * How fine the guest may see time.
     *
     * @return nanoseconds; at least 1
     */
    long precisionNanos();

    /**
     * Time that stands still at the start of 1970.
     *
     * @return a clock that tells a guest nothing
     */
    static GuestClock stopped() {
        return StoppedClock.STOPPED;
    }

    /**
     * The machine's time in steps of one millisecond, too coarse to measure caches with.
     *
     * @return a clock for plugins that need to know the time
     */
    static GuestClock system() {
        return of(Clock.systemUTC(), TimeUnit.MILLISECONDS.toNanos(1));
    }

    /**
     * The machine's time as fine as the machine has it.
     *
     * @return a clock for guests that are trusted not to spy on their neighbours
     */
    static GuestClock precise() {
        return of(Clock.systemUTC(), 1);
    }

    /**
     * Time of day from a clock of the embedder.
     *
     * @param clock tells the time of day
     * @param precisionNanos how fine the guest may see time; at least 1
     * @return a clock whose monotonic time is the machine's
     */
    static GuestClock of(Clock clock, long precisionNanos) {
        if (precisionNanos < 1) {
            throw new IllegalArgumentException(
                    "precision is `" + precisionNanos + "` ns, but at least 1 is needed");
        }
        return new GuestClock() {
            @Override
            public long realtimeNanos() {
                Instant now = clock.instant();
                return TimeUnit.SECONDS.toNanos(now.getEpochSecond()) + now.getNano();
            }

            @Override
            public long monotonicNanos() {
                return System.nanoTime();
            }

            @Override
            public long precisionNanos() {
                return precisionNanos;
            }
        };
    }
}
