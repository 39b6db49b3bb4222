package dev.cordon.wasi.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.UnaryOperator;

/**
 * Turns a flood of equal things into few reports. Thread-safe.
 *
 * <p>The first of its kind in a window is told at once. Those that equal it are counted, and told
 * together at the first thing after the window, or at {@link #flush}. Nobody is told while a lock
 * is held. No thread of its own watches the window.
 *
 * @param <K> what is counted, compared by {@code equals}
 */
public final class Tally<K> {
    /** Most kinds told apart in one window, so that a guest cannot fill the heap. */
    public static final int MAX_KINDS = 256;

    private final long windowMillis;
    private final UnaryOperator<K> other;
    private final LongSupplier millis;
    private final Teller<K> teller;
    private final Map<K, Count> counts = new LinkedHashMap<>();
    private long windowStart;

    /**
     * Hears of what was counted.
     *
     * @param <K> what is counted
     */
    @FunctionalInterface
    public interface Teller<K> {
        /**
         * Something happened.
         *
         * @param kind what
         * @param count how many times since it was last told; at least 1
         * @param firstMillis when the first of these was, in milliseconds since 1970
         * @param lastMillis when the last of these was
         */
        void told(K kind, long count, long firstMillis, long lastMillis);
    }

    private static final class Count {
        private long count;
        private long first;
        private long last;

        void add(long now) {
            if (count == 0) {
                first = now;
            }
            count++;
            last = now;
        }
    }

    private record Told<K>(K kind, long count, long first, long last) {}

    /**
     * Nothing was counted yet.
     *
     * @param windowMillis how long equal things are told together; at least 1
     * @param other what stands for a kind that there is no room to tell apart from others
     * @param millis tells the time, in milliseconds since 1970
     * @param teller hears of what was counted, on the threads that count; what it throws leaves the
     *     method that told it
     * @throws IllegalArgumentException when the window is shorter
     */
    public Tally(long windowMillis, UnaryOperator<K> other, LongSupplier millis, Teller<K> teller) {
        if (windowMillis < 1) {
            throw new IllegalArgumentException(
                    "window is `" + windowMillis + "` ms, but at least 1 is needed");
        }
        this.windowMillis = windowMillis;
        this.other = other;
        this.millis = millis;
        this.teller = teller;
    }

    /**
     * Counts one.
     *
     * @param kind what
     */
    public void add(K kind) {
        tell(note(kind, millis.getAsLong()));
    }

    /** Tells what was counted and not told yet. */
    public void flush() {
        tell(pending());
    }

    private void tell(List<Told<K>> all) {
        for (Told<K> each : all) {
            teller.told(each.kind(), each.count(), each.first(), each.last());
        }
    }

    private synchronized List<Told<K>> note(K kind, long now) {
        boolean over = now - windowStart >= windowMillis || now < windowStart;
        Count known = over ? null : counts.get(kind);
        if (known != null) { // by far the most frequent case
            known.add(now);
            return List.of();
        }
        List<Told<K>> told = new ArrayList<>(1);
        if (over) {
            told.addAll(pending());
            counts.clear();
            windowStart = now;
        }
        K shown = counts.size() < MAX_KINDS ? kind : other.apply(kind);
        Count count = counts.get(shown);
        if (count == null) {
            counts.put(shown, new Count());
            told.add(new Told<>(shown, 1, now, now));
        } else {
            count.add(now);
        }
        return told;
    }

    private synchronized List<Told<K>> pending() {
        List<Told<K>> told = new ArrayList<>();
        counts.forEach(
                (kind, count) -> {
                    if (count.count > 0) {
                        told.add(new Told<>(kind, count.count, count.first, count.last));
                        count.count = 0;
                    }
                });
        return told;
    }
}
