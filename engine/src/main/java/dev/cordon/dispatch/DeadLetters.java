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

/** Keeps the events that were not received, the newest of them. Thread-safe. */
final class DeadLetters {
    /** Most events kept. */
    static final int MAX_KEPT = 1_000;

    /** Most bytes of payload kept. */
    private static final long MAX_KEPT_BYTES = 16L << 20;

    private final EngineListener listener;
    private final ArrayDeque<DeadLetter> kept = new ArrayDeque<>();
    private long bytes;

    DeadLetters(EngineListener listener) {
        this.listener = listener;
    }

    void add(Event event, Party subscriber, DeadLetter.Reason reason, String detail) {
        DeadLetter letter = new DeadLetter(event, subscriber, reason, detail, Instant.now());
        synchronized (this) {
            kept.add(letter);
            bytes += event.payloadBytes();
            while (kept.size() > MAX_KEPT || bytes > MAX_KEPT_BYTES) {
                bytes -= kept.remove().event().payloadBytes();
            }
        }
        moved(listener, event, subscriber.source(), reason.name().toLowerCase(Locale.ROOT));
    }

    synchronized List<DeadLetter> kept() {
        return List.copyOf(kept);
    }

    static void moved(EngineListener listener, Event event, String subscriber, String stage) {
        listener.eventMoved(
                new EventReport(
                        event.id(), event.topic(), event.publisher().source(), subscriber, stage));
    }
}
