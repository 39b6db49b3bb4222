package dev.cordon.guest;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.jspecify.annotations.Nullable;

/**
 * Reads and writes of Extism guests, one or eight bytes at a time.
 *
 * <p>Bytes outside of the block read as 0 and are not written: plug-ins take the last few bytes of
 * a block eight at a time, and expect to get those that there are.
 */
final class ExtismBytes {
    private static final VarHandle LONGS =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private ExtismBytes() {}

    static long loadByte(ExtismSession session, long handle) {
        ExtismBlock block = find(session, handle);
        return block == null ? 0 : block.bytes()[(int) handle] & 0xff;
    }

    static long loadLong(ExtismSession session, long handle) {
        ExtismBlock block = find(session, handle);
        if (block == null) {
            return 0;
        }
        int from = (int) handle;
        int inside = block.length() - from;
        if (inside >= Long.BYTES) {
            return (long) LONGS.get(block.bytes(), from);
        }
        long value = 0;
        for (int i = 0; i < inside; i++) {
            value |= (block.bytes()[from + i] & 0xffL) << (Byte.SIZE * i);
        }
        return value;
    }

    static void storeByte(ExtismSession session, long handle, long value) {
        ExtismBlock block = find(session, handle);
        if (block != null && !block.isRetired()) {
            session.writable(block)[(int) handle] = (byte) value;
        }
    }

    static void storeLong(ExtismSession session, long handle, long value) {
        ExtismBlock block = find(session, handle);
        if (block == null || block.isRetired()) {
            return;
        }
        byte[] bytes = session.writable(block);
        int from = (int) handle;
        int inside = bytes.length - from;
        if (inside >= Long.BYTES) {
            LONGS.set(bytes, from, value);
            return;
        }
        for (int i = 0; i < inside; i++) {
            bytes[from + i] = (byte) (value >>> (Byte.SIZE * i));
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

    /** The block that a handle points into, if there is a byte of it there. */
    private static @Nullable ExtismBlock find(ExtismSession session, long handle) {
        ExtismBlock block = session.store().find(handle);
        boolean inside = block != null && ExtismStore.offset(handle) < block.length();
        return inside ? block : null;
    }
}
