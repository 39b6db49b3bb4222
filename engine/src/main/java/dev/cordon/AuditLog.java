package dev.cordon;

import dev.cordon.monitor.AuditQuery;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.AuditRing;
import java.util.List;

/**
 * What was decided about plugins, to be looked at: every record that the listener hears, the newest
 * of them. Thread-safe.
 *
 * <p>A question first has counted decisions told, to the listener as well, so an answer holds every
 * decision that was made before the question was asked. When there is no room, the plugin that
 * fills most of it loses its oldest record.
 */
public final class AuditLog {
    /** Most records kept unless said otherwise. */
    public static final int DEFAULT_RECORDS = 10_000;

    /** Most bytes that records take, about. */
    static final long MAX_BYTES = 16L << 20;

    private final AuditRing ring;
    private final Runnable flush;

    AuditLog(AuditRing ring, Runnable flush) {
        this.ring = ring;
        this.flush = flush;
    }

    /**
     * Finds records.
     *
     * @param query which ones
     * @return the newest first
     */
    public List<AuditRecord> query(AuditQuery query) {
        flush.run();
        return ring.query(query);
    }

    /**
     * Counts decisions; a record that stands for many counts as many.
     *
     * @param query which ones, without regard to its limit
     * @return their number, as far as records are kept
     */
    public long count(AuditQuery query) {
        return query(query.newest(Integer.MAX_VALUE)).stream().mapToLong(AuditRecord::count).sum();
    }

    /**
     * How many records there was no room for any more.
     *
     * @return a number that only grows; 0 as long as answers are complete
     */
    public long forgotten() {
        return ring.forgotten();
    }
}
