package dev.cordon.data.store;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.function.Consumer;

/**
 * Records on disk, one behind the other. Not thread-safe.
 *
 * <p>A record is on disk, synchronised, when {@link #append} returns. A process or machine that
 * ends in the middle of an append leaves a torn record at the end, which is cut off when the folder
 * is opened again; every record before it is there. What is damaged otherwise is refused, not
 * guessed.
 *
 * <p>A journal of which most is history is replaced by a short one. The new file is complete before
 * it gets its name, and the old one goes afterwards.
 */
public final class Journal implements Closeable {
    /** What a journal may grow by before it is worth replacing. */
    private static final long MIN_GROWTH = 1L << 20;

    private final JournalFolder folder;
    private JournalFile file;
    private long generation;
    private long compactAt;

    private Journal(JournalFolder folder, JournalFile file, long generation) {
        this.folder = folder;
        this.file = file;
        this.generation = generation;
        this.compactAt = MIN_GROWTH;
    }

    /**
     * Opens or makes a journal.
     *
     * @param path a folder for this journal alone; made if it does not exist
     * @param replay gets every record, in the order in which they were written
     * @return a journal to be closed after use
     * @throws IOException if the folder cannot be used, is in use, or is damaged
     */
    public static Journal open(Path path, Consumer<byte[]> replay) throws IOException {
        JournalFolder folder = JournalFolder.lock(path);
        try {
            long newest = folder.newest();
            JournalFile file = JournalFile.open(folder.file(newest), replay);
            folder.sync();
            folder.deleteOthers(newest);
            return new Journal(folder, file, newest);
        } catch (IOException | RuntimeException | Error unusable) {
            folder.close();
            throw unusable;
        }
    }

    /**
     * Writes a record and waits until it is on disk.
     *
     * @param record at least 1 byte, at most {@link JournalFile#MAX_RECORD}
     * @throws IOException if it is not on disk; the journal is as before, or takes no more records
     */
    public void append(byte[] record) throws IOException {
        file.appendDurably(record);
    }

    /**
     * Whether so much was appended that a shorter journal is worth its while.
     *
     * @return true if {@link #compact} should be called
     */
    public boolean wantsCompaction() {
        return file.size() >= compactAt;
    }

    /**
     * Replaces all records.
     *
     * @param records what the journal holds from now on
     * @throws IOException if it could not be, or the old file could not be closed; nothing is lost
     */
    public void compact(Iterator<byte[]> records) throws IOException {
        compactAt = file.size() + MIN_GROWTH; // not at once again if it fails
        JournalFile next = write(generation + 1, records);
        JournalFile old = file;
        file = next;
        generation++;
        compactAt = 2 * next.size() + MIN_GROWTH;
        old.close();
        folder.deleteOthers(generation);
    }

    private JournalFile write(long number, Iterator<byte[]> records) throws IOException {
        try (JournalFile draft = JournalFile.create(folder.draft())) {
            while (records.hasNext()) {
                draft.append(records.next());
            }
            draft.sync();
        }
        try {
            folder.publish(number);
            return JournalFile.open(folder.file(number), record -> {});
        } catch (IOException | RuntimeException | Error failed) {
            withdraw(number, failed);
            throw failed;
        }
    }

    /** What was published would win over what is appended to the old file from now on. */
    private void withdraw(long number, Throwable failed) {
        try {
            folder.withdraw(number);
        } catch (IOException stays) {
            failed.addSuppressed(stays);
            file.giveUp();
        }
    }

    @Override
    public void close() throws IOException {
        try {
            file.close();
        } finally {
            folder.close();
        }
    }
}
