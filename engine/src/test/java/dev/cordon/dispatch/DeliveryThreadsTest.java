package dev.cordon.dispatch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DeliveryThreadsTest {
    private static final long MINUTE_NANOS = 60_000_000_000L;

    private final DeliveryThreads threads = new DeliveryThreads();
    private final CountDownLatch open = new CountDownLatch(1);

    @AfterEach
    void close() {
        open.countDown();
        threads.close(MINUTE_NANOS);
    }

    @Test
    void manyThatWaitKeepNobodyElseWaiting() throws InterruptedException {
        int slow = 300;
        CountDownLatch waiting = new CountDownLatch(slow);
        CountDownLatch quick = new CountDownLatch(1);
        for (int i = 0; i < slow; i++) {
            threads.run(
                    () -> {
                        waiting.countDown();
                        awaitOpen();
                    });
        }
        threads.run(quick::countDown);

        assertThat(quick.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(waiting.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void everythingRunsOnceFromHoweverManyThreadsItComes() throws InterruptedException {
        int senders = 4;
        int each = 20_000;
        AtomicIntegerArray runs = new AtomicIntegerArray(senders * each);
        CountDownLatch missing = new CountDownLatch(senders * each);
        List<Thread> all = new ArrayList<>();
        for (int sender = 0; sender < senders; sender++) {
            int first = sender * each;
            Thread thread =
                    new Thread(
                            () -> {
                                for (int i = first; i < first + each; i++) {
                                    int at = i;
                                    threads.run(
                                            () -> {
                                                runs.incrementAndGet(at);
                                                missing.countDown();
                                            });
                                }
                            });
            thread.start();
            all.add(thread);
        }
        for (Thread thread : all) {
            thread.join();
        }

        assertThat(missing.await(1, TimeUnit.MINUTES)).isTrue();
        for (int i = 0; i < runs.length(); i++) {
            assertThat(runs.get(i)).isEqualTo(1);
        }
    }

    @Test
    void oneThatFailsHurtsNoOther() throws InterruptedException {
        CountDownLatch missing = new CountDownLatch(100);
        for (int i = 0; i < 100; i++) {
            threads.run(
                    () -> {
                        Thread.currentThread().setUncaughtExceptionHandler((thread, failed) -> {});
                        missing.countDown();
                        throw new IllegalStateException("the subscriber's own");
                    });
        }

        assertThat(missing.await(1, TimeUnit.MINUTES)).isTrue();
        CountDownLatch after = new CountDownLatch(1);
        threads.run(after::countDown);
        assertThat(after.await(1, TimeUnit.MINUTES)).isTrue();
    }

    @Test
    void anInterruptThatOneLeavesIsNotForTheNext() throws InterruptedException {
        CountDownLatch missing = new CountDownLatch(100);
        AtomicInteger interrupted = new AtomicInteger();
        for (int i = 0; i < 100; i++) {
            threads.run(
                    () -> {
                        interrupted.addAndGet(Thread.currentThread().isInterrupted() ? 1 : 0);
                        Thread.currentThread().interrupt();
                        missing.countDown();
                    });
        }

        assertThat(missing.await(1, TimeUnit.MINUTES)).isTrue();
        assertThat(interrupted).hasValue(0);
    }

    @Test
    void closingRunsWhatWaitsAndTakesNoMore() throws InterruptedException {
        CountDownLatch missing = new CountDownLatch(50);
        for (int i = 0; i < 50; i++) {
            threads.run(missing::countDown);
        }

        threads.close(MINUTE_NANOS);

        assertThat(missing.getCount()).isZero();
        assertThatThrownBy(() -> threads.run(() -> {}))
                .isInstanceOf(RejectedExecutionException.class);
    }

    @Test
    void closingInterruptsWhatDoesNotEnd() throws InterruptedException {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        threads.run(
                () -> {
                    running.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException stopped) {
                        interrupted.countDown();
                    }
                });
        assertThat(running.await(1, TimeUnit.MINUTES)).isTrue();

        threads.close(1);

        assertThat(interrupted.await(1, TimeUnit.MINUTES)).isTrue();
    }

    private void awaitOpen() {
        try {
            open.await();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
