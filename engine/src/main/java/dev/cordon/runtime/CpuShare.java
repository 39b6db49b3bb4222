package dev.cordon.runtime;

import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * The share of one core that a plugin may take, all its calls together. Thread-safe.
 *
 * <p>A bucket of processor time that fills as time goes by. Work is taken out of it after it was
 * done, so it may go into debt, and whoever finds it in debt waits until it is paid.
 */
public final class CpuShare {
    /** How much time a plugin that rested may save up: two slices of fuel. */
    private static final long BURST_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final double PERCENT = 100;

    private final int percent;
    private final double perNano;
    private final LongSupplier nanoTime;
    private double nanos = (double) BURST_NANOS;
    private long filled;

    /**
     * A share with nothing used.
     *
     * @param percent of one core; at least 1
     */
    public CpuShare(int percent) {
        this(percent, System::nanoTime);
    }

    CpuShare(int percent, LongSupplier nanoTime) {
        this.percent = percent;
        this.perNano = percent / PERCENT;
        this.nanoTime = nanoTime;
        this.filled = nanoTime.getAsLong();
    }

    /**
     * How large it is.
     *
     * @return percent of one core
     */
    public int percent() {
        return percent;
    }

    /** Takes out what was worked. */
    synchronized void spend(long worked) {
        fill();
        nanos -= worked;
    }

    /** Nanoseconds until the debt is paid; 0 if there is none. */
    synchronized long debt() {
        fill();
        return nanos >= 0 ? 0 : (long) Math.ceil(-nanos / perNano);
    }

    private void fill() {
        long now = nanoTime.getAsLong();
        nanos = Math.min((double) BURST_NANOS, nanos + (now - filled) * perNano);
        filled = now;
    }
}
