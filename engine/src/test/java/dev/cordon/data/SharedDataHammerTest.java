package dev.cordon.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.data.DataResult.Status;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Many threads count, read, create and delete at once. */
class SharedDataHammerTest {
    private static final int THREADS = 8;

    @TempDir private Path temp;

    @Test
    void noCountIsLostInMemory() throws Exception {
        try (SharedData data = SharedData.inMemory()) {
            hammer(data, 2_000);
        }
    }

    @Test
    void noCountIsLostOnDisk() throws Exception {
        try (SharedData data = SharedData.onDisk(temp.resolve("data"), DataQuota.defaults())) {
            hammer(data, 25);
        }
        try (SharedData data = SharedData.onDisk(temp.resolve("data"), DataQuota.defaults())) {
            data.setRules(List.of(AccessRule.plugins("**", "**", AccessLevel.OWNER)));
            assertThat(number(data.get(DataUser.plugin("p0"), "count"))).isEqualTo(THREADS * 25L);
        }
    }

    private static void hammer(SharedData data, int rounds) throws Exception {
        data.setRules(List.of(AccessRule.plugins("**", "**", AccessLevel.OWNER)));
        List<DataChange> heard = new ArrayList<>(); // one write at a time, so no lock is needed
        SharedData.Subscription subscription = data.onChange(heard::add);
        List<Callable<Integer>> work = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            DataUser user = DataUser.plugin("p" + i);
            work.add(() -> count(data, user, rounds));
        }
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            int created = 0;
            for (Future<Integer> each : threads.invokeAll(work)) {
                created += each.get();
            }
            assertThat(created).as("each deletion is of one creation").isZero();
        } finally {
            threads.shutdown();
            assertThat(threads.awaitTermination(60, TimeUnit.SECONDS)).isTrue();
        }
        subscription.close();
        assertThat(number(data.get(DataUser.plugin("p0"), "count")))
                .isEqualTo((long) THREADS * rounds);
        assertThat(heard).extracting(DataChange::version).isSorted().doesNotHaveDuplicates();
        assertThat(heard.stream().filter(change -> change.key().equals("count")).count())
                .isEqualTo((long) THREADS * rounds);
    }

    /** Adds to the count, and creates and deletes a key that all fight for; tells the balance. */
    private static int count(SharedData data, DataUser user, int rounds) {
        int balance = 0;
        for (int i = 0; i < rounds; i++) {
            Status status;
            do {
                DataResult now = data.get(user, "count");
                byte[] next = ByteBuffer.allocate(8).putLong(number(now) + 1).array();
                status = data.compareAndSet(user, "count", now.version(), next).status();
            } while (status == Status.CONFLICT);
            assertThat(status).isEqualTo(Status.OK);
            if (data.compareAndSet(user, "lock", 0, new byte[0]).status() == Status.OK) {
                balance++;
                if (data.delete(user, "lock").status() == Status.OK) {
                    balance--;
                }
            }
        }
        return balance;
    }

    private static long number(DataResult result) {
        return result.status() == Status.OK ? ByteBuffer.wrap(result.value()).getLong() : 0;
    }
}
