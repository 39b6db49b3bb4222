package dev.cordon;

import dev.cordon.guest.PluginInstance;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import org.jspecify.annotations.Nullable;

/** What is known of a call's use, collected while it runs. */
final class Measured {
    private static final long NOT_MEASURED = -1;

    /** Made on first use: most engines never measure processor time. */
    private static final class Cpu {
        static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

        static long now() {
            try {
                return THREADS.getCurrentThreadCpuTime();
            } catch (UnsupportedOperationException onVirtualThread) {
                return NOT_MEASURED;
            }
        }
    }

    private final long startNanos = System.nanoTime();
    private final long cpuStart;
    private int status = -1;
    private long fuelUsed;
    private long memoryPeakBytes;
    private int @Nullable [] hostCalls;

    Measured(boolean cpu) {
        cpuStart = cpu ? Cpu.now() : NOT_MEASURED;
    }

    void ended(int guestStatus) {
        status = guestStatus;
    }

    /** Notes what an instance counted, before anybody else can use it. */
    void used(PluginInstance instance) {
        fuelUsed = instance.fuelUsed();
        memoryPeakBytes = instance.memoryPeakBytes();
        hostCalls = instance.hostCalls();
    }

    long startNanos() {
        return startNanos;
    }

    int status() {
        return status;
    }

    long fuelUsed() {
        return fuelUsed;
    }

    long memoryPeakBytes() {
        return memoryPeakBytes;
    }

    int @Nullable [] hostCalls() {
        return hostCalls;
    }

    long wallNanos() {
        return System.nanoTime() - startNanos;
    }

    long cpuNanos() {
        return cpuStart == NOT_MEASURED ? NOT_MEASURED : Cpu.now() - cpuStart;
    }
}
