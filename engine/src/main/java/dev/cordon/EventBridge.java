package dev.cordon;

import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.DurableSubscription;
import dev.cordon.bridge.EventRule;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.Subscriber;
import dev.cordon.bridge.Subscription;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.capability.NamePattern;
import dev.cordon.dispatch.Bridge;
import java.time.Duration;
import java.util.List;

/**
 * Events: facts that are published on topics, for everybody who subscribed. Thread-safe.
 *
 * <p>The application may publish and receive everything. A plugin publishes on the topics that its
 * grants {@code event:publish} cover; it receives what its manifest subscribes to and its grants
 * {@code event:subscribe} cover.
 */
public final class EventBridge {
    private final Bridge bridge;

    EventBridge(Bridge bridge) {
        this.bridge = bridge;
    }

    /**
     * Publishes an event; waits for nobody.
     *
     * @param topic dot-separated, such as {@code order.placed}
     * @param payload what happened; copied
     * @return the event's id
     * @throws dev.cordon.error.CordonException if it is refused
     */
    public String publish(String topic, byte[] payload) {
        return bridge.publish(topic, payload);
    }

    /**
     * Publishes an event whose payload is JSON; waits for nobody.
     *
     * @param topic dot-separated, such as {@code order.placed}
     * @param value what Jackson turns into the payload
     * @return the event's id
     * @throws dev.cordon.error.CordonException if it is refused, or cannot be mapped
     */
    public String publish(String topic, Object value) {
        return publish(topic, Payloads.bytes(Party.host().id(), value));
    }

    /**
     * Subscribes the application, with the default options.
     *
     * @param pattern topics; {@code *} stands for one part, {@code **} at the end for the rest
     * @param subscriber receives the events, one at a time, on a thread of the engine
     * @return closing it ends it
     * @throws dev.cordon.error.CordonException if it is not a pattern, or there are too many
     */
    public Subscription subscribe(String pattern, Subscriber subscriber) {
        return subscribe(pattern, subscriber, SubscriptionOptions.defaults());
    }

    /**
     * Subscribes the application.
     *
     * @param pattern topics; {@code *} stands for one part, {@code **} at the end for the rest
     * @param subscriber receives the events, one at a time, on a thread of the engine
     * @param options size of the queue, what becomes of events when it is full, attempts, whether
     *     it outlives the subscriber; the pattern and the options of the last one hold
     * @return closing it ends it
     * @throws dev.cordon.error.CordonException if it is not a pattern, there are too many, or
     *     somebody is attached to a durable one of this name
     */
    public Subscription subscribe(
            String pattern, Subscriber subscriber, SubscriptionOptions options) {
        return bridge.subscribe(new NamePattern(pattern), subscriber, options);
    }

    /**
     * Adds a rule that holds beside the grants; an event is delivered if all rules allow it.
     *
     * @param rule decides about publisher, topic and subscriber
     */
    public void restrict(EventRule rule) {
        bridge.rule(rule);
    }

    /**
     * The events that a subscriber did not receive.
     *
     * @return the newest 1,000 of together at most 16 MiB, oldest first
     */
    public List<DeadLetter> deadLetters() {
        return bridge.deadLetters();
    }

    /**
     * Offers a dead letter to its subscriber once more, behind what waits there. It is the same
     * event with the same id, and no dead letter any more.
     *
     * @param letter one of {@link #deadLetters()}
     * @return whether it is in the queue; false if it is kept no longer, its subscription has
     *     ended, the subscriber may not have it, or the queue is full
     */
    public boolean redeliver(DeadLetter letter) {
        return bridge.redeliver(letter);
    }

    /**
     * The durable subscriptions, those that nobody is attached to included.
     *
     * @return by name
     */
    public List<DurableSubscription> durableSubscriptions() {
        return bridge.durable();
    }

    /**
     * Ends a durable subscription and that of the subscriber who is attached: events that wait
     * become dead letters.
     *
     * @param name which one; a plugin's is called {@code cordon:/plugins/ID}
     * @return whether there was one
     */
    public boolean deleteDurable(String name) {
        return bridge.deleteDurable(name);
    }

    /**
     * Waits until every event was received or has become a dead letter. Events that wait for a
     * durable subscription that nobody is attached to do not count.
     *
     * @param most how long to wait at most
     * @return whether that is so
     */
    public boolean awaitDelivery(Duration most) {
        return bridge.awaitIdle(most.toNanos());
    }
}
