package dev.cordon.wasi.net;

import java.io.Closeable;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Looks names up on a few threads of its own, since a lookup cannot be stopped and may never end.
 * Guests that ask for the same name share one lookup. Thread-safe.
 */
final class Lookups implements Closeable {
    /** Most lookups that run at once; slow name servers hold up other lookups, and nothing else. */
    static final int MAX_RUNNING = 4;

    /** Most lookups that wait for their turn. */
    static final int MAX_WAITING = 64;

    /** Most addresses kept of one name. */
    static final int MAX_ADDRESSES = 32;

    private static final long IDLE_SECONDS = 5;

    private final NameLookup lookup;
    private final ThreadPoolExecutor threads;
    private final Map<String, CompletableFuture<List<InetAddress>>> underway =
            new ConcurrentHashMap<>();

    Lookups(NameLookup lookup) {
        this.lookup = lookup;
        this.threads =
                new ThreadPoolExecutor(
                        MAX_RUNNING,
                        MAX_RUNNING,
                        IDLE_SECONDS,
                        TimeUnit.SECONDS,
                        new LinkedBlockingQueue<>(MAX_WAITING),
                        Lookups::daemon);
        threads.allowCoreThreadTimeOut(true);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "cordon-name-lookup");
        thread.setDaemon(true);
        return thread;
    }

    /** Begins to look a name up, or joins who has begun; null when too many are under way. */
    @Nullable CompletableFuture<List<InetAddress>> start(String name) {
        CompletableFuture<List<InetAddress>> mine = new CompletableFuture<>();
        CompletableFuture<List<InetAddress>> other = underway.putIfAbsent(name, mine);
        if (other != null) {
            return other;
        }
        try {
            threads.execute(() -> run(name, mine));
            return mine;
        } catch (RejectedExecutionException full) {
            underway.remove(name, mine);
            mine.completeExceptionally(full);
            return null;
        }
    }

    private void run(String name, CompletableFuture<List<InetAddress>> result) {
        try {
            List<InetAddress> found = lookup.lookUp(name);
            result.complete(List.copyOf(found.subList(0, Math.min(found.size(), MAX_ADDRESSES))));
        } catch (Exception | LinkageError | AssertionError e) {
            result.completeExceptionally(e);
        } finally {
            underway.remove(name, result);
            result.cancel(false);
        }
    }

    /** Begins no more lookups; those that run are left to end by themselves. */
    @Override
    public void close() {
        threads.shutdown();
    }
}
