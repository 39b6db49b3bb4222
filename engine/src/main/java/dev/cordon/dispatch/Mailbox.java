package dev.cordon.dispatch;

import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.Subscription;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.error.CordonException;
import dev.cordon.monitor.EngineListener;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * One subscriber: its queue, and the one thread at a time that empties it. Thread-safe.
 *
 * <p>Since no second thread delivers while one does, the order of the queue is the order of
 * reception.
 */
final class Mailbox implements Subscription {
    private final Receiver receiver;
    private final SubscriptionOptions options;
    private final Post post;
    private final EventQueue queue;
    private boolean delivering;
    private volatile boolean closed;
    private long received;

    Mailbox(Receiver receiver, SubscriptionOptions options, Post post) {
        this.receiver = receiver;
        this.options = options;
        this.post = post;
        this.queue = new EventQueue(options);
    }

    /** What all mailboxes share. */
    interface Post {
        /** Runs a delivery beside everything else. */
        void run(Runnable delivery);

        /** Keeps events that were not received. */
        DeadLetters deadLetters();

        /** Hears of events that were. */
        EngineListener listener();

        /** An event that was taken has been dealt with. */
        void done(int events);

        /** The mailbox was closed. */
        void forget(Mailbox mailbox);
    }

    Receiver receiver() {
        return receiver;
    }

    boolean closed() {
        return closed;
    }

    /** Takes an event; gives those that found no room. */
    synchronized List<Event> offer(EventQueue.Entry entry) {
        if (closed) {
            return List.of(entry.event());
        }
        List<Event> dropped = queue.add(entry);
        if (!delivering && queue.size() > 0) {
            start();
        }
        return dropped;
    }

    private void start() {
        delivering = true;
        try {
            post.run(this::deliver);
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            delivering = false; // what waits is delivered with the next event, or dies with us
        }
    }

    private void deliver() {
        boolean emptied = false;
        try {
            EventQueue.Entry entry = next();
            while (entry != null) {
                deliver(entry);
                entry = next();
            }
            emptied = true;
        } finally {
            if (!emptied) { // even keeping a dead letter failed; the next event starts anew
                stopped();
            }
        }
    }

    private synchronized void stopped() {
        delivering = false;
    }

    private synchronized EventQueue.@Nullable Entry next() {
        EventQueue.Entry entry = queue.poll();
        delivering = entry != null;
        return entry;
    }

    private void deliver(EventQueue.Entry entry) {
        try {
            offered(entry);
        } finally {
            post.done(1);
        }
    }

    private void offered(EventQueue.Entry entry) {
        Event event = entry.event();
        if (!receiver.may(event.topic())) {
            dead(event, DeadLetter.Reason.DENIED, "");
            return;
        }
        String failure = "";
        for (int attempt = 0; attempt < options.attempts(); attempt++) {
            if (closed) {
                dead(event, DeadLetter.Reason.CLOSED, failure);
                return;
            }
            failure = attempt(entry);
            if (failure.isEmpty()) {
                countReceived();
                DeadLetters.moved(post.listener(), event, receiver.party().source(), "received");
                return;
            }
        }
        dead(event, DeadLetter.Reason.FAILED, failure);
    }

    /** Why the subscriber failed; empty if it did not. */
    private String attempt(EventQueue.Entry entry) {
        try {
            receiver.receive(entry.event(), Scope.receiving(entry.event(), entry.hops()));
            return "";
        } catch (CordonException failure) {
            return failure.code().id() + " " + failure.what();
        } catch (RuntimeException | Error failure) { // the subscriber's own, and nobody else's
            return failure.toString();
        }
    }

    private void dead(Event event, DeadLetter.Reason reason, String detail) {
        post.deadLetters().add(event, receiver.party(), reason, detail);
    }

    private synchronized void countReceived() {
        received++;
    }

    @Override
    public synchronized int waiting() {
        return queue.size();
    }

    @Override
    public synchronized long received() {
        return received;
    }

    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        post.forget(this);
        EventQueue.Entry entry = polled();
        while (entry != null) {
            dead(entry.event(), DeadLetter.Reason.CLOSED, "");
            post.done(1);
            entry = polled();
        }
    }

    private synchronized EventQueue.@Nullable Entry polled() {
        return queue.poll();
    }
}
