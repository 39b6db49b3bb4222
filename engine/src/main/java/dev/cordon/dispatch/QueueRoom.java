package dev.cordon.dispatch;

import dev.cordon.bridge.Event;
import dev.cordon.bridge.Party;
import java.util.HashMap;
import java.util.Map;

/**
 * What events in several queues may take together. Thread-safe.
 *
 * <p>What one plugin published takes half of it at most.
 */
interface QueueRoom {
    /** As much as there is; for queues that are bounded by their number. */
    QueueRoom ENDLESS =
            new QueueRoom() {
                @Override
                public boolean take(Event event) {
                    return true;
                }

                @Override
                public void give(Event event) {}
            };

    /** Takes room for an event; false if there is none. */
    boolean take(Event event);

    /** Gives back what was taken for an event. */
    void give(Event event);

    /** A number of bytes; each event counts as its payload and its place in the queue. */
    final class Bytes implements QueueRoom {
        /** What an event needs beside its payload: about what the JVM keeps for it. */
        private static final int EVENT_BYTES = 512;

        private static final int PLUGIN_SHARE = 2;

        private final long most;
        private final Map<Party, Long> byPublisher = new HashMap<>();
        private long taken;

        Bytes(long most) {
            this.most = most;
        }

        @Override
        public synchronized boolean take(Event event) {
            long size = size(event);
            Party publisher = event.publisher();
            long share = byPublisher.getOrDefault(publisher, 0L) + size;
            if (taken + size > most || (publisher.isPlugin() && share > most / PLUGIN_SHARE)) {
                return false;
            }
            taken += size;
            byPublisher.put(publisher, share);
            return true;
        }

        @Override
        public synchronized void give(Event event) {
            long size = size(event);
            taken -= size;
            byPublisher.computeIfPresent(
                    event.publisher(), (party, share) -> share == size ? null : share - size);
        }

        private static long size(Event event) {
            return event.payloadBytes() + (long) EVENT_BYTES;
        }
    }
}
