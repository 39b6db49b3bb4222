package dev.cordon.dispatch;

import dev.cordon.bridge.BreakerPolicy;
import dev.cordon.bridge.CommandHandler;
import dev.cordon.bridge.CommandMiddleware;
import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.DeadLetter;
import dev.cordon.bridge.DurableSubscription;
import dev.cordon.bridge.EventRule;
import dev.cordon.bridge.Registration;
import dev.cordon.bridge.RetryPolicy;
import dev.cordon.bridge.Subscriber;
import dev.cordon.bridge.Subscription;
import dev.cordon.bridge.SubscriptionOptions;
import dev.cordon.capability.NamePattern;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.guest.Allowance;
import dev.cordon.guest.BridgeLink;
import dev.cordon.monitor.EngineListener;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Commands and events of one engine, as the facade uses them. Thread-safe. */
public final class Bridge {
    private static final long CLOSE_NANOS = 5_000_000_000L;

    private final EngineListener listener;
    private final CommandRouter commands;
    private final EventRouter events;
    private volatile boolean closed;

    /**
     * Connects nobody yet.
     *
     * @param listener hears of everything; never throws
     */
    public Bridge(EngineListener listener) {
        this.listener = listener;
        this.commands = new CommandRouter(listener);
        this.events = new EventRouter(listener);
    }

    /**
     * Makes the application the handler of a name.
     *
     * @param name the command's
     * @param handler who handles it
     * @return closing it ends it
     * @throws dev.cordon.error.UsageException if it is not a name, or has a handler
     */
    public Registration register(String name, CommandHandler handler) {
        requireOpen();
        return commands.register(name, new Handler.Java(handler));
    }

    /**
     * Makes a plugin the handler of a name.
     *
     * @param name the command's
     * @param plugin who handles it
     * @param own what the plugin calls it
     * @return closing it ends it
     * @throws dev.cordon.error.UsageException if it is not a name, or has a handler
     */
    public Registration register(String name, PluginPort plugin, String own) {
        requireOpen();
        return commands.register(name, new Handler.Guest(plugin, own));
    }

    /**
     * Adds a middleware of the application.
     *
     * @param middleware stands behind those that are there
     * @return closing it ends it
     */
    public Registration use(CommandMiddleware middleware) {
        return commands.use(middleware);
    }

    /**
     * What is handled.
     *
     * @return names in alphabetical order
     */
    public List<String> names() {
        return commands.names();
    }

    /**
     * Sends a command for the application.
     *
     * @param name the command's
     * @param payload its input
     * @param allowance what may be used for it
     * @return the answer
     * @throws dev.cordon.error.CordonException if there is none
     */
    public CommandResult send(String name, byte[] payload, Allowance allowance) {
        requireOpen();
        return commands.send(name, payload, allowance);
    }

    /**
     * Sends a command for the application, as often as it is worth it.
     *
     * @param name the command's
     * @param payload its input
     * @param allowance what may be used for all attempts together
     * @param resilience when it is sent again or kept back
     * @return the answer
     * @throws dev.cordon.error.CordonException if there is none
     */
    public CommandResult send(
            String name, byte[] payload, Allowance allowance, Resilience resilience) {
        requireOpen();
        return commands.send(name, payload, allowance, resilience);
    }

    /**
     * What may stand around commands.
     *
     * @param retry when they are sent again; null for never
     * @param breaker when they are kept back; null for never
     * @return with circuit breakers of its own
     */
    public Resilience resilience(@Nullable RetryPolicy retry, @Nullable BreakerPolicy breaker) {
        return new Resilience(
                retry == null ? null : new Retries(retry),
                breaker == null ? null : new Breakers(breaker, listener));
    }

    /**
     * Publishes an event for the application.
     *
     * @param topic what it is about
     * @param payload what happened
     * @return the event's id
     * @throws dev.cordon.error.CordonException if it is refused
     */
    public String publish(String topic, byte[] payload) {
        requireOpen();
        return events.publish(null, topic, payload, Scope.orRoot(Scope.current()));
    }

    /**
     * Subscribes for the application.
     *
     * @param pattern topics
     * @param subscriber who receives
     * @param options how
     * @return closing it ends it
     */
    public Subscription subscribe(
            NamePattern pattern, Subscriber subscriber, SubscriptionOptions options) {
        requireOpen();
        return events.subscribe(new Receiver.Java(pattern, subscriber), options);
    }

    /**
     * Adds a rule of the application.
     *
     * @param rule decides beside the grants
     */
    public void rule(EventRule rule) {
        events.rule(rule);
    }

    /**
     * The events that were not received.
     *
     * @return the newest of them, oldest first
     */
    public List<DeadLetter> deadLetters() {
        return events.kept();
    }

    /**
     * Waits until every event was received or became a dead letter.
     *
     * @param nanos how long at most
     * @return whether that is so
     */
    public boolean awaitIdle(long nanos) {
        return events.awaitIdle(nanos);
    }

    /**
     * Subscribes a plugin to what its manifest lists, if that is anything and it is not subscribed
     * yet. Which topics it gets is asked at each event.
     *
     * @param plugin which one
     * @param topics patterns of its manifest
     * @param durable whether events wait for it while it is not loaded
     * @return whether it was not subscribed and is now
     */
    public boolean subscribe(PluginPort plugin, List<NamePattern> topics, boolean durable) {
        if (topics.isEmpty() || events.isSubscribed(plugin)) {
            return false;
        }
        SubscriptionOptions options =
                durable
                        ? SubscriptionOptions.durable(plugin.party().id())
                        : SubscriptionOptions.defaults();
        events.subscribe(new Receiver.Guest(plugin), options);
        return true;
    }

    /**
     * Ends what a plugin receives.
     *
     * @param plugin which one
     */
    public void unsubscribe(PluginPort plugin) {
        events.remove(plugin);
    }

    /**
     * The commands that a plugin is registered for.
     *
     * @param plugin which one
     * @return what the plugin calls them
     */
    public Set<String> handled(PluginPort plugin) {
        return commands.handled(plugin);
    }

    /**
     * The durable subscriptions.
     *
     * @return by name
     */
    public List<DurableSubscription> durable() {
        return events.durable();
    }

    /**
     * Ends a durable subscription; what waits becomes dead letters.
     *
     * @param name which one
     * @return whether there was one
     */
    public boolean deleteDurable(String name) {
        return events.delete(name);
    }

    /**
     * Offers a dead letter to its subscriber once more.
     *
     * @param letter one that is kept
     * @return whether it is in the queue now
     */
    public boolean redeliver(DeadLetter letter) {
        requireOpen();
        return events.redeliver(letter);
    }

    /**
     * The way to commands and events of one call of a plugin.
     *
     * @param plugin whose call it is
     * @param sender the version that runs it, whose grants count
     * @param scope what the call is part of; null if the application called it
     * @return for this call alone
     */
    public BridgeLink link(PluginPort plugin, Sender sender, @Nullable Scope scope) {
        Scope outer = scope == null ? Scope.orRoot(Scope.current()) : scope;
        return new PluginLink(commands, events, plugin, sender, outer);
    }

    /**
     * Ends what a plugin handles and receives.
     *
     * @param plugin which one
     */
    public void remove(PluginPort plugin) {
        commands.remove(plugin);
        events.remove(plugin);
    }

    /** Ends all subscriptions; waits at most 5 seconds for subscribers that are at work. */
    public void close() {
        closed = true;
        events.close(CLOSE_NANOS);
    }

    private void requireOpen() {
        if (closed) {
            throw new UsageException(
                    ErrorCode.CLOSED, "engine", "the engine was closed", "make another engine");
        }
    }
}
