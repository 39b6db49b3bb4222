package dev.cordon;

import dev.cordon.bridge.BreakerPolicy;
import dev.cordon.bridge.Command;
import dev.cordon.bridge.CommandHandler;
import dev.cordon.bridge.CommandMiddleware;
import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.Registration;
import dev.cordon.bridge.RetryPolicy;
import dev.cordon.dispatch.Bridge;
import dev.cordon.error.CordonException;
import dev.cordon.guest.Allowance;
import dev.cordon.quota.Quota;
import dev.cordon.runtime.CallBudget;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Commands: names that each have one handler, in the application or in a plugin. Thread-safe.
 *
 * <p>The application may send every command. A plugin may send those that its grants {@code
 * command:send} cover, and gets those that the application registered it for.
 */
public final class CommandBridge {
    private final Bridge bridge;

    CommandBridge(Bridge bridge) {
        this.bridge = bridge;
    }

    /**
     * Has the application handle a command.
     *
     * @param name dot-separated, such as {@code order.price}
     * @param handler who handles it
     * @return closing it ends it
     * @throws dev.cordon.error.UsageException if it is not a name, or has a handler
     */
    public Registration register(String name, CommandHandler handler) {
        return bridge.register(name, handler);
    }

    /**
     * Has the application handle a command whose payload and answer are JSON.
     *
     * @param name dot-separated, such as {@code order.price}
     * @param type what Jackson turns the payload into
     * @param handler what it gives becomes the answer
     * @param <T> the same
     * @return closing it ends it
     * @throws dev.cordon.error.UsageException if it is not a name, or has a handler
     */
    public <T> Registration register(String name, Class<T> type, Function<? super T, ?> handler) {
        return bridge.register(name, command -> handled(command, type, handler));
    }

    private static <T> CommandResult handled(
            Command command, Class<T> type, Function<? super T, ?> handler) {
        String sender = command.sender().id();
        Object answer = handler.apply(Payloads.value(sender, command.payload(), type));
        return new CommandResult(Payloads.bytes(sender, answer));
    }

    /**
     * Has a plugin handle a command, until the registration or the plugin is closed.
     *
     * @param name dot-separated, such as {@code order.price}
     * @param plugin who handles it
     * @param own one of the plugin's commands
     * @return closing it ends it
     * @throws CordonException if it is not a name, has a handler, or the plugin has no such command
     */
    public Registration register(String name, Plugin plugin, String own) {
        return plugin.port().register(name, own);
    }

    /**
     * Has a plugin handle everything that it can, under the names that it gave them.
     *
     * @param plugin who handles it
     * @return closing it ends it
     * @throws dev.cordon.error.UsageException if one is not a name, or has a handler; then none is
     *     registered
     */
    public Registration register(Plugin plugin) {
        List<Registration> made = new ArrayList<>();
        try {
            plugin.commands().forEach(own -> made.add(register(own, plugin, own)));
        } catch (CordonException refused) {
            made.forEach(Registration::close);
            throw refused;
        }
        return () -> made.forEach(Registration::close);
    }

    /**
     * Adds a middleware, which stands around every dispatch from then on.
     *
     * @param middleware stands behind those that were added before, in front of the handler
     * @return closing it ends it
     */
    public Registration use(CommandMiddleware middleware) {
        return bridge.use(middleware);
    }

    /**
     * What is handled now.
     *
     * @return names in alphabetical order
     */
    public List<String> names() {
        return bridge.names();
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @param name which one
     * @param payload its input; not to be changed before it is answered
     * @return the answer
     * @throws CordonException if there is none
     */
    public CommandResult send(String name, byte[] payload) {
        return bridge.send(name, payload, Allowance.UNLIMITED);
    }

    /**
     * Sends a command with options and waits for its answer.
     *
     * @param name which one
     * @param payload its input; not to be changed before it is answered
     * @param options fuel, deadline, cancellation and memory hold for everything that the command
     *     causes together; the rest is left to the plugins' own quotas
     * @return the answer
     * @throws CordonException if there is none
     */
    public CommandResult send(String name, byte[] payload, CallOptions options) {
        return bridge.send(name, payload, allowance(options));
    }

    /** What the options leave to everything that a command causes. */
    static Allowance allowance(CallOptions options) {
        long nanos = options.quota().deadlineNanos();
        long deadline =
                nanos == Quota.UNLIMITED ? CallBudget.NO_DEADLINE : System.nanoTime() + nanos;
        Cancellation token = options.token();
        return new Allowance(
                options.quota().fuelPerCall(),
                deadline,
                () -> token != null && token.cancelled(),
                options.quota().memoryBytes());
    }

    /**
     * Sends commands that are sent again when they fail in a way that can pass.
     *
     * @param retry when and how often
     * @return a sender beside this one
     */
    public CommandSender with(RetryPolicy retry) {
        return new CommandSender(bridge, bridge.resilience(retry, null));
    }

    /**
     * Sends commands that are kept back for a while when too many of their name have failed.
     *
     * @param breaker when and for how long
     * @return a sender beside this one, with circuit breakers of its own
     */
    public CommandSender with(BreakerPolicy breaker) {
        return new CommandSender(bridge, bridge.resilience(null, breaker));
    }

    /**
     * Sends commands with both: each attempt goes through the circuit breaker.
     *
     * @param retry when and how often they are sent again
     * @param breaker when and for how long they are kept back
     * @return a sender beside this one, with circuit breakers of its own
     */
    public CommandSender with(RetryPolicy retry, BreakerPolicy breaker) {
        return new CommandSender(bridge, bridge.resilience(retry, breaker));
    }

    /**
     * A middleware that goes the rest of the way again, for every sender, plugins included. The
     * attempts are one dispatch, and the sender pays for all of them.
     *
     * @param retry when and how often
     * @return to be given to {@link #use}
     */
    public CommandMiddleware retrying(RetryPolicy retry) {
        return bridge.resilience(retry, null);
    }

    /**
     * A middleware that keeps commands back while their handler fails, with a circuit breaker for
     * each sender and command.
     *
     * @param breaker when and for how long
     * @return to be given to {@link #use}
     */
    public CommandMiddleware breaking(BreakerPolicy breaker) {
        return bridge.resilience(null, breaker);
    }

    /**
     * Sends a command whose payload and answer are JSON.
     *
     * @param name which one
     * @param request what Jackson turns into the payload
     * @param type what Jackson turns the answer into
     * @param <T> the same
     * @return the answer
     * @throws CordonException if there is none, or one of them cannot be mapped
     */
    public <T> T send(String name, Object request, Class<T> type) {
        String host = Party.host().id();
        CommandResult result = send(name, Payloads.bytes(host, request));
        return Payloads.value(host, result.payload(), type);
    }
}
