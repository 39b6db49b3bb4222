package dev.cordon.dispatch;

import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.DurableSubscription;
import dev.cordon.bridge.Event;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.SubscriptionOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/**
 * A queue, and the one thread at a time that empties it. Thread-safe.
 *
 * <p>Since no second thread delivers while one does, the order of the queue is the order of
 * reception. The event that is being received stays here until it was: whoever comes after a
 * receiver that has gone gets it again.
 *
 * <p>An event that waits for a receiver that is there, or is being received, is one that the {@link
 * Post} still expects something of; one that waits for nobody is not.
 */
final class Mailbox {
    private final long number;
    private final String name;
    private final Post post;
    private final EventQueue queue;
    private SubscriptionOptions options;
    private volatile Receiver receiver;
    private boolean attached;
    private volatile boolean closed;
    private State state = State.IDLE;
    private EventQueue.@Nullable Entry inHand;
    private int attempts;
    private int refusals;
    private long shift;
    private long received;

    private enum State {
        /** No thread is at work. */
        IDLE,
        /** A thread is, or is about to be. */
        WORKING,
        /** The timer will start one. */
        PAUSED
    }

    Mailbox(
            long number,
            String name,
            Receiver receiver,
            SubscriptionOptions options,
            QueueRoom room,
            Post post) {
        this.number = number;
        this.name = name;
        this.receiver = receiver;
        this.options = options;
        this.post = post;
        this.queue = new EventQueue(room);
        this.attached = true;
    }

    /**
     * An event and who is to receive it now.
     *
     * @param entry what is offered
     * @param receiver to whom
     */
    private record Turn(EventQueue.Entry entry, Receiver receiver) {}

    long number() {
        return number;
    }

    String name() {
        return name;
    }

    Receiver receiver() {
        return receiver;
    }

    boolean closed() {
        return closed;
    }

    /** Takes an event that is expected; gives those that found no room. */
    synchronized List<EventQueue.Entry> offer(EventQueue.Entry entry) {
        if (closed) {
            return List.of(entry);
        }
        List<EventQueue.Entry> dropped = queue.add(entry, options);
        if (!attached) { // the new one is not expected any more, and the dropped ones never were
            post.expect(dropped.size() - 1);
        } else if (state == State.IDLE && queue.size() > 0) {
            start();
        }
        return dropped;
    }

    /** Has somebody receive from now on; false if the mailbox was closed. */
    synchronized boolean attach(Receiver next, SubscriptionOptions how) {
        if (closed) {
            return false;
        }
        post.expect(attached ? 0 : waitingForNobody());
        receiver = next;
        options = how;
        attached = true;
        refusals = 0;
        if (state != State.WORKING && (inHand != null || queue.size() > 0)) {
            start();
        }
        return true;
    }

    /** Has nobody receive any more, if it is still this one who does. */
    synchronized void detach(Receiver last) {
        if (receiver == last && attached && !closed) {
            receiver = last.absent();
            attached = false;
            state = state == State.PAUSED ? State.IDLE : state;
            post.done(waitingForNobody());
        }
    }

    synchronized boolean attached() {
        return attached;
    }

    /** What nobody expects anything of as long as nobody is attached. */
    private int waitingForNobody() {
        return queue.size() + (inHand != null && state != State.WORKING ? 1 : 0);
    }

    private void start() {
        state = State.WORKING;
        long own = ++shift;
        try {
            post.run(() -> work(own));
        } catch (RejectedExecutionException | OutOfMemoryError noThread) {
            state = State.IDLE; // what waits is delivered with the next event, or dies with us
        }
    }

    /** One shift: a thread that has paused leaves, even if the next has begun by then. */
    private void work(long own) {
        boolean ended = false;
        try {
            Turn turn = next(own);
            while (turn != null) {
                settle(turn, Attempt.of(turn.receiver(), turn.entry(), closed));
                turn = next(own);
            }
            ended = true;
        } finally {
            if (!ended) { // even keeping a dead letter failed; the next event starts anew
                stopped(own);
            }
        }
    }

