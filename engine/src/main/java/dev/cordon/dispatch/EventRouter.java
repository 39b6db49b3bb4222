package dev.cordon.dispatch;

import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.EventRule;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.NamePattern;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.guest.Ruling;
import dev.cordon.monitor.EngineListener;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Brings each event to everybody who subscribed and may have it. Thread-safe.
 *
 * <p>Publishing puts the event into queues and returns; it never waits for a subscriber.
 */
public final class EventRouter implements Mailbox.Post {
    /** Most events that lead to each other. */
    public static final int MAX_HOPS = 16;

    /** Most subscriptions of one engine. */
    static final int MAX_SUBSCRIPTIONS = 10_000;

    private static final String PUBLISH = "event_publish";
    private static final String NOT_GRANTED = "not granted";
    private static final int STRIPES = 64;
    private static final long POLL_NANOS = 500_000;

    private final EngineListener listener;
    private final DeadLetters deadLetters;
    private final DeliveryThreads threads = new DeliveryThreads();
    private final List<Mailbox> mailboxes = new CopyOnWriteArrayList<>();
    private final List<EventRule> rules = new CopyOnWriteArrayList<>();
    private final String origin = UUID.randomUUID().toString();
    private final AtomicLong published = new AtomicLong();
    private final AtomicLong pending = new AtomicLong();
    private final Object[] stripes = new Object[STRIPES];

    EventRouter(EngineListener listener) {
        this.listener = listener;
        this.deadLetters = new DeadLetters(listener);
        for (int i = 0; i < STRIPES; i++) {
            stripes[i] = new Object();
        }
    }

    /** Opens a mailbox. */
    synchronized Mailbox subscribe(Receiver receiver, SubscriptionOptions options) {
        if (mailboxes.size() >= MAX_SUBSCRIPTIONS) {
            throw new QuotaExceededException(
                    ErrorCode.BUSY,
                    receiver.party().id(),
                    "cannot subscribe: there are " + MAX_SUBSCRIPTIONS + " subscriptions",
                    "close some of them first");
        }
        Mailbox mailbox = new Mailbox(receiver, options, this);
        mailboxes.add(mailbox);
        return mailbox;
    }

    void rule(EventRule rule) {
        rules.add(rule);
    }

    int subscriptions() {
        return mailboxes.size();
    }

    List<DeadLetter> kept() {
        return deadLetters.kept();
    }

    boolean isSubscribed(PluginPort plugin) {
        return mailboxes.stream().anyMatch(mailbox -> belongsTo(mailbox, plugin));
    }

    void remove(PluginPort plugin) {
        for (Mailbox mailbox : mailboxes) {
            if (belongsTo(mailbox, plugin)) {
                mailbox.close();
            }
        }
    }

    private static boolean belongsTo(Mailbox mailbox, PluginPort plugin) {
        return mailbox.receiver() instanceof Receiver.Guest guest && guest.plugin() == plugin;
    }

    /** Takes an event from its publisher, null for the application, into the queues. */
    String publish(@Nullable Sender publisher, String topic, byte[] payload, Scope scope) {
        Party from = publisher == null ? Party.host() : publisher.party();
        check(publisher, from, topic, payload, scope);
        int hops = scope.hops() + 1;
        if (hops > MAX_HOPS) {
            throw Refusal.tooDeep(from, topic, MAX_HOPS);
        }
        List<Mailbox> audience = audience(from, topic);
        List<EventQueue.Entry> entries = new ArrayList<>(1);
        List<Runnable> dropped = new ArrayList<>(0);
        // One publisher's events on one topic get their ids and their places in one order.
        synchronized (stripe(from, topic)) {
            String id = origin + "-" + published.incrementAndGet();
            Event event = new Event(id, from, topic, Instant.now(), scope.trace().child(), payload);
            entries.add(new EventQueue.Entry(event, hops));
            audience.forEach(mailbox -> offer(mailbox, entries.get(0), dropped));
        }
        Event event = entries.get(0).event();
        DeadLetters.moved(listener, event, "", "accepted");
        dropped.forEach(Runnable::run);
        return event.id();
    }

    private static void check(
            @Nullable Sender publisher, Party from, String topic, byte[] payload, Scope scope) {
        if (!NamePattern.isName(topic)) {
            throw Refusal.badName(from, topic);
        }
        if (payload.length > Event.MAX_PAYLOAD_BYTES) {
            throw Refusal.tooLarge(from, topic, payload.length, Event.MAX_PAYLOAD_BYTES);
        }
        if (publisher == null) {
            return;
        }
        Ruling ruling = publisher.gate().decide(PUBLISH, GrantKind.EVENT_PUBLISH, topic);
        scope.use(ruling.fuel());
        if (!ruling.allowed()) {
            throw Refusal.denied(from, GrantKind.EVENT_PUBLISH.text() + "=" + topic);
        }
    }

    private List<Mailbox> audience(Party from, String topic) {
        List<Mailbox> audience = new ArrayList<>();
        for (Mailbox mailbox : mailboxes) {
            Receiver receiver = mailbox.receiver();
            if (receiver.wants(topic) && mayReceive(from, topic, receiver)) {
                audience.add(mailbox);
            }
        }
        return audience;
    }

    private boolean mayReceive(Party from, String topic, Receiver receiver) {
        Party subscriber = receiver.party();
        String reason = receiver.may(topic) ? "" : NOT_GRANTED;
        if (reason.isEmpty() && !rulesAllow(from, topic, subscriber)) {
            reason = "refused by a rule of the application";
        }
        receiver.decided(topic, reason);
        return reason.isEmpty();
    }

    private boolean rulesAllow(Party from, String topic, Party subscriber) {
        try {
            return rules.stream().allMatch(rule -> rule.allows(from, topic, subscriber));
        } catch (RuntimeException failed) {
            listener.hostFunctionFailed(from.id(), PUBLISH, failed);
            return false;
        }
    }

    /** Leaves what found no room for later: nobody is told while a lock is held. */
    private void offer(Mailbox mailbox, EventQueue.Entry entry, List<Runnable> dropped) {
        pending.incrementAndGet();
        List<Event> lost = mailbox.offer(entry);
        done(lost.size());
        Party subscriber = mailbox.receiver().party();
        DeadLetter.Reason reason =
                mailbox.closed() ? DeadLetter.Reason.CLOSED : DeadLetter.Reason.OVERFLOW;
        for (Event event : lost) {
            dropped.add(() -> deadLetters.add(event, subscriber, reason, ""));
        }
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
    public DeadLetters deadLetters() {
        return deadLetters;
    }

    @Override
    public EngineListener listener() {
        return listener;
    }

    @Override
    public void done(int events) {
        pending.addAndGet(-events);
    }

    @Override
    public void forget(Mailbox mailbox) {
        mailboxes.remove(mailbox);
    }

    /** Ends all subscriptions and the threads that deliver. */
    void close(long nanos) {
        mailboxes.forEach(Mailbox::close);
        threads.close(nanos);
    }
}
