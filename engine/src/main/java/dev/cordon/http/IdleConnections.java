package dev.cordon.http;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Connections of one plugin that wait for the next request; few, and not for long. Thread-safe. */
final class IdleConnections {
    /** Most connections that wait. */
    static final int MAX_IDLE = 8;

    /** How long one waits, in milliseconds. */
    static final long MAX_IDLE_MILLIS = 15_000;

    private record Idle(HttpConnection connection, long since) {}

    private final Deque<Idle> idle = new ArrayDeque<>();
    private boolean closed;
    private boolean watched;

    /** Takes the one that waits for the shortest time, or null. */
    synchronized @Nullable HttpConnection take(HttpTarget target) {
        expire();
        for (Iterator<Idle> each = idle.descendingIterator(); each.hasNext(); ) {
            HttpConnection connection = each.next().connection();
            if (connection.isTo(target)) {
                each.remove();
                return connection;
            }
        }
        return null;
    }

    /** Has a connection wait; it is closed when there are too many. */
    synchronized void give(HttpConnection connection) {
        connection.rest();
        if (closed || !connection.isOpen()) {
            connection.close();
            return;
        }
        idle.addLast(new Idle(connection, System.nanoTime()));
        if (idle.size() > MAX_IDLE) {
            idle.removeFirst().connection().close();
        }
        watch();
    }

    /** A plugin that is never called again must not keep a server waiting. */
    private void watch() {
        if (!watched) {
            watched = true;
            CompletableFuture.delayedExecutor(MAX_IDLE_MILLIS + 1, TimeUnit.MILLISECONDS)
                    .execute(this::look);
        }
    }

    private synchronized void look() {
        watched = false;
        expire();
        if (!idle.isEmpty()) {
            watch();
        }
    }

    private synchronized void expire() {
        long now = System.nanoTime();
        while (!idle.isEmpty()
                && now - idle.getFirst().since()
                        >= TimeUnit.MILLISECONDS.toNanos(MAX_IDLE_MILLIS)) {
            idle.removeFirst().connection().close();
        }
    }

    /** Closes the one that waits for longest, to make room; false when none waits. */
    synchronized boolean drop() {
        Idle oldest = idle.pollFirst();
        if (oldest == null) {
            return false;
        }
        oldest.connection().close();
        return true;
    }

    synchronized int size() {
        return idle.size();
    }

    /** Closes all; none waits any more. */
    synchronized void close() {
        closed = true;
        idle.forEach(each -> each.connection().close());
        idle.clear();
    }
}
