package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.Refusal;
import java.io.Closeable;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Opens what was seen to be a regular file and might be a pipe by now.
 *
 * <p>Java cannot ask the system not to wait for the other end of a pipe. A guest cannot bring a
 * pipe under another name, but a process outside can at just that moment. So it is a thread of our
 * own that waits, not the guest's; the pipe's other end is opened to release it, and if even that
 * comes too late the thread is given up. There are only so many threads, and when all wait, opening
 * is refused.
 */
final class PatientOpening {
    /** Most threads, so that whoever plays with pipes outside cannot fill the JVM with them. */
    private static final int MAX_THREADS = 128;

    private static final long IDLE_SECONDS = 10;

    /** How many milliseconds a caller waits for one of the threads. */
    private static final long PLACE_MILLIS = 2_000;

    /** Longest wait in milliseconds before a pipe is looked for again; the first is of 1. */
    private static final long MAX_STEP_MILLIS = 64;

    /** How often a pipe is looked for, about 2 seconds long; then the thread is given up. */
    private static final int STEPS = 36;

    private static final Semaphore PLACES = new Semaphore(MAX_THREADS);

    private static final ExecutorService THREADS =
            new ThreadPoolExecutor(
                    0,
                    Integer.MAX_VALUE, // the places bound it
                    IDLE_SECONDS,
                    TimeUnit.SECONDS,
                    new SynchronousQueue<>(),
                    PatientOpening::thread);

    /** Opens, and may wait for ever. */
    @FunctionalInterface
    interface Opening<T extends Closeable> {
        T open() throws Refusal, IOException;
    }

    /** Lets an opening that waits for a pipe go on, if there is one. */
    @FunctionalInterface
    interface Release {
        void run();
    }

    private PatientOpening() {}

    /**
     * Opens on another thread.
     *
     * @param uses kept in use until the opening has ended, however late
     * @param opening what may wait
     * @param release what is done while it waits
     * @return what was opened
     * @throws Refusal what the opening refuses; {@code EAGAIN} when it takes too long
     * @throws IOException what the opening throws
     */
    static <T extends Closeable> T open(UseCount uses, Opening<T> opening, Release release)
            throws Refusal, IOException {
        CompletableFuture<T> answer = new CompletableFuture<>();
        uses.enter();
        boolean running = false;
        try {
            takePlace();
            start(() -> run(uses, opening, answer));
            running = true;
        } finally {
            if (!running) {
                uses.leave();
            }
        }
        return await(answer, release);
    }

    private static void start(Runnable work) {
        boolean running = false;
        try {
            THREADS.execute(work);
            running = true;
        } finally {
            if (!running) {
                PLACES.release();
            }
        }
    }

    private static void takePlace() throws Refusal {
        try {
            if (!PLACES.tryAcquire(PLACE_MILLIS, TimeUnit.MILLISECONDS)) {
                throw Refusal.of(Errno.AGAIN);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw Refusal.of(Errno.INTR);
        }
    }

    private static <T extends Closeable> T await(CompletableFuture<T> answer, Release release)
            throws Refusal, IOException {
        boolean interrupted = Thread.interrupted();
        try {
            for (int step = 0; step < STEPS; step++) {
                long millis = Math.min(1L << step, MAX_STEP_MILLIS);
                try {
                    return answer.get(millis, TimeUnit.MILLISECONDS);
                } catch (TimeoutException e) {
                    release.run();
                } catch (InterruptedException e) {
                    interrupted = true;
                }
            }
            // Whoever completes it first decides whether what is opened is returned or closed.
            answer.completeExceptionally(Refusal.of(Errno.AGAIN));
            return answer.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("an answer that was there was waited for", e);
        } catch (ExecutionException e) {
            throw rethrow(e.getCause());
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private static <T extends Closeable> void run(
            UseCount uses, Opening<T> opening, CompletableFuture<T> answer) {
        try {
            T opened = opening.open();
            if (!answer.complete(opened)) {
                opened.close();
            }
        } catch (Refusal | IOException | RuntimeException | Error e) {
            answer.completeExceptionally(e);
        } finally {
            PLACES.release();
            leave(uses, answer);
        }
    }

    private static void leave(UseCount uses, CompletableFuture<?> answer) {
        try {
            uses.leave();
        } catch (IOException e) {
            // The directory was closed meanwhile, and that went wrong: nobody is left to be told,
            // unless the caller still waits.
            answer.completeExceptionally(e);
        }
    }

    private static RuntimeException rethrow(@Nullable Throwable failure)
            throws Refusal, IOException {
        if (failure instanceof Refusal refusal) {
            throw refusal;
        }
        if (failure instanceof IOException io) {
            throw io;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw new IllegalStateException("a file could not be opened", failure);
    }

    private static Thread thread(Runnable work) {
        // Nothing of the caller is inherited: the thread outlives the call.
        Thread thread = new Thread(null, work, "cordon-wasi-open", 0, false);
        thread.setDaemon(true);
        return thread;
    }
}
