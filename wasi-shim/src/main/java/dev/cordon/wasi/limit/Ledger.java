package dev.cordon.wasi.limit;

import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts what guests use up, over as many sessions as share it: the instances and calls of one
 * plugin, so that a limit is the plugin's and not that of each call. Thread-safe.
 */
public final class Ledger {
    private final Limits limits;
    private final AtomicLong stored = new AtomicLong();
    private final AtomicLong files = new AtomicLong();
    private final AtomicLong connections = new AtomicLong();
    private final Map<Traffic, Bucket> buckets = new EnumMap<>(Traffic.class);

    private Ledger(Limits limits, LongSupplier nanoTime) {
        this.limits = limits;
        limits.rates().forEach((traffic, rate) -> buckets.put(traffic, new Bucket(rate, nanoTime)));
    }

    /**
     * Opens a ledger with nothing in it.
     *
     * @param limits the most that may be used
     * @return a ledger
     */
    public static Ledger of(Limits limits) {
        return new Ledger(limits, System::nanoTime);
    }

    /** A ledger whose time a test tells. */
    static Ledger of(Limits limits, LongSupplier nanoTime) {
        return new Ledger(limits, nanoTime);
    }

    /**
     * The most that may be used.
     *
     * @return the limits
     */
    public Limits limits() {
        return limits;
    }

    /**
     * Takes note of bytes that are about to be stored, if they fit.
     *
     * @param bytes how many; 0 or more
     * @return whether they fit; if not, nothing was noted
     */
    public boolean store(long bytes) {
        return add(stored, bytes, limits.storedBytes());
    }

    /**
     * How many more bytes may be stored now.
     *
     * @return bytes; 0 or more
     */
    public long storable() {
        return Math.max(0, limits.storedBytes() - stored.get());
    }

    /**
     * Takes note of bytes that are stored no longer; never below none.
     *
     * @param bytes how many; 0 or more
     */
    public void release(long bytes) {
        stored.updateAndGet(now -> Math.max(0, now - bytes));
    }

    /**
     * Takes note of a file that is about to be created, if there may be one more.
     *
     * @return whether there may
     */
    public boolean addFile() {
        return add(files, 1, limits.files());
    }

    /** Takes note of a file that was removed, or was not created after all. */
    public void removeFile() {
        files.updateAndGet(now -> Math.max(0, now - 1));
    }

    /**
     * Takes note of a socket that is about to be opened, if there may be one more.
     *
     * @return whether there may
     */
    public boolean connect() {
        return add(connections, 1, limits.connections());
    }

    /** Takes note of a socket that was closed. */
    public void disconnect() {
        connections.updateAndGet(now -> Math.max(0, now - 1));
    }

    /**
     * Takes bytes of a kind of traffic, or says how long to wait for them.
     *
     * @param traffic which kind
     * @param bytes how many; more than a burst is let through at once and paid for afterwards
     * @return 0 when they were taken, else nanoseconds after which to ask again; nothing was taken
     */
    public long take(Traffic traffic, long bytes) {
        Bucket bucket = buckets.get(traffic);
        return bucket == null ? 0 : bucket.take(bytes);
    }

    /**
     * What becomes of a kind of traffic that is too fast.
     *
     * @param traffic which kind
     * @return whether it is refused instead of waiting
     */
    public boolean refuses(Traffic traffic) {
        @Nullable Rate rate = limits.rates().get(traffic);
        return rate != null && rate.excess() == Rate.Excess.REFUSE;
    }

    private static boolean add(AtomicLong counter, long more, long most) {
        while (true) {
            long now = counter.get();
            if (more > most - now) {
                return false;
            }
            if (counter.compareAndSet(now, now + more)) {
                return true;
            }
        }
    }
}
