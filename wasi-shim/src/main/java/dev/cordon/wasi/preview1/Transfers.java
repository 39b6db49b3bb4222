package dev.cordon.wasi.preview1;

import dev.cordon.wasi.abi.GuestVectors;
import dev.cordon.wasi.abi.Refusal;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * Moves bytes between a guest's buffers and what is behind a descriptor.
 *
 * <p>They go through a buffer of ours, except where a long piece of the guest's memory can be read
 * or written in its place; that is for files, whose end is our own code, and never for an
 * embedder's streams, which could keep the array.
 */
final class Transfers {
    /** Shorter pieces are gathered, since each piece is a call of the system. */
    private static final int MIN_PIECE = 4 * 1024;

    /** Longest piece, as long as the buffer: the JVM sets memory aside for each size it sees. */
    private static final int MAX_PIECE = CopyBuffers.BUFFER_BYTES;

    private Transfers() {}

    /** Where bytes come from or go to. */
    @FunctionalInterface
    interface End {
        /** Moves some bytes and says how many; 0 or less when there are no more. */
        int move(byte[] array, int offset, int length) throws Refusal, IOException;
    }

    /** Fills the guest's buffers; gives how many bytes came. */
    static int in(GuestCall call, GuestVectors vectors, int wanted, boolean file, End source)
            throws Refusal, IOException {
        int done = 0;
        try {
            while (done < wanted) {
                int count = oneIn(call, vectors, wanted - done, file, source);
                if (count <= 0) {
                    return done;
                }
                done += count;
            }
        } catch (IOException | Refusal e) {
            if (done == 0) {
                throw e;
            }
        }
        return done;
    }

    private static int oneIn(
            GuestCall call, GuestVectors vectors, int most, boolean file, End source)
            throws Refusal, IOException {
        byte[] memory = inPlace(call, vectors, file);
        if (memory != null) {
            int length = Math.min(most, Math.min(vectors.piece(), MAX_PIECE));
            int count = source.move(memory, vectors.pieceAddress(), length);
            vectors.skip(Math.max(0, count));
            return count;
        }
        byte[] buffer = call.buffer();
        int count = source.move(buffer, 0, Math.min(buffer.length, most));
        if (count > 0) {
            vectors.scatter(call.bytes(), buffer, count);
        }
        return count;
    }

    /** Empties the guest's buffers; gives how many bytes went. */
    static int out(GuestCall call, GuestVectors vectors, boolean file, End target)
            throws Refusal, IOException {
        int done = 0;
        try {
            while (done < vectors.total()) {
                int length = Math.min(vectors.piece(), MAX_PIECE);
                int written;
                if (file && length >= MIN_PIECE) {
                    written = pieceOut(call, vectors.pieceAddress(), length, target);
                    vectors.skip(written);
                } else {
                    byte[] buffer = call.buffer();
                    length = vectors.gather(call.bytes(), buffer);
                    written = target.move(buffer, 0, length);
                }
                done += written;
                if (written < length) {
                    return done;
                }
            }
        } catch (IOException | Refusal e) {
            if (done == 0) {
                throw e;
            }
        }
        return done;
    }

    private static int pieceOut(GuestCall call, int address, int length, End target)
            throws Refusal, IOException {
        byte[] memory = call.bytes().array();
        return memory != null
                ? target.move(memory, address, length)
                : target.move(call.bytes().copy(address, length), 0, length);
    }

    /** The guest's memory, where the next piece of it may be used in its place. */
    private static byte @Nullable [] inPlace(GuestCall call, GuestVectors vectors, boolean file)
            throws Refusal {
        return file && vectors.piece() >= MIN_PIECE ? call.bytes().array() : null;
    }
}
