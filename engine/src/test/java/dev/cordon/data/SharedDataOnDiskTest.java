package dev.cordon.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.cordon.data.DataResult.Status;
import dev.cordon.data.store.Journal;
import dev.cordon.error.UsageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SharedDataOnDiskTest {
    private static final DataUser ALICE = DataUser.plugin("dev.alice");

    @TempDir private Path temp;

    private SharedData open() {
        return SharedData.onDisk(temp.resolve("data"), DataQuota.defaults());
    }

    private long size() throws IOException {
        try (Stream<Path> files = Files.list(temp.resolve("data"))) {
            return files.mapToLong(file -> file.toFile().length()).sum();
        }
    }

    @Test
    void everythingButTheRulesIsKept() {
        try (SharedData data = open()) {
            data.put(ALICE, "a", new byte[] {1, 2});
            data.application("app").put("b", new byte[0]);
            data.put(ALICE, "c", new byte[] {3});
            data.delete(ALICE, "c");
        }
        try (SharedData data = open()) {
            assertThat(data.get(ALICE, "a").value()).containsExactly(1, 2);
            assertThat(data.get(ALICE, "a").version()).isEqualTo(1);
            assertThat(data.get(ALICE, "b").status()).isEqualTo(Status.DENIED);
            assertThat(data.application("app").get("b").orElseThrow().bytes()).isEmpty();
            assertThat(data.get(ALICE, "c").status()).isEqualTo(Status.NOT_FOUND);
            assertThat(data.put(ALICE, "c", new byte[0]).version()).isEqualTo(5);
        }
    }

    @Test
    void aVersionNeverComesBackEvenWhenItsKeyIsGone() {
        try (SharedData data = open()) {
            data.put(ALICE, "a", new byte[0]);
            data.delete(ALICE, "a");
        }
        try (SharedData data = open()) {
            assertThat(data.put(ALICE, "a", new byte[0]).version()).isEqualTo(3);
        }
    }

    @Test
    void aFloodOfWritesDoesNotFloodTheDisk() throws IOException {
        byte[] value = new byte[200 << 10];
        try (SharedData data = open()) {
            long most = 0;
            for (int i = 0; i < 60; i++) {
                new Random(i).nextBytes(value);
                assertThat(data.put(ALICE, "a", value).status()).isEqualTo(Status.OK);
                most = Math.max(most, size());
            }
            assertThat(most).as("12 MB were written").isLessThan(2 << 20);
        }
        try (SharedData data = open()) {
            assertThat(data.get(ALICE, "a").value()).isEqualTo(value);
            assertThat(data.get(ALICE, "a").version()).isEqualTo(60);
        }
    }

    @Test
    void theVersionOutlivesACompactionOfNothing() {
        long last = 0;
        try (SharedData data = open()) {
            for (int i = 0; i < 10; i++) {
                data.put(ALICE, "a", new byte[200 << 10]);
                last = data.delete(ALICE, "a").version();
            }
        }
        try (SharedData data = open()) {
            assertThat(data.put(ALICE, "a", new byte[0]).version()).isEqualTo(last + 1);
        }
    }

    @Test
    void whatIsThereIsKeptEvenBeyondTheQuota() {
        try (SharedData data = open()) {
            data.put(ALICE, "a", new byte[10]);
            data.put(ALICE, "b", new byte[10]);
        }
        DataQuota less = DataQuota.defaults().withPlugin(1, 5);
        try (SharedData data = SharedData.onDisk(temp.resolve("data"), less)) {
            assertThat(data.get(ALICE, "a").length()).isEqualTo(10);
            assertThat(data.put(ALICE, "a", new byte[9]).status()).isEqualTo(Status.QUOTA);
            assertThat(data.delete(ALICE, "a").status()).isEqualTo(Status.OK);
            assertThat(data.put(ALICE, "b", new byte[4]).status()).isEqualTo(Status.OK);
        }
    }

    @Test
    void aFolderThatCannotBeUsedIsRefused() throws IOException {
        try (SharedData data = open()) {
            assertThatThrownBy(this::open)
                    .isInstanceOf(UsageException.class)
                    .hasMessageStartingWith("CRD-704 [shared data] cannot use the folder `")
                    .hasMessageContaining("`: it is in use");
            assertThat(data.put(ALICE, "a", new byte[1]).status()).isEqualTo(Status.OK);
        }
        Files.writeString(temp.resolve("file"), "a file");
        assertThatThrownBy(() -> SharedData.onDisk(temp.resolve("file"), DataQuota.defaults()))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void recordsThatMakeNoSenseAreRefused() throws IOException {
        for (byte[] record :
                new byte[][] {{1}, {1, 0, 0, 0, 0, 0, 0, 0, 1, 127, -1, -1, -1}, new byte[13]}) {
            Path folder = temp.resolve("odd" + record.length + record[0]);
            try (Journal journal = Journal.open(folder, replayed -> {})) {
                journal.append(record);
            }
            if (record.length == 13 && record[0] == 0) {
                SharedData.onDisk(folder, DataQuota.defaults())
                        .close(); // a version and nothing else
            } else {
                assertThatThrownBy(() -> SharedData.onDisk(folder, DataQuota.defaults()))
                        .isInstanceOf(UsageException.class);
            }
        }
    }
}
