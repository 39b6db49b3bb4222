package dev.cordon.quota;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.util.function.Consumer;

/**
 * The most that a plugin may use of the host's disk, network, processor and programs, all its calls
 * together.
 *
 * <p>Immutable; every {@code with} method returns a copy. A guest that comes to a limit sees the
 * error number that says so and goes on; only a guest that traps afterwards ends with the quota as
 * its error.
 *
 * @param diskBytes bytes by which files may grow, in host directories and in memory; what is cut or
 *     removed of that may be used again
 * @param files files, directories and links created and kept
 * @param openFiles files, directories and sockets that one call has open at once, beside what it
 *     was given
 * @param connections sockets open at once
 * @param diskRate bytes in a second read from and written to files; {@link Quota#UNLIMITED} for no
 *     limit
 * @param netRate bytes in a second received and sent; {@link Quota#UNLIMITED} for no limit
 * @param excess what becomes of traffic that is too fast
 * @param cpuPercent processor time, in percent of one core; a plugin that took more waits; {@link
 *     #ALL_CORES} for no limit
 * @param processes programs of the host that run at once, where any are granted
 */
public record ResourceQuota(
        long diskBytes,
        long files,
        int openFiles,
        int connections,
        long diskRate,
        long netRate,
        Excess excess,
        int cpuPercent,
        int processes) {
    /** Most that a call can have open: a process has little more. */
    public static final int MAX_OPEN_FILES = 65_536;

    /** Most sockets that a plugin can have open. */
    public static final int MAX_CONNECTIONS = 65_536;

    /** Most programs that a plugin can have running. */
    public static final int MAX_PROCESSES = 1_024;

    /** No limit on processor time. */
    public static final int ALL_CORES = Integer.MAX_VALUE;

    /** What becomes of traffic that is faster than its rate. */
    public enum Excess {
        /** It waits, up to the call's deadline; where the guest does not wait, it is refused. */
        WAIT,
        /** It is refused, with the error number {@code EAGAIN}. */
        REFUSE
    }

    private static final ResourceQuota DEFAULTS =
            new ResourceQuota(
                    256L << 20,
                    10_000,
                    256,
                    64,
                    Quota.UNLIMITED,
                    Quota.UNLIMITED,
                    Excess.WAIT,
                    ALL_CORES,
                    4);

    private static final ResourceQuota WIDEST =
            new ResourceQuota(
                    Quota.UNLIMITED,
                    Quota.UNLIMITED,
                    MAX_OPEN_FILES,
                    MAX_CONNECTIONS,
                    Quota.UNLIMITED,
                    Quota.UNLIMITED,
                    Excess.WAIT,
                    ALL_CORES,
                    MAX_PROCESSES);

    /**
     * Checks the numbers.
     *
     * @throws UsageException if one of them is out of range
     */
    public ResourceQuota {
        inRange("diskBytes", diskBytes, 0, Quota.UNLIMITED);
        inRange("files", files, 0, Quota.UNLIMITED);
        inRange("openFiles", openFiles, 0, MAX_OPEN_FILES);
        inRange("connections", connections, 0, MAX_CONNECTIONS);
        inRange("diskRate", diskRate, 1, Quota.UNLIMITED);
        inRange("netRate", netRate, 1, Quota.UNLIMITED);
        inRange("cpuPercent", cpuPercent, 1, ALL_CORES);
        inRange("processes", processes, 0, MAX_PROCESSES);
    }

    /**
     * The safe limits that hold where nobody said otherwise.
     *
     * @return 256 MiB and 10,000 files stored, 256 files open in a call, 64 connections, no rates,
     *     4 programs at once
     */
    public static ResourceQuota defaults() {
        return DEFAULTS;
    }

    /**
     * The quota that lowers nothing.
     *
     * @return every limit at its largest possible value
     */
    public static ResourceQuota widest() {
        return WIDEST;
    }

    /**
     * The limits of both: of each the smaller one; too fast traffic is refused if either says so.
     *
     * @param other what else limits the same use
     * @return a quota at most as wide as either
     */
    public ResourceQuota tighter(ResourceQuota other) {
        return new ResourceQuota(
                Math.min(diskBytes, other.diskBytes),
                Math.min(files, other.files),
                Math.min(openFiles, other.openFiles),
                Math.min(connections, other.connections),
                Math.min(diskRate, other.diskRate),
                Math.min(netRate, other.netRate),
                excess == Excess.REFUSE ? excess : other.excess,
                Math.min(cpuPercent, other.cpuPercent),
                Math.min(processes, other.processes));
    }

    /**
     * Sets by how much files may grow.
     *
     * @param next bytes; at least 0
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public ResourceQuota withDiskBytes(long next) {
        return with(draft -> draft.diskBytes = next);
    }

    /**
     * Sets how many files may be created and kept.
     *
     * @param next at least 0
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public ResourceQuota withFiles(long next) {
        return with(draft -> draft.files = next);
    }

    /**
     * Sets how many files a call may have open at once.
     *
     * @param next 0 to {@link #MAX_OPEN_FILES}
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public ResourceQuota withOpenFiles(int next) {
        return with(draft -> draft.openFiles = next);
    }

    /**
     * Sets how many sockets may be open at once.
     *
     * @param next 0 to {@link #MAX_CONNECTIONS}
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public ResourceQuota withConnections(int next) {
        return with(draft -> draft.connections = next);
    }

    /**
     * Sets how fast files may be read and written.
     *
     * @param next bytes in a second; at least 1
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public ResourceQuota withDiskRate(long next) {
        return with(draft -> draft.diskRate = next);
    }

    /**
     * Sets how fast the plugin may receive and send.
     *
     * @param next bytes in a second; at least 1
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public ResourceQuota withNetRate(long next) {
        return with(draft -> draft.netRate = next);
    }

    /**
     * Sets what becomes of traffic that is too fast.
     *
     * @param next wait or refuse
     * @return a copy
     */
    public ResourceQuota withExcess(Excess next) {
        return with(draft -> draft.excess = next);
    }

    /**
     * Sets how much of the processor the plugin may take.
     *
     * @param next percent of one core; at least 1
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public ResourceQuota withCpuPercent(int next) {
        return with(draft -> draft.cpuPercent = next);
    }

    /**
     * Sets how many programs of the host may run at once.
     *
     * @param next 0 to {@link #MAX_PROCESSES}
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public ResourceQuota withProcesses(int next) {
        return with(draft -> draft.processes = next);
    }

    private ResourceQuota with(Consumer<Draft> change) {
        Draft draft = new Draft(this);
        change.accept(draft);
        return draft.quota();
    }

    /** A quota whose limits can be set one by one. */
    private static final class Draft {
        private long diskBytes;
        private long files;
        private int openFiles;
        private int connections;
        private long diskRate;
        private long netRate;
        private Excess excess;
        private int cpuPercent;
        private int processes;

        Draft(ResourceQuota from) {
            this.diskBytes = from.diskBytes;
            this.files = from.files;
            this.openFiles = from.openFiles;
            this.connections = from.connections;
            this.diskRate = from.diskRate;
            this.netRate = from.netRate;
            this.excess = from.excess;
            this.cpuPercent = from.cpuPercent;
            this.processes = from.processes;
        }

        ResourceQuota quota() {
            return new ResourceQuota(
                    diskBytes,
                    files,
                    openFiles,
                    connections,
                    diskRate,
                    netRate,
                    excess,
                    cpuPercent,
                    processes);
        }
    }

    private static void inRange(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "quota",
                    "`" + name + "` cannot be `" + value + "`: it is out of range",
                    "choose " + least + " to " + most);
        }
    }
}
