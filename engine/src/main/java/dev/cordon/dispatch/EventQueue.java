package dev.cordon.dispatch;

import dev.cordon.bridge.Event;
import dev.cordon.bridge.Overflow;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.SubscriptionOptions;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The events that wait for one subscriber, bounded in number and bytes. Not thread-safe.
 *
 * <p>A plugin can fill half of a queue at most, so that it cannot drive out what others publish.
 */
final class EventQueue {
    private static final int PLUGIN_SHARE = 2;

    private final QueueRoom room;
    private final ArrayDeque<Entry> entries = new ArrayDeque<>();
    private final Map<Party, Share> shares = new HashMap<>();
    private long bytes;

    /** An empty queue, whose events take room that several queues have together. */
    EventQueue(QueueRoom room) {
        this.room = room;
    }

    /**
     * An event that waits.
     *
     * @param event what happened
     * @param hops how many events led to it, itself included
     */
    record Entry(Event event, int hops) {}

    private static final class Share {
        private int count;
        private long bytes;
    }

    /** Adds an event; gives those that found no room, which may be the one itself. */
    List<Entry> add(Entry entry, SubscriptionOptions options) {
        Event event = entry.event();
        if (!fits(event, shares.get(event.publisher()), options.capacity())) {
            return List.of(entry);
        }
        List<Entry> dropped = new ArrayList<>();
        while (isFull(event, options.capacity())) {
            if (options.overflow() == Overflow.DROP_NEWEST) {
                return List.of(entry);
            }
            dropped.add(entries.element());
            poll();
        }
        if (!room.take(event)) { // what others keep is not freed by dropping more of ours
            dropped.add(entry);
            return dropped;
        }
        entries.add(entry);
        count(event, 1);
        return dropped;
    }

    private boolean isFull(Event event, int capacity) {
        return entries.size() >= capacity
                || bytes + event.payloadBytes() > SubscriptionOptions.MAX_QUEUE_BYTES;
    }

    private static boolean fits(Event event, @Nullable Share share, int capacity) {
        if (!event.publisher().isPlugin() || share == null) {
            return true;
        }
        long most = SubscriptionOptions.MAX_QUEUE_BYTES / PLUGIN_SHARE;
        return share.count < Math.max(1, capacity / PLUGIN_SHARE)
                && share.bytes + event.payloadBytes() <= most;
    }

    @Nullable Entry poll() {
        Entry first = entries.poll();
        if (first != null) {
            count(first.event(), -1);
            room.give(first.event());
        }
        return first;
    }

    private void count(Event event, int sign) {
        bytes += (long) sign * event.payloadBytes();
        Share share = shares.computeIfAbsent(event.publisher(), publisher -> new Share());
        share.count += sign;
        share.bytes += (long) sign * event.payloadBytes();
        if (share.count == 0) {
            shares.remove(event.publisher());
        }
    }

    int size() {
        return entries.size();
    }

    long bytes() {
        return bytes;
    }
}
