package dev.cordon.runtime;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.locks.LockSupport;

/**
 * Keeps one call within its plugin's share of the processor. Not thread-safe.
 *
 * <p>What is measured is the processor time of the thread that runs the guest, so waits are free.
 * Where a deep call moved to another thread meanwhile, or the JVM cannot tell, it is wall-clock
 * time, so that no guest gains by it.
 */
final class CpuPace {
    /** Longest wait without a look at deadline and cancellation. */
    private static final long MAX_PAUSE_NANOS = 20_000_000L;

    private static final long UNKNOWN = -1;
    private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

    private final CpuShare share;
    private Thread thread = Thread.currentThread();
    private long cpuStart = cpuNanos();
    private long wallStart = System.nanoTime();

    CpuPace(CpuShare share) {
        this.share = share;
    }

    /**
     * Waits until what was worked is paid for.
     *
     * @param look throws when the call is to end
     */
    void keep(Runnable look) {
        settle();
        for (long debt = share.debt(); debt > 0; debt = share.debt()) {
            look.run();
            LockSupport.parkNanos(this, Math.min(debt, MAX_PAUSE_NANOS));
        }
        restart();
    }

    /** Takes what was worked out of the share, without a wait. */
    void settle() {
        long cpu = Thread.currentThread() == thread ? cpuNanos() : UNKNOWN;
        boolean known = cpu != UNKNOWN && cpuStart != UNKNOWN;
        share.spend(known ? cpu - cpuStart : System.nanoTime() - wallStart);
        restart();
    }

    private void restart() {
        thread = Thread.currentThread();
        cpuStart = cpuNanos();
        wallStart = System.nanoTime();
    }

    private static long cpuNanos() {
        try {
            return THREADS.getCurrentThreadCpuTime();
        } catch (UnsupportedOperationException onVirtualThread) {
            return UNKNOWN;
        }
    }
}
