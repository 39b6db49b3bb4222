package dev.cordon.dispatch;

import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.Party;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.EventReport;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Keeps the events that were not received, the newest of them. Thread-safe. */
final class DeadLetters {
    /** Most events kept. */
    static final int MAX_KEPT = 1_000;

    /** Most bytes of payload kept. */
    private static final long MAX_KEPT_BYTES = 16L << 20;

    private final EngineListener listener;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private long bytes;

    DeadLetters(EngineListener listener) {
        this.listener = listener;
    }

    /**
     * A dead letter and where it was to go.
     *
     * @param letter what everybody may see
     * @param entry the event as it was in the queue
     * @param mailbox the number of the mailbox that it did not leave by being received
     */
    record Kept(DeadLetter letter, EventQueue.Entry entry, long mailbox) {}

    void add(
            EventQueue.Entry entry,
            long mailbox,
            Party subscriber,
            DeadLetter.Reason reason,
            String detail) {
        Event event = entry.event();
        DeadLetter letter = new DeadLetter(event, subscriber, reason, detail, Instant.now());
        synchronized (this) {
            kept.add(new Kept(letter, entry, mailbox));
            bytes += event.payloadBytes();
            while (kept.size() > MAX_KEPT || bytes > MAX_KEPT_BYTES) {
                bytes -= kept.remove().letter().event().payloadBytes();
            }
        }
        moved(listener, event, subscriber.source(), reason.name().toLowerCase(Locale.ROOT));
    }

    synchronized List<DeadLetter> kept() {
        return kept.stream().map(Kept::letter).toList();
    }

    /** One that is still kept; null if it is not. */
    synchronized @Nullable Kept find(DeadLetter letter) {
        return kept.stream().filter(it -> it.letter().equals(letter)).findFirst().orElse(null);
    }

    /** Keeps it no longer; false if somebody else has taken it. */
    synchronized boolean take(Kept letter) {
        boolean taken = kept.remove(letter);
        bytes -= taken ? letter.letter().event().payloadBytes() : 0;
        return taken;
    }

    static void moved(EngineListener listener, Event event, String subscriber, String stage) {
        listener.eventMoved(
                new EventReport(
                        event.id(), event.topic(), event.publisher().source(), subscriber, stage));
    }
}
