package dev.cordon.dispatch;

import dev.cordon.bridge.Event;
import dev.cordon.bridge.TraceContext;
import dev.cordon.guest.Allowance;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One piece of work, a command that is handled or an event that is received, and what led to it.
 *
 * <p>Belongs to one thread at a time. Work of the application finds its scope by the thread; a
 * guest's is handed from call to call, since a guest may go on on another stack.
 */
public final class Scope {
    private static final ThreadLocal<@Nullable Scope> CURRENT = new ThreadLocal<>();

    private final List<PluginPort> plugins;
    private final int depth;
    private final int hops;
    private @Nullable TraceContext trace;
    private final Allowance allowance;
    private long used;

    private Scope(
            List<PluginPort> plugins,
            int depth,
            int hops,
            @Nullable TraceContext trace,
            Allowance allowance) {
        this.plugins = plugins;
        this.depth = depth;
        this.hops = hops;
        this.trace = trace;
        this.allowance = allowance;
    }

    /** The work, or work that nothing led to. */
    static Scope orRoot(@Nullable Scope scope) {
        return scope == null ? new Scope(List.of(), 0, 0, null, Allowance.UNLIMITED) : scope;
    }

    /**
     * What the application's code on this thread is part of.
     *
     * @return null if it is part of nothing
     */
    public static @Nullable Scope current() {
        return CURRENT.get();
    }

    /** The work of receiving an event: nobody waits for it, so nobody's allowance bounds it. */
    static Scope receiving(Event event, int hops) {
        return new Scope(List.of(), 0, hops, event.trace(), Allowance.UNLIMITED);
    }

    /**
     * Work of the application that something outside caused.
     *
     * @param cause the span that caused it
     * @return work that nothing here led to
     */
    public static Scope of(TraceContext cause) {
        return new Scope(List.of(), 0, 0, cause, Allowance.UNLIMITED);
    }

    /** The same work, now inside of a plugin. */
    Scope inside(PluginPort plugin) {
        if (plugins.contains(plugin)) {
            return this;
        }
        List<PluginPort> more = new ArrayList<>(plugins);
        more.add(plugin);
        return new Scope(List.copyOf(more), depth, hops, trace, allowance);
    }

    /** A part of the same work, which may use no more than this beside. */
    Scope within(Allowance most) {
        return new Scope(plugins, depth, hops, trace(), most.tighter(left()));
    }

    /** The work of handling a command that this work sends. */
    Scope sending(Allowance left) {
        return new Scope(plugins, depth + 1, hops, trace().child(), left);
    }

    boolean contains(PluginPort plugin) {
        return plugins.contains(plugin);
    }

    /**
     * Whether a plugin waits for this work.
     *
     * @return false if only the application does
     */
    public boolean insidePlugin() {
        return !plugins.isEmpty();
    }

    int depth() {
        return depth;
    }

    int hops() {
        return hops;
    }

    /** Where the work belongs in a trace; started when first asked for. */
    TraceContext trace() {
        TraceContext known = trace;
        if (known == null) {
            known = TraceContext.start();
            trace = known;
        }
        return known;
    }

    /**
     * What the work may still use.
     *
     * @return the rest of what its cause had left
     */
    public Allowance left() {
        return allowance.less(used);
    }

    /** Notes fuel that plugins used for this work. */
    void use(long fuel) {
        used += fuel;
    }

    long used() {
        return used;
    }

    /**
     * Does the application's part of the work.
     *
     * @param work what to do
     * @param <T> what it gives
     * @return what it gave
     */
    public <T> T with(Supplier<T> work) {
        Scope before = CURRENT.get();
        CURRENT.set(this);
        try {
            return work.get();
        } finally {
            if (before == null) {
                CURRENT.remove();
            } else {
                CURRENT.set(before);
            }
        }
    }
}
