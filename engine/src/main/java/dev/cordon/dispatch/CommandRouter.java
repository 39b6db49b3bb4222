package dev.cordon.dispatch;

import dev.cordon.bridge.Command;
import dev.cordon.bridge.CommandMiddleware;
import dev.cordon.bridge.CommandResult;
import dev.cordon.bridge.Party;
import dev.cordon.bridge.Registration;
import dev.cordon.capability.GrantKind;
import dev.cordon.capability.NamePattern;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.guest.Allowance;
import dev.cordon.guest.Ruling;
import dev.cordon.monitor.CommandReport;
import dev.cordon.monitor.EngineListener;
import dev.cordon.monitor.Outcome;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Brings each command to its one handler, through the checks and the middleware, and reports it.
 * Thread-safe.
 *
 * <p>The way: name and size, grant of the sender, length of the chain, handler, circle, middleware
 * of the application in the order in which it was added, handler.
 */
public final class CommandRouter {
    /** Most commands in a chain, each sent while the one before is handled. */
    public static final int MAX_DEPTH = 16;

    private static final String SEND = "command_send";

    private final ConcurrentHashMap<String, Handler> handlers = new ConcurrentHashMap<>();
    private final List<CommandMiddleware> middleware = new CopyOnWriteArrayList<>();
    private final EngineListener listener;

    CommandRouter(EngineListener listener) {
        this.listener = listener;
    }

