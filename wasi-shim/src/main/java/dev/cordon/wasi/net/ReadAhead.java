package dev.cordon.wasi.net;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.ReadableByteChannel;

/**
 * Bytes of a stream that were read before the guest asked: only so it can be told how many there
 * are, see them without taking them, or learn that the stream has ended.
 */
final class ReadAhead {
    /** Most bytes held, whatever the guest asks for. */
    static final int BYTES = 16 * 1024;

    private byte[] held = new byte[0];
    private int first;
    private int end;
    private boolean atEnd;

    /** Reads what there is, unless something is held already. */
    void fill(ReadableByteChannel channel) throws IOException {
        if (first < end || atEnd) {
            return;
        }
        if (held.length == 0) {
            held = new byte[BYTES];
        }
        first = 0;
        end = 0;
        int count = channel.read(ByteBuffer.wrap(held));
        end = Math.max(0, count);
        atEnd = count < 0;
    }

    int held() {
        return end - first;
    }

    boolean isAtEnd() {
        return atEnd;
    }

    /** Nothing more comes, and what is held is thrown away. */
    void end() {
        first = end;
        atEnd = true;
    }

    int take(byte[] target, int offset, int length, boolean keep) {
        int count = Math.min(length, held());
        System.arraycopy(held, first, target, offset, count);
        if (!keep) {
            first += count;
        }
        return count;
    }
}
