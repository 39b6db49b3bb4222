package dev.cordon.guest;

import dev.cordon.error.GuestText;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Turns a flood of decisions about names into few records, as the shim does for files and
 * addresses. Thread-safe.
 *
 * <p>The first decision of a kind is told at once. Those that equal it are counted, and told as one
 * record at the first decision after the window, or at {@link #flush}.
 */
final class UseTrail {
    /** How long equal decisions are one record. */
    static final long WINDOW_MILLIS = 60_000;

    /** Most kinds of decision told apart in one window, so that a guest cannot fill the heap. */
    static final int MAX_KINDS = 256;

    /** The subject of decisions that are told apart no longer. */
    static final String OTHERS = "(others)";

    private static final int MAX_TEXT = 256;

    /**
     * One decision.
     *
     * @param operation the host function
     * @param capability the kind of grant that it needs
     * @param subject the name that it is about
     * @param allowed whether it went on
     * @param reason why not; empty when it was allowed
     */
    record Decision(
            String operation, String capability, String subject, boolean allowed, String reason) {}

    private static final class Tally {
        private long count;
        private long first;
        private long last;

        void add(long now) {
            first = count == 0 ? now : first;
            last = now;
            count++;
        }
    }

    private final String plugin;
    private final EngineListener listener;
    private final LongSupplier millis;
    private final Map<Decision, Tally> tallies = new LinkedHashMap<>();
    private long windowStart;

    UseTrail(String plugin, EngineListener listener, LongSupplier millis) {
        this.plugin = plugin;
        this.listener = listener;
        this.millis = millis;
    }

    void decided(Decision decision) {
        if (listener != EngineListener.NONE) {
            note(decision, millis.getAsLong()).forEach(listener::audited);
        }
    }

    /** Tells what was counted and not told yet. */
    void flush() {
        pending().forEach(listener::audited);
    }

    private synchronized List<AuditRecord> note(Decision decision, long now) {
        List<AuditRecord> records = new ArrayList<>();
        if (now - windowStart >= WINDOW_MILLIS || now < windowStart) {
            records.addAll(pending());
            tallies.clear();
            windowStart = now;
        }
        Decision known = room(decision);
        Tally tally = tallies.get(known);
        if (tally == null) {
            tallies.put(known, new Tally());
            records.add(record(known, 1, now, now));
        } else {
            tally.add(now);
        }
        return records;
    }

    private Decision room(Decision next) {
        if (tallies.size() < MAX_KINDS || tallies.containsKey(next)) {
            return next;
        }
        return new Decision(
                next.operation(), next.capability(), OTHERS, next.allowed(), next.reason());
    }

    private synchronized List<AuditRecord> pending() {
        List<AuditRecord> records = new ArrayList<>();
        tallies.forEach(
                (decision, tally) -> {
                    if (tally.count > 0) {
                        records.add(record(decision, tally.count, tally.first, tally.last));
                        tally.count = 0;
                    }
                });
        return records;
    }

    private AuditRecord record(Decision decision, long count, long first, long last) {
        String subject = GuestText.printable(decision.subject(), MAX_TEXT);
        return new AuditRecord(
                plugin,
                decision.operation(),
                decision.capability() + "=" + subject,
                subject,
                decision.allowed(),
                decision.reason(),
                count,
                first,
                last);
    }
}
