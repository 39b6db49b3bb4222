package dev.cordon.dispatch;

import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.DurableSubscription;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.EventRule;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.Subscription;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.monitor.EngineListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Brings each event to everybody who subscribed and may have it. Thread-safe.
 *
 * <p>Publishing puts the event into queues and returns; it never waits for a subscriber.
 */
public final class EventRouter implements Post {
    /** Most events that lead to each other. */
    public static final int MAX_HOPS = 16;

    /** Most subscriptions of one engine. */
    static final int MAX_SUBSCRIPTIONS = 10_000;

    private static final int STRIPES = 64;
    private static final long POLL_NANOS = 500_000;

    private final EngineListener listener;
    private final EventAccess access;
    private final DeadLetters deadLetters;
    private final DeliveryThreads threads = new DeliveryThreads();
    private final List<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
    private final DurableMailboxes durable = new DurableMailboxes();
    private final String origin = UUID.randomUUID().toString();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong pending = new AtomicLong();
    private final Object[] stripes = new Object[STRIPES];
    private long opened;

    EventRouter(EngineListener listener) {
        this.listener = listener;
        this.access = new EventAccess(listener);
        this.deadLetters = new DeadLetters(listener);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    /**
     * Lets somebody receive; under a name that there is already, from where the last one ended.
     *
     * @throws UsageException if the name cannot be used, or another part of the application uses it
     */
    synchronized Subscription subscribe(Receiver receiver, SubscriptionOptions options) {
        if (!options.isDurable()) {
            return new Attachment(
                    opened("", receiver, options, QueueRoom.ENDLESS), receiver, Mailbox::close);
        }
        String name = DurableMailboxes.name(receiver.party(), options.name());
        Mailbox known = durable.find(name);
        if (known != null && known.attached() && !receiver.party().isPlugin()) {
            throw Refusal.nameTaken(receiver.party(), name);
        }
        if (known == null || !known.attach(receiver, options)) {
            durable.requirePlace(receiver.party());
            known = opened(name, receiver, options, durable.room());
            durable.add(known);
        }
        return new Attachment(known, receiver, mailbox -> mailbox.detach(receiver));
    }

    private Mailbox opened(
            String name, Receiver receiver, SubscriptionOptions options, QueueRoom room) {
        if (mailboxes.size() >= MAX_SUBSCRIPTIONS) {
            throw Refusal.tooManySubscriptions(receiver.party(), MAX_SUBSCRIPTIONS);
        }
        Mailbox mailbox = new Mailbox(++opened, name, receiver, options, room, this);
        mailboxes.add(mailbox);
        return mailbox;
    }

    /** Somebody's hold on a mailbox. */
    private record Attachment(Mailbox mailbox, Receiver receiver, Consumer<Mailbox> end)
            implements Subscription {
        @Override
        public int waiting() {
            return mailbox.waiting();
        }

        @Override
        public long received() {
            return mailbox.received();
        }

        @Override
        public void close() {
            end.accept(mailbox);
        }
    }

    List<DurableSubscription> durable() {
        return durable.seen();
    }

    /** Ends a durable subscription, its subscriber's included; false if there is none. */
    boolean delete(String name) {
        Mailbox mailbox = durable.find(name);
        if (mailbox == null) {
            return false;
        }
        mailbox.close();
        return true;
    }

    /** Offers a dead letter once more to whoever it was for; false if that cannot be. */
    boolean redeliver(DeadLetter letter) {
        DeadLetters.Kept kept = deadLetters.find(letter);
        if (kept == null) {
            return false;
        }
        EventQueue.Entry entry = kept.entry();
        Event event = entry.event();
        for (Mailbox mailbox : mailboxes) {
            if (mailbox.number() == kept.mailbox()) {
                return mailbox.receiver().wants(event.topic())
                        && access.mayReceive(event.publisher(), event.topic(), mailbox.receiver())
                        && deadLetters.take(kept)
                        && offered(mailbox, entry);
            }
        }
        return false;
    }

    private boolean offered(Mailbox mailbox, EventQueue.Entry entry) {
        List<Lost> lost = new ArrayList<>(0);
        offer(mailbox, entry, lost);
        lost.forEach(this::buried);
        return lost.stream().noneMatch(it -> it.entry().equals(entry));
    }

    void rule(EventRule rule) {
        access.rule(rule);
    }

    int subscriptions() {
        return mailboxes.size();
    }

    List<DeadLetter> kept() {
        return deadLetters.kept();
    }

    boolean isSubscribed(PluginPort plugin) {
        return mailboxes.stream().anyMatch(mailbox -> belongsTo(mailbox.receiver(), plugin));
    }

    void remove(PluginPort plugin) {
        for (Mailbox mailbox : mailboxes) {
            Receiver last = mailbox.receiver(); // another may take its place meanwhile
            if (belongsTo(last, plugin)) {
                if (mailbox.name().isEmpty()) {
                    mailbox.close();
                } else {
                    mailbox.detach(last);
                }
            }
        }
    }

    private static boolean belongsTo(Receiver receiver, PluginPort plugin) {
        return receiver instanceof Receiver.Guest guest && guest.plugin() == plugin;
    }

    /** Takes an event from its publisher, null for the application, into the queues. */
    String publish(@Nullable Sender publisher, String topic, byte[] payload, Scope scope) {
        Party from = publisher == null ? Party.host() : publisher.party();
        access.requirePublish(publisher, topic, payload, scope);
        int hops = scope.hops() + 1;
        if (hops > MAX_HOPS) {
            throw Refusal.tooDeep(from, topic, MAX_HOPS);
        }
        List<Mailbox> audience = audience(from, topic);
        List<EventQueue.Entry> entries = new ArrayList<>(1);
        List<Lost> lost = new ArrayList<>(0);
        // One publisher's events on one topic get their ids and their places in one order.
        synchronized (stripe(from, topic)) {
            String id = origin + "-" + published.incrementAndGet();
            Event event = new Event(id, from, topic, Instant.now(), scope.trace().child(), payload);
            entries.add(new EventQueue.Entry(event, hops));
            audience.forEach(mailbox -> offer(mailbox, entries.get(0), lost));
        }
        Event event = entries.get(0).event();
        DeadLetters.moved(listener, event, "", "accepted");
        lost.forEach(this::buried);
        return event.id();
    }

    private List<Mailbox> audience(Party from, String topic) {
        List<Mailbox> audience = new ArrayList<>();
        for (Mailbox mailbox : mailboxes) {
            Receiver receiver = mailbox.receiver();
            if (receiver.wants(topic) && access.mayReceive(from, topic, receiver)) {
                audience.add(mailbox);
            }
        }
        return audience;
    }

    /** An event that found no room. */
    private record Lost(EventQueue.Entry entry, Mailbox mailbox) {}

    /** Leaves what found no room for later: nobody is told while a lock is held. */
    private void offer(Mailbox mailbox, EventQueue.Entry entry, List<Lost> lost) {
        expect(1);
        List<EventQueue.Entry> dropped = mailbox.offer(entry);
        done(dropped.size());
        dropped.forEach(it -> lost.add(new Lost(it, mailbox)));
    }

    private void buried(Lost lost) {
        Mailbox mailbox = lost.mailbox();
        DeadLetter.Reason reason =
                mailbox.closed() ? DeadLetter.Reason.CLOSED : DeadLetter.Reason.OVERFLOW;
        Party subscriber = mailbox.receiver().party();
        deadLetters.add(lost.entry(), mailbox.number(), subscriber, reason, "");
    }

    private Object stripe(Party from, String topic) {
        return stripes[Math.floorMod(31 * from.hashCode() + topic.hashCode(), STRIPES)];
    }

    /** Waits until no event waits and none is being received. */
    boolean awaitIdle(long nanos) {
        long start = System.nanoTime();
        while (pending.get() > 0) {
            if (System.nanoTime() - start > nanos || Thread.currentThread().isInterrupted()) {
                return pending.get() == 0;
            }
            LockSupport.parkNanos(this, POLL_NANOS);
        }
        return true;
    }

    @Override
    public void run(Runnable delivery) {
        threads.run(delivery);
    }

    @Override
    public void later(Runnable task, long nanos) {
        threads.later(task, nanos);
    }

    @Override
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public EngineListener listener() {
        return listener;
    }

    @Override
    public void expect(int events) {
        pending.addAndGet(events);
    }

    @Override
    public void done(int events) {
        pending.addAndGet(-events);
    }

    @Override
    public void forget(Mailbox mailbox) {
        mailboxes.remove(mailbox);
        durable.remove(mailbox);
    }

    /** Ends all subscriptions and the threads that deliver. */
    void close(long nanos) {
        mailboxes.forEach(Mailbox::close);
        threads.close(nanos);
    }
}
