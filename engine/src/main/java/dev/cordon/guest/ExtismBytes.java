package dev.cordon.guest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of Extism guests, one or eight bytes at a time.
 *
 * <p>What does not lie in one block as a whole reads as 0 and is not written.
 */
final class ExtismBytes {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ExtismBytes() {}

    static long loadByte(ExtismSession session, long handle) {
        ExtismBlock block = find(session, handle, 1);
        return block == null ? 0 : block.bytes()[(int) handle] & 0xff;
    }

    static long loadLong(ExtismSession session, long handle) {
        ExtismBlock block = find(session, handle, Long.BYTES);
        return block == null ? 0 : (long) LONGS.get(block.bytes(), (int) handle);
    }

    static void storeByte(ExtismSession session, long handle, long value) {
        ExtismBlock block = find(session, handle, 1);
        if (block != null && !block.isRetired()) {
            session.writable(block)[(int) handle] = (byte) value;
        }
    }

    static void storeLong(ExtismSession session, long handle, long value) {
        ExtismBlock block = find(session, handle, Long.BYTES);
        if (block != null && !block.isRetired()) {
            LONGS.set(session.writable(block), (int) handle, value);
        }
    }

    static long inputByte(ExtismSession session, long at) {
        ExtismRange input = session.input();
        if (at < 0 || at >= input.length()) {
            return 0;
        }
        session.call().noteRead(1);
        return input.block().bytes()[input.offset() + (int) at] & 0xff;
    }

    static long inputLong(ExtismSession session, long at) {
        ExtismRange input = session.input();
        if (at < 0 || at > input.length() - Long.BYTES) {
            return 0;
        }
        session.call().noteRead(Long.BYTES);
        return (long) LONGS.get(input.block().bytes(), input.offset() + (int) at);
    }

    /** The block that a handle points into, if that many bytes follow there. */
    private static @Nullable ExtismBlock find(ExtismSession session, long handle, int width) {
        ExtismBlock block = session.store().find(handle);
        boolean inside =
                block != null && ExtismStore.offset(handle) <= (long) block.length() - width;
        return inside ? block : null;
    }
}