    /**
     * Makes somebody the handler of a name.
     *
     * @throws UsageException if it is not a name, or has a handler
     */
    Registration register(String name, Handler handler) {
        if (!NamePattern.isName(name)) {
            throw Refusal.badName(handler.party(), name);
        }
        if (handlers.putIfAbsent(name, handler) != null) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    handler.party().id(),
                    "cannot handle `" + name + "`, which has a handler",
                    "choose another name, or close the other registration first");
        }
        return () -> handlers.remove(name, handler);
    }

    /** Adds a middleware behind those that are there. */
    Registration use(CommandMiddleware next) {
        AtomicBoolean added = new AtomicBoolean(true);
        middleware.add(next);
        return () -> {
            if (added.compareAndSet(true, false)) {
                middleware.remove(next);
            }
        };
    }

    List<String> names() {
        return handlers.keySet().stream().sorted().toList();
    }

    /** The plugin's own names of what it is registered for. */
    Set<String> handled(PluginPort plugin) {
        Set<String> own = new TreeSet<>();
        for (Handler handler : handlers.values()) {
            if (handler instanceof Handler.Guest guest && guest.plugin() == plugin) {
                own.add(guest.own());
            }
        }
        return own;
    }

    void remove(PluginPort plugin) {
        handlers.values().removeIf(handler -> handler.plugin() == plugin);
    }

    /**
     * Sends a command for the application.
     *
     * @throws CordonException if there is no answer
     */
    CommandResult send(String name, byte[] payload, Allowance allowance) {
        Scope outer = Scope.current();
        if (outer == null) {
            return dispatch(null, name, payload, Scope.orRoot(null).sending(allowance));
        }
        Scope scope = outer.sending(allowance.tighter(outer.left()));
        try {
            return dispatch(null, name, payload, scope);
        } finally {
            outer.use(scope.used());
        }
    }

    /** The same as often as it is worth it; the allowance is for all attempts together. */
    CommandResult send(String name, byte[] payload, Allowance allowance, Resilience resilience) {
        Scope outer = Scope.current();
        Scope all = Scope.orRoot(outer).within(allowance);
        try {
            return all.with(
                    () ->
                            resilience.run(
                                    Party.host(),
                                    name,
                                    () -> send(name, payload, Allowance.UNLIMITED)));
        } finally {
            if (outer != null) {
                outer.use(all.used());
            }
        }
    }

    /** Takes a command from its sender, null for the application, to its end. */
    CommandResult dispatch(@Nullable Sender sender, String name, byte[] payload, Scope scope) {
        long start = System.nanoTime();
        Party from = sender == null ? Party.host() : sender.party();
        Progress progress = new Progress(from, name, scope);
        try {
            CommandResult result = checked(sender, progress, payload);
            report(progress, Outcome.OK, start);
            return result;
        } catch (RuntimeException | Error failure) {
            CordonException typed = Refusal.typed(progress.shownName(), failure);
            report(progress, Outcome.of(typed.code()), start);
            throw typed;
        }
    }

    /** What is known of a dispatch while it runs. */
    private static final class Progress {
        private final Party from;
        private final String name;
        private final Scope scope;
        private @Nullable Handler handler;

        Progress(Party from, String name, Scope scope) {
            this.from = from;
            this.name = name;
            this.scope = scope;
        }

        String shownName() {
            return NamePattern.isName(name) ? name : "";
        }
    }

    private CommandResult checked(@Nullable Sender sender, Progress progress, byte[] payload) {
        String name = progress.name;
        if (!NamePattern.isName(name)) {
            throw Refusal.badName(progress.from, name);
        }
        requireSize(progress, payload);
        requireGrant(sender, name, progress.scope);
        if (progress.scope.depth() > MAX_DEPTH) {
            throw Refusal.tooDeep(progress.from, name, MAX_DEPTH);
        }
        Handler handler = handlers.get(name);
        if (handler == null) {
            throw Refusal.noHandler(progress.from, name);
        }
        progress.handler = handler;
        PluginPort target = handler.plugin();
        if (target != null && progress.scope.contains(target)) {
            throw Refusal.circle(progress.from, name, target.party());
        }
        return proceed(progress, handler, List.copyOf(middleware), payload);
    }

    private static void requireSize(Progress progress, byte[] payload) {
        if (payload.length > Command.MAX_PAYLOAD_BYTES) {
            throw Refusal.tooLarge(
                    progress.from, progress.name, payload.length, Command.MAX_PAYLOAD_BYTES);
        }
    }

    /** Asked before anybody looks for a handler, so that a plugin cannot find out names. */
    private static void requireGrant(@Nullable Sender sender, String name, Scope scope) {
        if (sender == null) {
            return;
        }
        Ruling ruling = sender.gate().decide(SEND, GrantKind.COMMAND_SEND, name);
        scope.use(ruling.fuel());
        if (!ruling.allowed()) {
            throw Refusal.denied(sender.party(), GrantKind.COMMAND_SEND.text() + "=" + name);
        }
    }

    /** Goes through the rest of the middleware, and then to the handler. */
    private CommandResult proceed(
            Progress progress, Handler handler, List<CommandMiddleware> rest, byte[] payload) {
        requireSize(progress, payload);
        Scope scope = progress.scope;
        Command command =
                new Command(progress.name, payload, progress.from, scope.trace(), scope.depth());
        CommandResult result =
                rest.isEmpty()
                        ? handler.handle(command, scope)
                        : around(progress, handler, rest, command);
        if (result == null) { // the application's code is not bound to our annotations
            throw new IllegalStateException("a handler or a middleware answered with null");
        }
        return result;
    }

    private CommandResult around(
            Progress progress, Handler handler, List<CommandMiddleware> rest, Command command) {
        List<CommandMiddleware> inner = rest.subList(1, rest.size());
        CommandMiddleware.Next next = bytes -> proceed(progress, handler, inner, bytes);
        return progress.scope.with(() -> rest.get(0).handle(command, next));
    }

    private void report(Progress progress, String outcome, long start) {
        Handler handler = progress.handler;
        listener.commandEnded(
                new CommandReport(
                        progress.shownName(),
                        progress.from.source(),
                        handler == null ? "" : handler.party().source(),
                        outcome,
                        progress.scope.depth(),
                        System.nanoTime() - start,
                        progress.scope.used(),
                        progress.scope.trace().traceparent()));
    }
}
