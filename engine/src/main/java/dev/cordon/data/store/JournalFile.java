package dev.cordon.data.store;

import java.io.Closeable;
import java.io.EOFException;
import java.io.File;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * One file of records. Each has a head (its length, a checksum of the length, a checksum of what
 * follows) and its bytes.
 *
 * <p>Not a channel: a thread that is interrupted while it writes would close that.
 */
final class JournalFile implements Closeable {
    /** Longest record, so that a damaged length cannot exhaust the heap. */
    static final int MAX_RECORD = (16 << 20) + (64 << 10);

    private static final byte[] MAGIC = {'C', 'R', 'D', 'N', 'L', 'O', 'G', 1};
    private static final int HEAD = 12;

    private final RandomAccessFile file;
    private long end;
    private boolean broken;

    private JournalFile(RandomAccessFile file) {
        this.file = file;
    }

    static JournalFile create(Path path) throws IOException {
        return openNew(path.toFile(), true, record -> {});
    }

    /** Opens or makes a file, cuts off a torn record at its end, and gives the others. */
    static JournalFile open(Path path, Consumer<byte[]> replay) throws IOException {
        return openNew(path.toFile(), false, replay);
    }

    private static JournalFile openNew(File path, boolean empty, Consumer<byte[]> replay)
            throws IOException {
        RandomAccessFile file = new RandomAccessFile(path, "rw");
        try {
            JournalFile opened = new JournalFile(file);
            if (empty) {
                file.setLength(0);
            }
            opened.begin();
            opened.replay(replay);
            return opened;
        } catch (IOException | RuntimeException | Error unusable) {
            file.close();
            throw unusable;
        }
    }

    /** Reads or writes what the file begins with. */
    private void begin() throws IOException {
        byte[] start = new byte[(int) Math.min(file.length(), MAGIC.length)];
        file.readFully(start);
        if (start.length == MAGIC.length ? !Arrays.equals(start, MAGIC) : !torn(start)) {
            throw new IOException("it is not a journal that this version can read");
        }
        if (start.length < MAGIC.length) {
            file.seek(0);
            file.write(MAGIC);
            sync();
        }
        end = MAGIC.length;
    }

    /** Whether these are what is left of the first write to a new file. */
    private static boolean torn(byte[] start) {
        return Arrays.equals(start, Arrays.copyOf(MAGIC, start.length)) || isZero(start);
    }

    private void replay(Consumer<byte[]> replay) throws IOException {
        long length = file.length();
        while (end < length) {
            byte[] record = next(length);
            if (record == null) {
                file.setLength(end);
                sync();
                return;
            }
            replay.accept(record);
            end += HEAD + record.length;
        }
    }

    /** The record at the end of what was read; null if it is torn. */
    private byte @Nullable [] next(long fileLength) throws IOException {
        file.seek(end);
        byte[] head = read((int) Math.min(HEAD, fileLength - end));
        if (head.length < HEAD) {
            return null;
        }
        ByteBuffer fields = ByteBuffer.wrap(head);
        int length = fields.getInt();
        if (fields.getInt() != checksum(head, 4) || length < 1 || length > MAX_RECORD) {
            return tornUnlessDamaged(fileLength);
        }
        if (end + HEAD + length > fileLength) {
            return null;
        }
        byte[] record = read(length);
        if (fields.getInt() == checksum(record, length)) {
            return record;
        }
        if (end + HEAD + length == fileLength) {
            return null;
        }
        throw damaged();
    }

    /** Space that was added to the file but never written is torn; anything else is damage. */
    private byte @Nullable [] tornUnlessDamaged(long fileLength) throws IOException {
        long rest = fileLength - end;
        if (rest > HEAD + MAX_RECORD) {
            throw damaged();
        }
        file.seek(end);
        if (!isZero(read((int) rest))) {
            throw damaged();
        }
        return null;
    }

    private IOException damaged() {
        return new IOException("it is damaged at byte " + end + ", not at its end");
    }

    private byte[] read(int length) throws IOException {
        byte[] bytes = new byte[length];
        try {
            file.readFully(bytes);
        } catch (EOFException shorter) {
            throw new IOException("it became shorter while it was read", shorter);
        }
        return bytes;
    }

    private static boolean isZero(byte[] bytes) {
        for (byte each : bytes) {
            if (each != 0) {
                return false;
            }
        }
        return true;
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, 0, length);
        return (int) sum.getValue();
    }

    long size() {
        return end;
    }

    /** Writes a record behind the others; it is on disk after {@link #sync}. */
    void append(byte[] record) throws IOException {
        if (broken) {
            throw new IOException("an earlier failure left it in a state that is not known");
        }
        if (record.length < 1 || record.length > MAX_RECORD) {
            throw new IOException("a record of " + record.length + " bytes cannot be kept");
        }
        ByteBuffer whole = ByteBuffer.allocate(HEAD + record.length);
        whole.putInt(record.length);
        whole.putInt(checksum(whole.array(), 4));
        whole.putInt(checksum(record, record.length));
        whole.put(record);
        try {
            file.seek(end);
            file.write(whole.array());
        } catch (IOException | RuntimeException | Error failed) {
            cutOff(failed);
            throw failed;
        }
        end += whole.capacity();
    }

    /** Writes a record and waits until it is on disk; if it is not, it is cut off again. */
    void appendDurably(byte[] record) throws IOException {
        long before = end;
        append(record);
        try {
            sync();
        } catch (IOException | RuntimeException | Error failed) {
            end = before;
            cutOff(failed);
            throw failed;
        }
    }

    void sync() throws IOException {
        file.getFD().sync();
    }

    /** Removes what a failed write left, or sees to it that nothing is written behind it. */
    private void cutOff(Throwable failed) {
        try {
            file.setLength(end);
            sync();
        } catch (IOException unknown) {
            failed.addSuppressed(unknown);
            giveUp();
        }
    }

    /** Takes no more records. */
    void giveUp() {
        broken = true;
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
