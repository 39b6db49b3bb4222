package dev.cordon.monitor;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The newest audit records, bounded by number and by bytes. Thread-safe.
 *
 * <p>When there is no room, the plugin that fills most of it loses its oldest record: whoever
 * floods pushes out what it did itself, and not what others did.
 */
public final class AuditRing {
    /** What a record takes beside its texts, about. */
    private static final int RECORD_BYTES = 160;

    private record Kept(long number, AuditRecord entry, long bytes) {}

    private static final class Share {
        private final Deque<Kept> records = new ArrayDeque<>();
        private long bytes;
    }

    private final int maxRecords;
    private final long maxBytes;
    private final Map<String, Share> shares = new LinkedHashMap<>();
    private long added;
    private long forgotten;
    private int records;
    private long bytes;

    /**
     * An empty ring.
     *
     * @param maxRecords most records; 0 to keep none
     * @param maxBytes most bytes that they take, about
     */
    public AuditRing(int maxRecords, long maxBytes) {
        this.maxRecords = maxRecords;
        this.maxBytes = maxBytes;
    }

    /**
     * Keeps a record.
     *
     * @param entry the newest
     */
    public synchronized void add(AuditRecord entry) {
        Share share = shares.computeIfAbsent(entry.plugin(), id -> new Share());
        long size = bytes(entry);
        share.records.add(new Kept(added, entry, size));
        share.bytes += size;
        added++;
        records++;
        bytes += size;
        while (records > maxRecords || bytes > maxBytes) {
            forget();
        }
    }

    private static long bytes(AuditRecord entry) {
        long chars =
                (long) entry.plugin().length()
                        + entry.operation().length()
                        + entry.capability().length()
                        + entry.subject().length()
                        + entry.reason().length();
        return RECORD_BYTES + 2 * chars;
    }

    private void forget() {
        String plugin = "";
        Share most = new Share();
        for (Map.Entry<String, Share> each : shares.entrySet()) {
            if (each.getValue().bytes > most.bytes) {
                plugin = each.getKey();
                most = each.getValue();
            }
        }
        Kept oldest = most.records.remove();
        most.bytes -= oldest.bytes();
        bytes -= oldest.bytes();
        records--;
        forgotten++;
        if (most.records.isEmpty()) {
            shares.remove(plugin);
        }
    }

    /**
     * What is kept and meant.
     *
     * @param query which records
     * @return the newest first
     */
    public List<AuditRecord> query(AuditQuery query) {
        List<Kept> found = new ArrayList<>();
        synchronized (this) {
            for (Share share : shares.values()) {
                share.records.stream()
                        .filter(kept -> query.matches(kept.entry()))
                        .forEach(found::add);
            }
        }
        return found.stream()
                .sorted(Comparator.comparingLong(Kept::number).reversed())
                .limit(Math.max(0, query.limit()))
                .map(Kept::entry)
                .toList();
    }

    /**
     * How many records there was no room for any more.
     *
     * @return a number that only grows
     */
    public synchronized long forgotten() {
        return forgotten;
    }
}