    private synchronized void stopped(long own) {
        state = shift == own ? State.IDLE : state;
    }

    private synchronized @Nullable Turn next(long own) {
        if (state != State.WORKING || shift != own) {
            return null;
        }
        if (inHand == null && attached) {
            inHand = queue.poll();
            attempts = 0;
        }
        EventQueue.Entry entry = inHand;
        if (entry == null || !attached) {
            post.done(entry == null ? 0 : 1); // from now on it waits for nobody
            state = State.IDLE;
            return null;
        }
        return new Turn(entry, receiver);
    }

    private void settle(Turn turn, Attempt attempt) {
        DeadLetter.Reason reason = judge(turn.receiver(), attempt);
        boolean got = attempt.outcome() == Attempt.Outcome.RECEIVED;
        try {
            Party party = turn.receiver().party();
            if (reason != null) {
                dead(turn.entry(), party, reason, attempt.failure());
            } else if (got) {
                Event event = turn.entry().event();
                DeadLetters.moved(post.listener(), event, party.source(), "received");
            }
        } finally {
            post.done(reason != null || got ? 1 : 0);
        }
    }

    /** Lets go of the event or keeps it for later; gives why it becomes a dead letter, or null. */
    private synchronized DeadLetter.@Nullable Reason judge(Receiver asked, Attempt attempt) {
        switch (attempt.outcome()) {
            case RECEIVED:
                received++;
                refusals = 0;
                inHand = null;
                return null;
            case FAILED:
                attempts++;
                break;
            case UNAVAILABLE:
                attempts += options.isDurable() ? 0 : 1;
                refusals++;
                break;
            default:
                inHand = null;
                return attempt.reason();
        }
        if (closed || attempts >= options.attempts()) {
            inHand = null;
            return closed ? DeadLetter.Reason.CLOSED : DeadLetter.Reason.FAILED;
        }
        if (receiver == asked) { // somebody who came meanwhile need not wait
            pause();
        }
        return null;
    }

    private void pause() {
        long nanos = Attempt.waitNanos(options.backoff(), attempts, refusals);
        if (nanos == 0 || !attached) {
            return;
        }
        long own = shift;
        state = State.PAUSED;
        try {
            post.later(() -> resume(own), nanos);
        } catch (RejectedExecutionException | OutOfMemoryError noTimer) {
            state = State.WORKING; // then it is offered again at once
        }
    }

    private synchronized void resume(long paused) {
        if (state == State.PAUSED && shift == paused) {
            start();
        }
    }

    private void dead(
            EventQueue.Entry entry, Party party, DeadLetter.Reason reason, String detail) {
        post.deadLetters().add(entry, number, party, reason, detail);
    }

    synchronized int waiting() {
        return queue.size();
    }

    synchronized long received() {
        return received;
    }

    synchronized DurableSubscription seen() {
        EventQueue.Entry entry = inHand;
        return new DurableSubscription(
                name,
                receiver.party(),
                attached,
                queue.size() + (entry == null ? 0 : 1),
                queue.bytes() + (entry == null ? 0 : entry.event().payloadBytes()),
                received);
    }

    /** Ends it: what waits becomes dead letters. */
    void close() {
        List<EventQueue.Entry> left = new ArrayList<>();
        boolean expected;
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            expected = attached;
            EventQueue.Entry entry = inHand;
            if (entry != null && state != State.WORKING) {
                left.add(entry);
                inHand = null;
                state = State.IDLE;
            }
            for (entry = queue.poll(); entry != null; entry = queue.poll()) {
                left.add(entry);
            }
        }
        post.forget(this);
        for (EventQueue.Entry entry : left) {
            dead(entry, receiver.party(), DeadLetter.Reason.CLOSED, "");
            post.done(expected ? 1 : 0);
        }
    }
}
