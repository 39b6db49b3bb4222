package dev.cordon.data.store;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JournalTest {
    private static final int MAGIC = 8;
    private static final int HEAD = 12;

    @TempDir private Path temp;

    private Path folder() {
        return temp.resolve("journal");
    }

    private Path file() {
        return folder().resolve("journal-1.log");
    }

    /** What is in the folder once it was opened and closed. */
    private List<String> records() throws IOException {
        List<String> found = new ArrayList<>();
        Journal.open(folder(), record -> found.add(new String(record, UTF_8))).close();
        return found;
    }

    private void write(String... records) throws IOException {
        try (Journal journal = Journal.open(folder(), record -> {})) {
            for (String record : records) {
                journal.append(record.getBytes(UTF_8));
            }
        }
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder())) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void recordsComeBackInTheirOrder() throws IOException {
        write("one", "two");
        write("three");
        assertThat(records()).containsExactly("one", "two", "three");
    }

    @Test
    void aFileThatWasCutAnywhereGivesEveryWholeRecord() throws IOException {
        String[] all = {"first", "second one", "3"};
        write(all);
        byte[] whole = Files.readAllBytes(file());
        for (int length = 0; length <= whole.length; length++) {
            Files.write(file(), Arrays.copyOf(whole, length));
            int end = MAGIC;
            int complete = 0;
            while (complete < all.length && end + HEAD + all[complete].length() <= length) {
                end += HEAD + all[complete].length();
                complete++;
            }
            List<String> expected = List.of(all).subList(0, complete);
            assertThat(records()).as("cut at " + length).isEqualTo(expected);
            write("next");
            assertThat(records()).as("after " + length).hasSize(complete + 1).endsWith("next");
            Files.write(file(), whole);
        }
    }

    @Test
    void aTailOfZerosIsTorn() throws IOException {
        write("one");
        byte[] whole = Files.readAllBytes(file());
        for (int zeros : new int[] {1, HEAD, 5_000}) {
            Files.write(file(), Arrays.copyOf(whole, whole.length + zeros));
            assertThat(records()).containsExactly("one");
            assertThat(Files.size(file())).isEqualTo(whole.length);
        }
    }

    @Test
    void aLastRecordWithWrongBytesIsTorn() throws IOException {
        write("one", "two");
        byte[] bytes = Files.readAllBytes(file());
        bytes[bytes.length - 1] ^= 1;
        Files.write(file(), bytes);
        assertThat(records()).containsExactly("one");
    }

    @Test
    void damageBeforeTheEndIsRefusedAndLeftAsItIs() throws IOException {
        write("first", "second", "third");
        byte[] whole = Files.readAllBytes(file());
        int lastRecord = whole.length - "third".length() - HEAD;
        for (int at = 0; at < lastRecord; at++) {
            byte[] bytes = whole.clone();
            bytes[at] ^= 0x40;
            Files.write(file(), bytes);
            assertThatThrownBy(this::records).as("byte " + at).isInstanceOf(IOException.class);
            assertThat(Files.readAllBytes(file())).isEqualTo(bytes);
        }
    }

    @Test
    void aDamagedLengthIsNotTakenForATornRecord() throws IOException {
        write("first", "last");
        byte[] bytes = Files.readAllBytes(file());
        bytes[MAGIC] ^= 0x40; // a length far beyond the end
        Files.write(file(), bytes);
        assertThatThrownBy(this::records)
                .isInstanceOf(IOException.class)
                .hasMessage("it is damaged at byte 8, not at its end");
    }

    @Test
    void aFileOfSomethingElseIsRefused() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(file(), "not a journal at all");
        assertThatThrownBy(this::records).isInstanceOf(IOException.class);
        Files.writeString(file(), "abc");
        assertThatThrownBy(this::records).isInstanceOf(IOException.class);
    }

    @Test
    void aFolderIsUsedByOneAtATime() throws IOException {
        try (Journal journal = Journal.open(folder(), record -> {})) {
            assertThatThrownBy(this::records)
                    .isInstanceOf(IOException.class)
                    .hasMessage("it is in use");
            journal.append(new byte[] {'x'});
        }
        assertThat(records()).containsExactly("x");
    }

    @Test
    void onlyTheOwnerSeesTheFolder() throws IOException {
        write("one");
        if (Files.getFileStore(folder()).supportsFileAttributeView("posix")) {
            assertThat(Files.getPosixFilePermissions(folder()))
                    .isEqualTo(PosixFilePermissions.fromString("rwx------"));
        }
    }

    @Test
    void aShorterJournalTakesTheLongOnesPlace() throws IOException {
        byte[] record = new byte[100_000];
        try (Journal journal = Journal.open(folder(), replayed -> {})) {
            int appended = 0;
            while (!journal.wantsCompaction()) {
                journal.append(record);
                appended++;
            }
            assertThat(appended).isBetween(10, 12);
            journal.compact(List.of("a".getBytes(UTF_8), "b".getBytes(UTF_8)).iterator());
            assertThat(journal.wantsCompaction()).isFalse();
            journal.append("c".getBytes(UTF_8));
        }
        assertThat(names()).containsExactly("journal-2.log", "lock");
        assertThat(records()).containsExactly("a", "b", "c");
    }

    @Test
    void whatACrashDuringACompactionLeavesIsCleanedUp() throws IOException {
        write("old");
        Files.copy(file(), folder().resolve("kept"));
        Files.writeString(folder().resolve("journal.draft"), "half a draft");
        assertThat(records()).as("before the rename").containsExactly("old");
        assertThat(names()).containsExactly("journal-1.log", "kept", "lock");

        Files.move(file(), folder().resolve("journal-2.log"));
        Files.copy(folder().resolve("kept"), file());
        write("new");
        assertThat(records()).as("behind the rename").containsExactly("old", "new");
        assertThat(names()).containsExactly("journal-2.log", "kept", "lock");
    }

    @Test
    void filesOfOtherNamesAreNotTakenForJournals() throws IOException {
        write("one");
        for (String other : List.of("journal-02.log", "journal-0.log", "journal-3.log.bak")) {
            Files.writeString(folder().resolve(other), "mine");
        }
        assertThat(records()).containsExactly("one");
        assertThat(names())
                .contains("journal-02.log", "journal-0.log", "journal-3.log.bak", "journal-1.log");
    }

    @Test
    void aCompactionThatFailsLeavesTheJournalAsItWas() throws IOException {
        try (Journal journal = Journal.open(folder(), record -> {})) {
            journal.append("one".getBytes(UTF_8));
            assertThatThrownBy(() -> journal.compact(List.of(new byte[0]).iterator()))
                    .isInstanceOf(IOException.class);
            Files.createDirectories(folder().resolve("journal-2.log").resolve("occupied"));
            assertThatThrownBy(() -> journal.compact(List.of(new byte[1]).iterator()))
                    .isInstanceOf(IOException.class);
        }
        Files.delete(folder().resolve("journal-2.log").resolve("occupied"));
        Files.delete(folder().resolve("journal-2.log"));
        assertThat(records()).containsExactly("one");
    }

    @Test
    void anInterruptedThreadWritesLikeAnyOther() throws IOException {
        try (Journal journal = Journal.open(folder(), record -> {})) {
            Thread.currentThread().interrupt();
            journal.append("one".getBytes(UTF_8));
            journal.compact(List.of("two".getBytes(UTF_8)).iterator());
            journal.append("three".getBytes(UTF_8));
            assertThat(Thread.interrupted()).as("still interrupted").isTrue();
        } finally {
            Thread.interrupted();
        }
        assertThat(records()).containsExactly("two", "three");
    }

    @Test
    void recordsHaveBounds() throws IOException {
        try (Journal journal = Journal.open(folder(), record -> {})) {
            assertThatThrownBy(() -> journal.append(new byte[0])).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> journal.append(new byte[JournalFile.MAX_RECORD + 1]))
                    .isInstanceOf(IOException.class);
            journal.append(new byte[] {'x'});
        }
        assertThat(records()).containsExactly("x");
    }
}
