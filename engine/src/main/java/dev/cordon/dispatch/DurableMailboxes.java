package dev.cordon.dispatch;

import dev.cordon.bridge.DurableSubscription;
import dev.cordon.bridge.Party;
import dev.cordon.capability.NamePattern;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/** The mailboxes that outlive their receivers, by name. Thread-safe. */
final class DurableMailboxes {
    /** Most of them in one engine. */
    static final int MAX_DURABLE = 1_000;

    /** Most bytes of events in all of them, each event counted as its payload and 512 more. */
    static final long MAX_BYTES = 64L << 20;

    private final ConcurrentSkipListMap<String, Mailbox> byName = new ConcurrentSkipListMap<>();
    private final QueueRoom room = new QueueRoom.Bytes(MAX_BYTES);

    /**
     * What a mailbox is called. No name that the application chooses is that of a plugin's.
     *
     * @throws dev.cordon.error.UsageException if the application cannot choose it
     */
    static String name(Party party, String chosen) {
        if (party.isPlugin()) {
            return party.source();
        }
        if (!NamePattern.isName(chosen)) {
            throw Refusal.badName(party, chosen);
        }
        return chosen;
    }

    @Nullable Mailbox find(String name) {
        return byName.get(name);
    }

    /** Refuses one more than there may be. */
    void requirePlace(Party party) {
        if (byName.size() >= MAX_DURABLE) {
            throw Refusal.tooManySubscriptions(party, MAX_DURABLE);
        }
    }

    QueueRoom room() {
        return room;
    }

    void add(Mailbox mailbox) {
        byName.put(mailbox.name(), mailbox);
    }

    void remove(Mailbox mailbox) {
        byName.remove(mailbox.name(), mailbox);
    }

    List<DurableSubscription> seen() {
        return byName.values().stream().map(Mailbox::seen).toList();
    }
}
