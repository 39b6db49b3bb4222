package dev.cordon.quota;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.time.Duration;
import java.util.Optional;

/**
 * The most that a call, a plugin or an engine may use.
 *
 * <p>Immutable; every {@code with} method returns a copy. Quotas of several sources combine with
 * {@link #tighter(Quota)}, so that no source can raise what another one lowered.
 */
public final class Quota {
    /** Fuel or bytes without a limit. */
    public static final long UNLIMITED = Long.MAX_VALUE;

    /** Most linear memory that an instance can have: what one Java array can hold, in pages. */
    public static final long MAX_MEMORY_BYTES = 32_767L << 16;

    /** Most table elements that an instance can have: they take four bytes each of Java heap. */
    public static final int MAX_TABLE_ELEMENTS = 10_000_000;

    /** Deepest nesting of guest calls: beyond it one guest could take gigabytes of stack. */
    public static final int MAX_CALL_DEPTH = 65_536;

    /** Most output of a call: what one Java array can hold. */
    public static final int MAX_OUTPUT_BYTES = Integer.MAX_VALUE - 8;

    /** Most instances of one plugin. */
    public static final int MAX_INSTANCES = 10_000;

    private static final Duration DEFAULT_DEADLINE = Duration.ofSeconds(30);
    private static final Quota DEFAULTS = new Quota(new Limits());
    private static final Quota WIDEST = new Quota(widestLimits());

    private final Limits limits;

    private Quota(Limits limits) {
        this.limits = limits;
    }

    /**
     * The safe limits that hold where nobody said otherwise.
     *
     * @return a billion units of fuel, 256 MiB of memory, 30 seconds, 100,000 table elements,
     *     16,384 nested calls, 64 MiB of output, 1,000 log lines of together 1 MiB, as many
     *     instances as the machine has cores, 1,000 waiting calls, {@link ResourceQuota#defaults()}
     */
    public static Quota defaults() {
        return DEFAULTS;
    }

    /**
     * The quota that lowers nothing: the start of one that is to lower something only.
     *
     * @return every limit at its largest possible value, no deadline
     */
    public static Quota widest() {
        return WIDEST;
    }

    private static Limits widestLimits() {
        Limits widest = new Limits();
        widest.deadlineNanos = UNLIMITED;
        widest.fuelPerCall = UNLIMITED;
        widest.memoryBytes = MAX_MEMORY_BYTES;
        widest.tableElements = MAX_TABLE_ELEMENTS;
        widest.callDepth = MAX_CALL_DEPTH;
        widest.outputBytes = MAX_OUTPUT_BYTES;
        widest.logLines = Integer.MAX_VALUE;
        widest.logBytes = UNLIMITED;
        widest.instances = MAX_INSTANCES;
        widest.waitingCalls = Integer.MAX_VALUE;
        widest.resources = ResourceQuota.widest();
        return widest;
    }

    /**
     * The limits of both: of each the smaller one.
     *
     * @param other what else limits the same use
     * @return a quota at most as wide as either
     */
    @SuppressWarnings("ReferenceEquality") // a short cut for calls without limits of their own
    public Quota tighter(Quota other) {
        if (other == this || other == WIDEST) {
            return this;
        }
        Limits a = limits;
        Limits b = other.limits;
        Limits both = new Limits();
        both.deadlineNanos = Math.min(a.deadlineNanos, b.deadlineNanos);
        both.fuelPerCall = Math.min(a.fuelPerCall, b.fuelPerCall);
        both.memoryBytes = Math.min(a.memoryBytes, b.memoryBytes);
        both.tableElements = Math.min(a.tableElements, b.tableElements);
        both.callDepth = Math.min(a.callDepth, b.callDepth);
        both.outputBytes = Math.min(a.outputBytes, b.outputBytes);
        both.logLines = Math.min(a.logLines, b.logLines);
        both.logBytes = Math.min(a.logBytes, b.logBytes);
        both.instances = Math.min(a.instances, b.instances);
        both.waitingCalls = Math.min(a.waitingCalls, b.waitingCalls);
        both.resources = a.resources.tighter(b.resources);
        return new Quota(both);
    }

    /**
     * How long a call may take by the wall clock, waiting for an instance included.
     *
     * @return empty where there is no deadline
     */
    public Optional<Duration> deadline() {
        return limits.deadlineNanos == UNLIMITED
                ? Optional.empty()
                : Optional.of(Duration.ofNanos(limits.deadlineNanos));
    }

