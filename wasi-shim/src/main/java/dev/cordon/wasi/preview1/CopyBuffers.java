package dev.cordon.wasi.preview1;

import java.util.concurrent.ArrayBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The buffers that all copies go through, so that no guest sizes an allocation. A call has one for
 * as long as it copies; no guest can read what another left in it.
 */
final class CopyBuffers {
    /** Size of a buffer. */
    static final int BUFFER_BYTES = 64 * 1024;

    /** Most buffers kept for the next calls. */
    private static final int MAX_KEPT = 32;

    private static final ArrayBlockingQueue<byte[]> KEPT = new ArrayBlockingQueue<>(MAX_KEPT);

    private CopyBuffers() {}

    static byte[] take() {
        byte @Nullable [] kept = KEPT.poll();
        return kept == null ? new byte[BUFFER_BYTES] : kept;
    }

    static void give(byte[] buffer) {
        // A queue that is full has enough of them.
        boolean unused = KEPT.offer(buffer);
    }
}
