package dev.cordon.wasi;

import java.util.concurrent.TimeUnit;

/** Time that stands still at the start of 1970. */
enum StoppedClock implements GuestClock {
    STOPPED;

    @Override
    public long realtimeNanos() {
        return 0;
    }

    @Override
    public long monotonicNanos() {
        return 0;
    }

    @Override
    public long precisionNanos() {
        return TimeUnit.MILLISECONDS.toNanos(1);
    }
}
