package dev.cordon.guest;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The variables of one Extism plugin, which outlive its calls. Thread-safe.
 *
 * <p>Counted as Extism does: bytes of key and value and 48 for each pair; while a pair is replaced,
 * the old one counts, too.
 */
final class ExtismVariables {
    private static final int PAIR_BYTES = 48;

    private final long limit;
    private final Map<String, byte[]> values = new HashMap<>();
    private long held;

    /**
     * No variables yet.
     *
     * @param limit bytes that all pairs together may count; 0 allows none at all
     */
    ExtismVariables(long limit) {
        this.limit = limit;
    }

    /** Whether the plugin may have variables. */
    boolean enabled() {
        return limit > 0;
    }

    /** A value that nobody may change, or null. */
    synchronized byte @Nullable [] get(String key) {
        return values.get(key);
    }

    /**
     * Sets a variable.
     *
     * @param value belongs to this object from now on
     * @return whether there was room
     */
    synchronized boolean put(String key, byte[] value) {
        long bytes = bytes(key, value);
        if (bytes > limit - held) {
            return false;
        }
        remove(key);
        values.put(key, value);
        held += bytes;
        return true;
    }

    /** Whether a variable would fit, asked before its value is copied. */
    synchronized boolean fits(String key, int length) {
        return PAIR_BYTES + (long) key.getBytes(StandardCharsets.UTF_8).length + length
                <= limit - held;
    }

    /** Deletes a variable, if there is such a one. */
    synchronized void remove(String key) {
        byte[] old = values.remove(key);
        if (old != null) {
            held -= bytes(key, old);
        }
    }

    private static long bytes(String key, byte[] value) {
        return PAIR_BYTES + (long) key.getBytes(StandardCharsets.UTF_8).length + value.length;
    }
}
