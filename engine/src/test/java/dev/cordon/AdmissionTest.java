package dev.cordon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.Admission.Answer;
import dev.cordon.Admission.Entry;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 30, unit = TimeUnit.SECONDS)
class AdmissionTest {
    private static final long NO_DEADLINE = Admission.NO_DEADLINE;

    private static Admission<String> door(int places, int waiting) {
        return new Admission<>(new Places<>("first", places), waiting);
    }

    private static Answer answer(Admission<String> door, long deadline) {
        return door.enter(deadline, null).answer();
    }

    private static String owner(Entry<String> entry) {
        Places<String> places = entry.places();
        return places == null ? entry.answer().name() : places.owner();
    }

    private static void startWaiting(Thread thread) throws InterruptedException {
        thread.start();
        while (thread.getState() != Thread.State.WAITING
                && thread.getState() != Thread.State.TIMED_WAITING) {
            Thread.sleep(1);
        }
    }

    @Test
    void asManyAsThereArePlacesGetIn() {
        Admission<String> door = door(2, 0);
        assertThat(answer(door, NO_DEADLINE)).isEqualTo(Answer.ADMITTED);
        assertThat(answer(door, NO_DEADLINE)).isEqualTo(Answer.ADMITTED);
        assertThat(answer(door, NO_DEADLINE)).isEqualTo(Answer.FULL);
        door.leave(door.current());
        assertThat(answer(door, NO_DEADLINE)).isEqualTo(Answer.ADMITTED);
    }

    @Test
    void whoeverCameFirstGetsInFirst() throws Exception {
        Admission<String> door = door(1, 10);
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
                                door.leave(door.current());
                            });
            startWaiting(thread);
            threads.add(thread);
        }
        door.leave(door.current());
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(order).containsExactly(0, 1, 2, 3, 4);
    }

    @Test
    void waitingEndsAtTheDeadline() {
        Admission<String> door = door(1, 10);
        door.enter(NO_DEADLINE, null);
        long start = System.nanoTime();
        assertThat(answer(door, start + 20_000_000)).isEqualTo(Answer.EXPIRED);
        assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(20_000_000);
        door.leave(door.current());
        assertThat(answer(door, NO_DEADLINE))
                .as("whoever gave up takes no place")
                .isEqualTo(Answer.ADMITTED);
    }

    @Test
    void waitingEndsWithCancellation() throws Exception {
        Admission<String> door = door(1, 10);
        door.enter(NO_DEADLINE, null);
        Cancellation parent = new Cancellation();
        Cancellation token = new Cancellation(parent);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        startWaiting(new Thread(() -> answer.complete(door.enter(NO_DEADLINE, token).answer())));
        parent.cancel();
        assertThat(answer.get()).isEqualTo(Answer.CANCELLED);
        assertThat(token.cancelled()).isTrue();
    }

    @Test
    void waitingEndsWithAnInterruptWhichIsKept() throws Exception {
        Admission<String> door = door(1, 10);
        door.enter(NO_DEADLINE, null);
        CompletableFuture<String> answer = new CompletableFuture<>();
        Thread waiter =
                new Thread(
                        () -> {
                            Answer got = answer(door, NO_DEADLINE);
                            answer.complete(got + " " + Thread.currentThread().isInterrupted());
                        });
        startWaiting(waiter);
        waiter.interrupt();
        assertThat(answer.get()).isEqualTo("CANCELLED true");
    }

    @Test
    void closingTurnsAwayThoseWhoWaitAndThoseWhoCome() throws Exception {
        Admission<String> door = door(1, 10);
        door.enter(NO_DEADLINE, null);
        CompletableFuture<Answer> answer = new CompletableFuture<>();
        startWaiting(new Thread(() -> answer.complete(answer(door, NO_DEADLINE))));
        door.close();
        assertThat(answer.get()).isEqualTo(Answer.CLOSED);
        assertThat(answer(door, NO_DEADLINE)).isEqualTo(Answer.CLOSED);
        assertThat(door.current().awaitEmpty(1_000_000)).isFalse();
        door.leave(door.current());
        assertThat(door.current().awaitEmpty(1_000_000)).isTrue();
    }

    @Test
    void hammerNeverLetsInMoreThanThereArePlaces() throws Exception {
        Admission<String> door = door(3, 1_000);
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
                                    door.leave(door.current());
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
        assertThat(door.current().awaitEmpty(1)).isTrue();
    }

    @Test
    void whoWaitsGetsAPlaceThatReplacesTheOld() throws Exception {
        Admission<String> door = door(1, 10);
        Places<String> old = door.current();
        door.enter(NO_DEADLINE, null);
        CompletableFuture<String> waiting = new CompletableFuture<>();
        startWaiting(new Thread(() -> waiting.complete(owner(door.enter(NO_DEADLINE, null)))));
        AtomicInteger cleared = new AtomicInteger();
        door.replace(new Places<>("second", 1), 10);
        old.retire(cleared::incrementAndGet);
        assertThat(waiting.get()).isEqualTo("second");
        assertThat(cleared).as("the first is still inside").hasValue(0);
        door.leave(old);
        assertThat(cleared).hasValue(1);
    }

    @Test
    void emptyPlacesAreClearedAtOnceAndOnce() {
        Admission<String> door = door(2, 10);
        Places<String> old = door.current();
        AtomicInteger cleared = new AtomicInteger();
        door.replace(new Places<>("second", 1), 10);
        old.retire(cleared::incrementAndGet);
        assertThat(cleared).hasValue(1);
        assertThat(owner(door.enter(NO_DEADLINE, null))).isEqualTo("second");
    }

    @Test
    void whoWasLetInBeforeIsNotTurnedAwayBecauseManyWait() {
        Admission<String> door = door(1, 0);
        door.enter(NO_DEADLINE, null);
        long soon = System.nanoTime() + 1_000_000;
        assertThat(door.enter(soon, null, false).answer()).isEqualTo(Answer.FULL);
        assertThat(door.enter(soon, null, true).answer()).isEqualTo(Answer.EXPIRED);
    }

    @Test
    void hammerNobodyIsInsideOfWhatWasCleared() throws Exception {
        Admission<String> door = door(2, 1_000);
        AtomicInteger replacements = new AtomicInteger();
        AtomicInteger cleared = new AtomicInteger();
        AtomicInteger wrong = new AtomicInteger();
        Set<Places<String>> gone = ConcurrentHashMap.newKeySet();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            threads.add(
                    new Thread(
                            () -> {
                                for (int n = 0; n < 5_000; n++) {
                                    Places<String> in = door.enter(NO_DEADLINE, null).places();
                                    wrong.addAndGet(in == null || gone.contains(in) ? 1 : 0);
                                    door.leave(in);
                                }
                            }));
        }
        threads.forEach(Thread::start);
        while (threads.stream().anyMatch(Thread::isAlive)) {
            Places<String> old = door.current();
            door.replace(new Places<>("next", 2), 1_000);
            replacements.incrementAndGet();
            old.retire(
                    () -> {
                        gone.add(old);
                        cleared.incrementAndGet();
                    });
            Thread.sleep(0, 100_000);
        }
        assertThat(wrong).hasValue(0);
        assertThat(cleared).hasValue(replacements.get());
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException interrupted) {
            throw new AssertionError(interrupted);
        }
    }
}
