package dev.cordon.data;

import java.nio.charset.StandardCharsets;

/** A value as it was when it was read. Immutable. */
public final class DataValue {
    private final byte[] bytes;
    private final long version;

    DataValue(byte[] bytes, long version) {
        this.bytes = bytes;
        this.version = version;
    }

    /**
     * The value.
     *
     * @return a copy
     */
    public byte[] bytes() {
        return bytes.clone();
    }

    /**
     * The value as text.
     *
     * @return what is not UTF-8 is replaced
     */
    public String text() {
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /**
     * Which version of the key it is.
     *
     * @return at least 1
     */
    public long version() {
        return version;
    }
}
