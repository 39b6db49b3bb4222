package dev.cordon.dispatch;

import dev.cordon.bridge.Party;
import dev.cordon.monitor.AuditRecord;
import dev.cordon.monitor.EngineListener;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Tells the listener what was decided about commands and topics: the first decision of its kind at
 * once, those that equal it as one record later, so that a flood of them is not a flood of records.
 * Thread-safe.
 */
final class Decisions {
    /** How long equal decisions are counted before they are told. */
    private static final long WINDOW_MILLIS = 1_000;

    /** Most kinds of decision that are counted at a time. */
    private static final int MAX_KINDS = 1_000;

    private final EngineListener listener;
    private final Map<Kind, Tally> tallies = new LinkedHashMap<>();

    Decisions(EngineListener listener) {
        this.listener = listener;
    }

    private record Kind(
            String plugin, String operation, String capability, String subject, String reason) {}

    private static final class Tally {
        private final long started;
        private long first;
        private long last;
        private long count;

        Tally(long now) {
            started = now;
        }
    }

    /** Notes a decision about a plugin; an empty reason is a yes. */
    void decided(Party plugin, String operation, String capability, String name, String reason) {
        Kind kind = new Kind(plugin.id(), operation, capability, name, reason);
        long now = System.currentTimeMillis();
        if (!counted(kind, now)) {
            tell(kind, 1, now, now);
        }
    }

    /** Counts a decision that was told a moment ago; else tells what was counted until now. */
    private boolean counted(Kind kind, long now) {
        boolean full;
        synchronized (this) {
            Tally tally = tallies.get(kind);
            if (tally != null && now - tally.started < WINDOW_MILLIS) {
                tally.first = tally.count == 0 ? now : tally.first;
                tally.last = now;
                tally.count++;
                return true;
            }
            full = tally != null || tallies.size() >= MAX_KINDS;
            if (!full) {
                tallies.put(kind, new Tally(now));
            }
        }
        if (full) {
            flush();
            synchronized (this) {
                tallies.putIfAbsent(kind, new Tally(now));
            }
        }
        return false;
    }

    /** Tells what was counted; holds no lock meanwhile, since a listener may use the bridge. */
    void flush() {
        Map<Kind, Tally> told;
        synchronized (this) {
            told = new LinkedHashMap<>(tallies);
            tallies.clear();
        }
        told.forEach(
                (kind, tally) -> {
                    if (tally.count > 0) {
                        tell(kind, tally.count, tally.first, tally.last);
                    }
                });
    }

    private void tell(Kind kind, long count, long first, long last) {
        listener.audited(
                new AuditRecord(
                        kind.plugin(),
                        kind.operation(),
                        kind.capability(),
                        kind.subject(),
                        kind.reason().isEmpty(),
                        kind.reason(),
                        count,
                        first,
                        last));
    }
}