    /**
     * The deadline as a number.
     *
     * @return nanoseconds; {@link #UNLIMITED} where there is no deadline
     */
    public long deadlineNanos() {
        return limits.deadlineNanos;
    }

    /**
     * Sets how long a call may take.
     *
     * @param next more than zero
     * @return a copy
     * @throws UsageException if it is zero, negative or longer than 292 years
     */
    public Quota withDeadline(Duration next) {
        long nanos;
        try {
            nanos = next.toNanos();
        } catch (ArithmeticException tooLong) {
            throw unusable("deadline", next.toString(), "longer than 292 years");
        }
        if (nanos <= 0) {
            throw unusable("deadline", next.toString(), "not more than zero");
        }
        Limits copy = new Limits(limits);
        copy.deadlineNanos = nanos;
        return new Quota(copy);
    }

    /**
     * Lets a call take any time.
     *
     * @return a copy
     */
    public Quota withoutDeadline() {
        Limits copy = new Limits(limits);
        copy.deadlineNanos = UNLIMITED;
        return new Quota(copy);
    }

    /**
     * Units of fuel for one call, start-up included.
     *
     * @return at least 0; {@link #UNLIMITED} for no limit
     */
    public long fuelPerCall() {
        return limits.fuelPerCall;
    }

    /**
     * Sets how many units of fuel for one call, start-up included.
     *
     * @param next at least 0; {@link #UNLIMITED} for no limit
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public Quota withFuelPerCall(long next) {
        Limits copy = new Limits(limits);
        copy.fuelPerCall = inRange("fuelPerCall", next, 0, UNLIMITED);
        return new Quota(copy);
    }

    /**
     * Bytes of linear memory, all memories of an instance together.
     *
     * @return 0 to {@link #MAX_MEMORY_BYTES}
     */
    public long memoryBytes() {
        return limits.memoryBytes;
    }

    /**
     * Sets how many bytes of linear memory, all memories of an instance together.
     *
     * @param next 0 to {@link #MAX_MEMORY_BYTES}
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public Quota withMemoryBytes(long next) {
        Limits copy = new Limits(limits);
        copy.memoryBytes = inRange("memoryBytes", next, 0, MAX_MEMORY_BYTES);
        return new Quota(copy);
    }

    /**
     * Elements of all tables of an instance together.
     *
     * @return 0 to {@link #MAX_TABLE_ELEMENTS}
     */
    public int tableElements() {
        return limits.tableElements;
    }

    /**
     * Sets how many elements of all tables of an instance together.
     *
     * @param next 0 to {@link #MAX_TABLE_ELEMENTS}
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public Quota withTableElements(int next) {
        Limits copy = new Limits(limits);
        copy.tableElements = (int) inRange("tableElements", next, 0, MAX_TABLE_ELEMENTS);
        return new Quota(copy);
    }

    /**
     * Guest calls nested in each other.
     *
     * @return 1 to {@link #MAX_CALL_DEPTH}
     */
    public int callDepth() {
        return limits.callDepth;
    }

    /**
     * Sets how many guest calls nested in each other.
     *
     * @param next 1 to {@link #MAX_CALL_DEPTH}
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public Quota withCallDepth(int next) {
        Limits copy = new Limits(limits);
        copy.callDepth = (int) inRange("callDepth", next, 1, MAX_CALL_DEPTH);
        return new Quota(copy);
    }

    /**
     * Bytes of result and error text of one call together.
     *
     * @return 0 to {@link #MAX_OUTPUT_BYTES}
     */
    public int outputBytes() {
        return limits.outputBytes;
    }

    /**
     * Sets how many bytes of result and error text of one call together.
     *
     * @param next 0 to {@link #MAX_OUTPUT_BYTES}
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public Quota withOutputBytes(int next) {
        Limits copy = new Limits(limits);
        copy.outputBytes = (int) inRange("outputBytes", next, 0, MAX_OUTPUT_BYTES);
        return new Quota(copy);
    }

    /**
     * Lines that one call may log.
     *
     * @return at least 0
     */
    public int logLines() {
        return limits.logLines;
    }

    /**
     * Sets how many lines that one call may log.
     *
     * @param next at least 0
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public Quota withLogLines(int next) {
        Limits copy = new Limits(limits);
        copy.logLines = (int) inRange("logLines", next, 0, Integer.MAX_VALUE);
        return new Quota(copy);
    }

    /**
     * Bytes that one call may log.
     *
     * @return at least 0; {@link #UNLIMITED} for no limit
     */
    public long logBytes() {
        return limits.logBytes;
    }

