package dev.cordon;

import dev.cordon.bridge.CommandHandler;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a plugin that crashes. Immutable; every {@code with} method returns a copy.
 *
 * <p>A call crashed if the guest was stopped by its own fault: it trapped, used up fuel, time,
 * memory or another quota, or the engine failed. It did not if the plugin answered with an error,
 * if it was refused before it ran or cancelled, or if it only exceeded limits that its caller had
 * tightened.
 */
public final class CrashPolicy {
    private static final Duration BASE = Duration.ofSeconds(1);
    private static final Duration CAP = Duration.ofMinutes(1);
    private static final CrashPolicy NONE =
            new CrashPolicy(Duration.ZERO, Duration.ZERO, 0, 0, Duration.ZERO, null);

    private final Duration base;
    private final Duration cap;
    private final int inARow;
    private final int inWindow;
    private final Duration window;
    private final @Nullable CommandHandler standIn;

    private CrashPolicy(
            Duration base,
            Duration cap,
            int inARow,
            int inWindow,
            Duration window,
            @Nullable CommandHandler standIn) {
        this.base = base;
        this.cap = cap;
        this.inARow = inARow;
        this.inWindow = inWindow;
        this.window = window;
        this.standIn = standIn;
    }

    /**
     * A crash concerns nobody but its caller, as it is unless a policy is set: each call has a
     * clean instance, and whoever can make a plugin crash could otherwise take it from all others.
     *
     * @return the default
     */
    public static CrashPolicy none() {
        return NONE;
    }

    /**
     * After a crash the plugin's instances are made anew and calls are refused for a while: 1
     * second, twice as long after each further crash in a row, at most 1 minute, all of it less a
     * random part of up to a half. Then one call tries it.
     *
     * @return a policy that never gives up
     */
    public static CrashPolicy reload() {
        return new CrashPolicy(BASE, CAP, 0, 0, Duration.ZERO, null);
    }

    /**
     * After the first crash calls are refused until {@link Plugin#release()}.
     *
     * @return a policy for plugins that must not go on after a fault
     */
    public static CrashPolicy closed() {
        return NONE.withQuarantineAfter(1);
    }

    /**
     * As {@link #reload()}, for plugins that an application can do without: while it is down, what
     * the bridge sends it is answered by a stand-in.
     *
     * @param standIn answers for it; gets the command as it was sent
     * @return a policy that never gives up
     */
    public static CrashPolicy open(CommandHandler standIn) {
        return new CrashPolicy(BASE, CAP, 0, 0, Duration.ZERO, standIn);
    }

    /**
     * Sets how long calls are refused after a crash.
     *
     * @param first after the first in a row
     * @param most after many
     * @return a copy
     * @throws UsageException unless 0 &lt; {@code first} &lt;= {@code most} &lt;= 1 day
     */
    public CrashPolicy withBackoff(Duration first, Duration most) {
        boolean usable =
                first.compareTo(Duration.ZERO) > 0
                        && first.compareTo(most) <= 0
                        && most.compareTo(Duration.ofDays(1)) <= 0;
        if (!usable) {
            throw unusable("a backoff of `" + first + "` to `" + most + "` cannot be used");
        }
        return new CrashPolicy(first, most, inARow, inWindow, window, standIn);
    }

    /**
     * Has the plugin quarantined after so many crashes in a row: calls are refused until it is
     * released or a new version is loaded.
     *
     * @param crashes at least 1
     * @return a copy
     * @throws UsageException if it is less
     */
    public CrashPolicy withQuarantineAfter(int crashes) {
        requireCount(crashes);
        return new CrashPolicy(base, cap, crashes, inWindow, window, standIn);
    }

    /**
     * Has the plugin quarantined after so many crashes within a time, whatever was answered between
     * them.
     *
     * @param crashes 1 to 1,000
     * @param within a time
     * @return a copy
     * @throws UsageException if one of them cannot be used
     */
    public CrashPolicy withQuarantineAfter(int crashes, Duration within) {
        requireCount(crashes);
        if (crashes > CrashGuard.MAX_REMEMBERED || within.compareTo(Duration.ZERO) <= 0) {
            throw unusable("`" + crashes + "` crashes within `" + within + "` cannot be counted");
        }
        return new CrashPolicy(base, cap, inARow, crashes, within, standIn);
    }

    private static void requireCount(int crashes) {
        if (crashes < 1) {
            throw unusable("quarantine after `" + crashes + "` crashes is not possible");
        }
    }

    private static UsageException unusable(String what) {
        return new UsageException(
                ErrorCode.USAGE,
                "engine",
                what,
                "choose counts of at least 1, at most 1,000 within a time, and backoffs of more than"
                        + " 0, at most a day, the first no longer than the last");
    }

    /** Who answers for the plugin while it is down. */
    Optional<CommandHandler> standIn() {
        return Optional.ofNullable(standIn);
    }

    /** Whether calls are refused for a while after a crash. */
    boolean backsOff() {
        return !base.isZero();
    }

    /** How long, after so many crashes in a row, without the random part. */
    long backoffNanos(int crashesInARow) {
        long nanos = base.toNanos();
        for (int i = 1; i < crashesInARow && nanos < cap.toNanos(); i++) {
            nanos *= 2; // at most twice a day
        }
        return Math.min(nanos, cap.toNanos());
    }

    /** Whether so many crashes in a row, or so many within the window, are too many. */
    boolean quarantines(int crashesInARow, int crashesInWindow) {
        return (inARow > 0 && crashesInARow >= inARow)
                || (inWindow > 0 && crashesInWindow >= inWindow);
    }

    /** How long crashes are remembered; 0 if they need not be. */
    long windowNanos() {
        return window.toNanos();
    }
}
