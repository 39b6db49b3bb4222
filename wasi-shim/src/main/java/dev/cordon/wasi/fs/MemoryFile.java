package dev.cordon.wasi.fs;

import dev.cordon.wasi.abi.Errno;
import dev.cordon.wasi.abi.FileType;
import dev.cordon.wasi.abi.Refusal;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A regular file in memory: chunks by number. What was never written has no chunk and reads as
 * zeros.
 */
final class MemoryFile extends MemoryNode {
    /** Size of the pieces that content is kept in. */
    static final int CHUNK_BYTES = 4096;

    /** What a chunk takes of the capacity: its bytes, and its place in the map. */
    static final int CHUNK_COST = CHUNK_BYTES + 128;

    private final Map<Long, byte[]> chunks = new HashMap<>();
    private long size;

    /**
     * An empty file without a name yet.
     *
     * @throws Refusal {@code ENOSPC} when there is no room
     */
    MemoryFile(MemoryTree tree) throws Refusal {
        super(tree);
        tree.takeFile(0);
    }

    @Override
    FileType type() {
        return FileType.REGULAR_FILE;
    }

    @Override
    long size() {
        return size;
    }

    @Override
    void free() {
        resize(0);
        tree().giveFile(0);
    }

    /** Copies out; gives how many bytes there were, 0 at the end. */
    int read(long position, byte[] target, int offset, int length) {
        int count = (int) Math.max(0, Math.min(length, size - position));
        for (int done = 0; done < count; ) {
            long at = position + done;
            int within = (int) (at % CHUNK_BYTES);
            int part = Math.min(count - done, CHUNK_BYTES - within);
            byte[] chunk = chunks.get(at / CHUNK_BYTES);
            if (chunk == null) {
                Arrays.fill(target, offset + done, offset + done + part, (byte) 0);
            } else {
                System.arraycopy(chunk, within, target, offset + done, part);
            }
            done += part;
        }
        return count;
    }

    /**
     * Copies in, as much as there is room for.
     *
     * @throws Refusal {@code ENOSPC} when there is room for nothing, {@code EFBIG} when positions
     *     end
     */
    int write(long position, byte[] source, int offset, int length) throws Refusal {
        if (length > Long.MAX_VALUE - position) {
            throw Refusal.of(Errno.FBIG);
        }
        int done = 0;
        while (done < length) {
            long at = position + done;
            int within = (int) (at % CHUNK_BYTES);
            int part = Math.min(length - done, CHUNK_BYTES - within);
            byte[] chunk = chunkToWrite(at / CHUNK_BYTES, done == 0);
            if (chunk == null) {
                break;
            }
            System.arraycopy(source, offset + done, chunk, within, part);
            done += part;
        }
        if (done > 0) {
            size = Math.max(size, position + done);
        }
        return done;
    }

    private byte @Nullable [] chunkToWrite(long number, boolean required) throws Refusal {
        byte[] known = chunks.get(number);
        if (known != null) {
            return known;
        }
        try {
            tree().take(CHUNK_COST);
        } catch (Refusal full) {
            if (required) {
                throw full;
            }
            return null;
        }
        byte[] chunk = new byte[CHUNK_BYTES];
        chunks.put(number, chunk);
        return chunk;
    }

    /** Cuts, or extends with zeros that take no room. */
    void resize(long next) {
        if (next < size) {
            long kept = next / CHUNK_BYTES + (next % CHUNK_BYTES == 0 ? 0 : 1);
            int before = chunks.size();
            chunks.keySet().removeIf(number -> number >= kept);
            tree().give((long) CHUNK_COST * (before - chunks.size()));
            byte[] last = chunks.get(next / CHUNK_BYTES);
            if (last != null) {
                Arrays.fill(last, (int) (next % CHUNK_BYTES), CHUNK_BYTES, (byte) 0);
            }
        }
        size = next;
    }
}
