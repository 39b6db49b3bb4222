package dev.cordon.data;

import dev.cordon.error.CapabilityDeniedException;
import dev.cordon.error.CordonException;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.error.UsageException;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * Shared data as one part of the application uses it, with exceptions. Thread-safe.
 *
 * <p>Every method throws {@link CapabilityDeniedException} where the access level does not allow
 * it, {@link QuotaExceededException} where the data would become too large, and {@link
 * UsageException} for a key that is none, for data that was closed, and where the disk failed.
 */
public final class DataClient {
    private static final int MAX_SHOWN = 300;

    private final SharedData data;
    private final DataUser user;

    DataClient(SharedData data, DataUser user) {
        this.data = data;
        this.user = user;
    }

    /**
     * Who this client is.
     *
     * @return the user that owns what it creates
     */
    public DataUser user() {
        return user;
    }

    /**
     * Reads a key.
     *
     * @param key which one
     * @return value and version; empty if it is absent
     */
    public Optional<DataValue> get(String key) {
        DataResult result = data.get(user, key);
        if (result.status() == DataResult.Status.NOT_FOUND) {
            return Optional.empty();
        }
        require(result, "read", key);
        return Optional.of(new DataValue(result.value(), result.version()));
    }

    /**
     * Writes a key, and creates it if it is absent.
     *
     * @param key which one
     * @param value copied
     * @return the new version
     */
    public long put(String key, byte[] value) {
        DataResult result = data.put(user, key, value);
        require(result, "write", key);
        return result.version();
    }

    /**
     * Writes a key if nobody did in between.
     *
     * @param key which one
     * @param version the version that it must still have; 0 if it must be absent
     * @param value copied
     * @return the new version; empty if the key has another version
     */
    public OptionalLong compareAndSet(String key, long version, byte[] value) {
        DataResult result = data.compareAndSet(user, key, version, value);
        if (result.status() == DataResult.Status.CONFLICT) {
            return OptionalLong.empty();
        }
        require(result, "write", key);
        return OptionalLong.of(result.version());
    }

    /**
     * Deletes a key.
     *
     * @param key which one
     * @return whether it was there
     */
    public boolean delete(String key) {
        DataResult result = data.delete(user, key);
        if (result.status() == DataResult.Status.NOT_FOUND) {
            return false;
        }
        require(result, "delete", key);
        return true;
    }

    /**
     * What this client may read.
     *
     * @return keys in their order
     */
    public List<String> keys() {
        return data.keys(user);
    }

    private void require(DataResult result, String verb, String key) {
        if (result.status() != DataResult.Status.OK) {
            throw refusal(result.status(), verb, GuestText.printable(key, MAX_SHOWN));
        }
    }

    private CordonException refusal(DataResult.Status status, String verb, String key) {
        String could = "could not " + verb + " `" + key + "`: ";
        switch (status) {
            case DENIED:
                return new CapabilityDeniedException(
                        ErrorCode.CAPABILITY_DENIED,
                        user.toString(),
                        "may not " + verb + " `" + key + "`",
                        "let it, with an access rule");
            case INVALID:
                return new UsageException(
                        ErrorCode.USAGE,
                        user.toString(),
                        could + "it is not a key",
                        "use dot-separated parts of letters, digits, `_` and `-`");
            case TOO_LARGE:
            case QUOTA:
                return new QuotaExceededException(
                        ErrorCode.DATA_EXCEEDED,
                        user.toString(),
                        could + "there would be more data than may be",
                        "delete keys, or raise the quota of the shared data");
            default:
                return new UsageException(
                        ErrorCode.DATA_STORE,
                        user.toString(),
                        could + "the data was closed, or its disk failed",
                        "the log says which; what was written before is safe");
        }
    }
}