    /**
     * Sets how many bytes that one call may log.
     *
     * @param next at least 0; {@link #UNLIMITED} for no limit
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public Quota withLogBytes(long next) {
        Limits copy = new Limits(limits);
        copy.logBytes = inRange("logBytes", next, 0, UNLIMITED);
        return new Quota(copy);
    }

    /**
     * Instances of a plugin that run at the same time.
     *
     * @return 1 to {@link #MAX_INSTANCES}
     */
    public int instances() {
        return limits.instances;
    }

    /**
     * Sets how many instances of a plugin that run at the same time.
     *
     * @param next 1 to {@link #MAX_INSTANCES}
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public Quota withInstances(int next) {
        Limits copy = new Limits(limits);
        copy.instances = (int) inRange("instances", next, 1, MAX_INSTANCES);
        return new Quota(copy);
    }

    /**
     * Calls of a plugin that wait for an instance.
     *
     * @return at least 0
     */
    public int waitingCalls() {
        return limits.waitingCalls;
    }

    /**
     * Sets how many calls of a plugin that wait for an instance.
     *
     * @param next at least 0
     * @return a copy
     * @throws UsageException if it is out of range
     */
    public Quota withWaitingCalls(int next) {
        Limits copy = new Limits(limits);
        copy.waitingCalls = (int) inRange("waitingCalls", next, 0, Integer.MAX_VALUE);
        return new Quota(copy);
    }

    /**
     * What a plugin may use of disk and network; unlike the other limits it is counted over all
     * calls, so it is set for an engine or a plugin and not for a call.
     *
     * @return the limits
     */
    public ResourceQuota resources() {
        return limits.resources;
    }

    /**
     * Sets what a plugin may use of disk and network.
     *
     * @param next the limits
     * @return a copy
     */
    public Quota withResources(ResourceQuota next) {
        Limits copy = new Limits(limits);
        copy.resources = next;
        return new Quota(copy);
    }

    private static long inRange(String name, long value, long least, long most) {
        if (value < least) {
            throw unusable(name, String.valueOf(value), "less than " + least);
        }
        if (value > most) {
            throw unusable(name, String.valueOf(value), "more than " + most);
        }
        return value;
    }

    private static UsageException unusable(String name, String value, String why) {
        return new UsageException(
                ErrorCode.USAGE,
                "quota",
                "`" + name + "` cannot be `" + value + "`: it is " + why,
                "choose a value in the range that the documentation of `" + name + "` gives");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Quota quota && limits.toString().equals(quota.limits.toString());
    }

    @Override
    public int hashCode() {
        return limits.toString().hashCode();
    }

    @Override
    public String toString() {
        return "Quota[" + limits + "]";
    }

    /** The numbers; changed only before they are shared. */
    private static final class Limits {
        private static final int CORES = Runtime.getRuntime().availableProcessors();

        private long deadlineNanos = DEFAULT_DEADLINE.toNanos();
        private long fuelPerCall = 1_000_000_000L;
        private long memoryBytes = 256L << 20;
        private int tableElements = 100_000;
        private int callDepth = 16_384;
        private int outputBytes = 64 << 20;
        private int logLines = 1_000;
        private long logBytes = 1L << 20;
        private int instances = CORES;
        private int waitingCalls = 1_000;
        private ResourceQuota resources = ResourceQuota.defaults();

        Limits() {}

        Limits(Limits other) {
            deadlineNanos = other.deadlineNanos;
            fuelPerCall = other.fuelPerCall;
            memoryBytes = other.memoryBytes;
            tableElements = other.tableElements;
            callDepth = other.callDepth;
            outputBytes = other.outputBytes;
            logLines = other.logLines;
            logBytes = other.logBytes;
            instances = other.instances;
            waitingCalls = other.waitingCalls;
            resources = other.resources;
        }

        @Override
        public String toString() {
            return "deadlineNanos="
                    + deadlineNanos
                    + ", fuelPerCall="
                    + fuelPerCall
                    + ", memoryBytes="
                    + memoryBytes
                    + ", tableElements="
                    + tableElements
                    + ", callDepth="
                    + callDepth
                    + ", outputBytes="
                    + outputBytes
                    + ", logLines="
                    + logLines
                    + ", logBytes="
                    + logBytes
                    + ", instances="
                    + instances
                    + ", waitingCalls="
                    + waitingCalls
                    + ", resources="
                    + resources;
        }
    }
}
