package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.Admission.Answer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AdmissionTest {
    private static final long NO_DEADLINE = Admission.NO_DEADLINE;

    private static void startWaiting(Thread thread) throws InterruptedException {
        thread.start();
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
    }

    @Test
    void asManyAsThereArePlacesGetIn() {
        Admission door = new Admission(2, 0);
        assertThat(door.enter(NO_DEADLINE, null)).isEqualTo(Answer.ADMITTED);
        assertThat(door.enter(NO_DEADLINE, null)).isEqualTo(Answer.ADMITTED);
        assertThat(door.enter(NO_DEADLINE, null)).isEqualTo(Answer.FULL);
        door.leave();
        assertThat(door.enter(NO_DEADLINE, null)).isEqualTo(Answer.ADMITTED);
    }

    @Test
    void whoeverCameFirstGetsInFirst() throws Exception {
        Admission door = new Admission(1, 10);
        door.enter(NO_DEADLINE, null);
        List<Integer> order = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            int number = i;
            Thread thread =
                    new Thread(
                            () -> {
                                door.enter(NO_DEADLINE, null);
                                order.add(number);
                                door.leave();
                            });
            startWaiting(thread);
            threads.add(thread);
        }
        door.leave();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void waitingEndsAtTheDeadline() {
        Admission door = new Admission(1, 10);
        door.enter(NO_DEADLINE, null);
        long start = System.nanoTime();
        assertThat(door.enter(start + 20_000_000, null)).isEqualTo(Answer.EXPIRED);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
        door.leave();
        assertThat(door.enter(NO_DEADLINE, null))
                .as("whoever gave up takes no place")
                .isEqualTo(Answer.ADMITTED);
    }

    @Test
    void waitingEndsWithCancellation() throws Exception {
        Admission door = new Admission(1, 10);
        door.enter(NO_DEADLINE, null);
        Cancellation parent = new Cancellation();
        Cancellation token = new Cancellation(parent);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        startWaiting(new Thread(() -> answer.complete(door.enter(NO_DEADLINE, token))));
        parent.cancel();
        assertThat(answer.get()).isEqualTo(Answer.CANCELLED);
        assertThat(token.cancelled()).isTrue();
    }

    @Test
    void waitingEndsWithAnInterruptWhichIsKept() throws Exception {
        Admission door = new Admission(1, 10);
        door.enter(NO_DEADLINE, null);
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread waiter =
                new Thread(
                        () -> {
                            Answer got = door.enter(NO_DEADLINE, null);
                            answer.complete(got + " " + Thread.currentThread().isInterrupted());
                        });
        startWaiting(waiter);
        waiter.interrupt();
        assertThat(answer.get()).isEqualTo("CANCELLED true");
    }

    @Test
    void closingTurnsAwayThoseWhoWaitAndThoseWhoCome() throws Exception {
        Admission door = new Admission(1, 10);
        door.enter(NO_DEADLINE, null);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        startWaiting(new Thread(() -> answer.complete(door.enter(NO_DEADLINE, null))));
        door.close();
        assertThat(answer.get()).isEqualTo(Answer.CLOSED);
        assertThat(door.enter(NO_DEADLINE, null)).isEqualTo(Answer.CLOSED);
        assertThat(door.awaitEmpty(1_000_000)).isFalse();
        door.leave();
        assertThat(door.awaitEmpty(1_000_000)).isTrue();
    }

    @Test
    void hammerNeverLetsInMoreThanThereArePlaces() throws Exception {
        Admission door = new Admission(3, 1_000);
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger admitted = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 8; i++) {
            Thread thread =
                    new Thread(
                            () -> {
                                await(go);
                                for (int n = 0; n < 2_000; n++) {
                                    door.enter(NO_DEADLINE, null);
                                    int now = inside.incrementAndGet();
                                    most.accumulateAndGet(now, Math::max);
                                    admitted.incrementAndGet();
                                    inside.decrementAndGet();
                                    door.leave();
                                }
                            });
            thread.start();
            threads.add(thread);
        }
        go.countDown();
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(admitted).hasValue(16_000);
        assertThat(most.get()).isBetween(1, 3);
        assertThat(door.awaitEmpty(1)).isTrue();
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
