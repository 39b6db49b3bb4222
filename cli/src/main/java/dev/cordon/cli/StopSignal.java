package dev.cordon.cli;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * Learns that the process is to end (SIGTERM, SIGINT), and lets it end in order before it does.
 *
 * <p>The JVM's own status would be 143 or 130 whatever became of the work, so the hook ends the JVM
 * itself once all is closed.
 */
final class StopSignal implements AutoCloseable {
    private static final Duration MARGIN = Duration.ofSeconds(15);

    private final CountDownLatch asked = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);
    private final Thread hook;

    /**
     * Listens from now on.
     *
     * @param most how long the end may take; some more is given to close everything
     */
    StopSignal(Duration most) {
        long millis = most.plus(MARGIN).toMillis();
        this.hook = new Thread(() -> end(millis), "cordon-stop");
        Runtime.getRuntime().addShutdownHook(hook);
    }

    private void end(long millis) {
        asked.countDown();
        boolean inOrder = false;
        try {
            inOrder = ended.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException hurry) {
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().halt(inOrder ? ExitStatus.SUCCESS : ExitStatus.LATE);
    }

    /**
     * Waits for the signal.
     *
     * @param millis how long at most
     * @return whether it has come, or this thread was interrupted, which means the same
     */
    boolean await(long millis) {
        try {
            return asked.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException end) {
            return true;
        }
    }

    /** All is closed. */
    @Override
    public void close() {
        ended.countDown();
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException ending) { // by the signal, and the hook goes on
            return;
        }
    }
}
