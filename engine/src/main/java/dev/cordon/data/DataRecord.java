package dev.cordon.data;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * One change as the journal keeps it. Immutable.
 *
 * @param version of the change
 * @param key which one; empty where only the version is to be remembered
 * @param entry what is there from then on; null if nothing is
 */
record DataRecord(long version, String key, @Nullable Entry entry) {
    private static final byte DELETED = 0;
    private static final byte WRITTEN = 1;

    byte[] encoded() {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        Entry kept = entry;
        if (kept == null) {
            ByteBuffer out = ByteBuffer.allocate(1 + Long.BYTES + Integer.BYTES + name.length);
            put(out.put(DELETED).putLong(version), name);
            return out.array();
        }
        byte[] owner = kept.owner().name().getBytes(StandardCharsets.UTF_8);
        byte[] writer = kept.writer().name().getBytes(StandardCharsets.UTF_8);
        int size = 3 + Long.BYTES + 3 * Integer.BYTES;
        ByteBuffer out =
                ByteBuffer.allocate(
                        size + name.length + owner.length + writer.length + kept.value().length);
        put(out.put(WRITTEN).putLong(version), name);
        put(out.put(kind(kept.owner())), owner);
        put(out.put(kind(kept.writer())), writer);
        return out.put(kept.value()).array();
    }

    private static void put(ByteBuffer out, byte[] text) {
        out.putInt(text.length).put(text);
    }

    private static byte kind(DataUser user) {
        return (byte) (user.kind() == DataUser.Kind.PLUGIN ? 0 : 1);
    }

    /**
     * Reads what {@link #encoded} made.
     *
     * @throws RuntimeException if it is something else
     */
    static DataRecord decoded(byte[] bytes) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        boolean written = in.get() == WRITTEN;
        long version = in.getLong();
        String key = text(in);
        if (!written) {
            return new DataRecord(version, key, null);
        }
        DataUser owner = user(in);
        DataUser writer = user(in);
        byte[] value = new byte[in.remaining()];
        in.get(value);
        return new DataRecord(version, key, new Entry(owner, writer, version, value));
    }

    private static DataUser user(ByteBuffer in) {
        return in.get() == 0 ? DataUser.plugin(text(in)) : DataUser.application(text(in));
    }

    private static String text(ByteBuffer in) {
        int length = in.getInt();
        String text = StandardCharsets.UTF_8.decode(in.slice().limit(length)).toString();
        in.position(in.position() + length);
        return text;
    }
}
