package dev.cordon.data;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;

/**
 * How much shared data there may be. Immutable; every {@code with} method returns a copy.
 *
 * <p>A key counts for who created it, the bytes of key and value for who wrote the value last. The
 * limits of a plugin hold for each plugin; the application is bound by the totals alone.
 *
 * @param keys most keys in total
 * @param bytes most bytes of keys and values in total
 * @param keysPerPlugin most keys that one plugin created
 * @param bytesPerPlugin most bytes of keys and values that one plugin wrote
 * @param valueBytes largest value, in bytes
 */
public record DataQuota(
        int keys, long bytes, int keysPerPlugin, long bytesPerPlugin, int valueBytes) {
    /** The largest value that can be allowed: 16 MiB. */
    public static final int MAX_VALUE_BYTES = 16 << 20;

    private static final DataQuota DEFAULTS =
            new DataQuota(10_000, 32L << 20, 1_000, 4L << 20, 256 << 10);

    /**
     * Checks the limits.
     *
     * @throws UsageException if one is negative, or values may be larger than 16 MiB
     */
    public DataQuota {
        if (keys < 0 || bytes < 0 || keysPerPlugin < 0 || bytesPerPlugin < 0 || valueBytes < 0) {
            throw unusable("a limit is negative", "choose 0 or more");
        }
        if (valueBytes > MAX_VALUE_BYTES) {
            throw unusable(
                    "values of `" + valueBytes + "` bytes are too large",
                    "choose at most " + MAX_VALUE_BYTES);
        }
    }

    private static UsageException unusable(String why, String help) {
        return new UsageException(
                ErrorCode.USAGE, "shared data", "the quota cannot be used: " + why, help);
    }

    /**
     * The start of every quota: 10,000 keys and 32 MiB in total, 1,000 keys and 4 MiB for each
     * plugin, values up to 256 KiB.
     *
     * @return the defaults
     */
    public static DataQuota defaults() {
        return DEFAULTS;
    }

    /**
     * Limits everything together.
     *
     * @param most keys
     * @param mostBytes bytes of keys and values
     * @return a copy
     */
    public DataQuota withTotal(int most, long mostBytes) {
        return new DataQuota(most, mostBytes, keysPerPlugin, bytesPerPlugin, valueBytes);
    }

    /**
     * Limits each plugin.
     *
     * @param most keys that it created
     * @param mostBytes bytes of keys and values that it wrote
     * @return a copy
     */
    public DataQuota withPlugin(int most, long mostBytes) {
        return new DataQuota(keys, bytes, most, mostBytes, valueBytes);
    }

    /**
     * Limits each value.
     *
     * @param most bytes, at most {@link #MAX_VALUE_BYTES}
     * @return a copy
     */
    public DataQuota withValueBytes(int most) {
        return new DataQuota(keys, bytes, keysPerPlugin, bytesPerPlugin, most);
    }
}
