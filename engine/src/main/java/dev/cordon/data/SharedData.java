package dev.cordon.data;

import dev.cordon.data.store.Journal;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * Data that plugins and the application share, by key. Thread-safe.
 *
 * <p>A key is a dot-separated name of letters, digits, {@code _} and {@code -}, at most 256
 * characters. Who creates it owns it: the owner may do everything, everybody else nothing, unless
 * an {@link AccessRule} says otherwise. Where rules match, a key that is absent can be created by
 * whom they let write; where none does, by anybody. A plugin needs a grant besides, {@code
 * data:read} or {@code data:write}.
 *
 * <p>Every change gets the next version, counted over all keys, so that a key which was deleted and
 * created again never has a version that it had before. Values are copied in and out.
 */
public final class SharedData implements AutoCloseable {
    private final Registry registry;

    private SharedData(Registry registry) {
        this.registry = registry;
    }

    /**
     * Data that is gone with the process, with the default quota.
     *
     * @return no keys, no rules
     */
    public static SharedData inMemory() {
        return inMemory(DataQuota.defaults());
    }

    /**
     * Data that is gone with the process.
     *
     * @param quota how much of it there may be
     * @return no keys, no rules
     */
    public static SharedData inMemory(DataQuota quota) {
        return new SharedData(new Registry(quota, null, new Registry.Stored()));
    }

    /**
     * Data that is kept in a folder: a write that was answered is on disk, synchronised, and
     * survives the end of the process or the machine. All of it is in memory too. Rules are not
     * kept.
     *
     * @param folder for this object alone; made, for its owner only, if it does not exist
     * @param quota how much there may be; what is there already is kept in any case
     * @return what the folder holds, to be closed after use
     * @throws UsageException if the folder cannot be used, is in use, or is damaged
     */
    public static SharedData onDisk(Path folder, DataQuota quota) {
        Registry.Stored stored = new Registry.Stored();
        try {
            Journal journal =
                    Journal.open(folder, record -> stored.add(DataRecord.decoded(record)));
            return new SharedData(new Registry(quota, journal, stored));
        } catch (IOException | RuntimeException unusable) {
            throw new UsageException(
                    ErrorCode.DATA_STORE,
                    "shared data",
                    "cannot use the folder `" + folder + "`: " + unusable.getMessage(),
                    "choose a folder that nobody else uses, or restore this one",
                    unusable);
        }
    }

    /**
     * Replaces all access rules, at the next use of any key.
     *
     * @param next at most 1,000, in any order
     * @throws UsageException if there are more
     */
    public void setRules(List<AccessRule> next) {
        registry.rules(next);
    }

    /**
     * What users may do beside owners.
     *
     * @return the access rules, immutable
     */
    public List<AccessRule> rules() {
        return registry.rules();
    }

    /**
     * How much there may be.
     *
     * @return the quota that it was made with
     */
    public DataQuota quota() {
        return registry.quota();
    }

    /**
     * Whether a text can be a key.
     *
     * @param text any text
     * @return true if it is a dot-separated name that is not too long
     */
    public static boolean isKey(String text) {
        return Registry.isKey(text);
    }

    /**
     * The data as one part of the application sees it.
     *
     * @param name what this part calls itself; the same name is the same user
     * @return a client that reads and writes as this user
     * @throws UsageException if the name is empty or longer than 200 characters
     */
    public DataClient application(String name) {
        return new DataClient(this, DataUser.application(name));
    }

    /**
     * Adds somebody who hears of all changes.
     *
     * @param listener called for each, in order
     * @return to be closed by whom no longer wants to hear
     */
    public Subscription onChange(DataListener listener) {
        registry.listen(listener);
        return () -> registry.forget(listener);
    }

    /** Ends when it is closed. */
    @FunctionalInterface
    public interface Subscription extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Reads a key; for host functions, which need an answer instead of an exception.
     *
     * @param user who asks
     * @param key which one
     * @return the value and its version, or why not
     */
    public DataResult get(DataUser user, String key) {
        return registry.get(user, key);
    }

    /**
     * Writes a key, and creates it if it is absent.
     *
     * @param user who asks
     * @param key which one
     * @param value copied
     * @return the new version, or why not
     */
    public DataResult put(DataUser user, String key, byte[] value) {
        return registry.write(user, key, value, any -> true);
    }

    /**
     * Writes a key if nobody did in between.
     *
     * @param user who asks
     * @param key which one
     * @param version the version that it must still have; 0 if it must be absent
     * @param value copied
     * @return the new version, or why not
     */
    public DataResult compareAndSet(DataUser user, String key, long version, byte[] value) {
        return registry.write(user, key, value, now -> now == version);
    }

    /**
     * Deletes a key.
     *
     * @param user who asks
     * @param key which one
     * @return the version of the change, or why not
     */
    public DataResult delete(DataUser user, String key) {
        return registry.delete(user, key);
    }

    /** The keys that a user may read, in their order. */
    List<String> keys(DataUser user) {
        return registry.keys(user).toList();
    }

    /**
     * Ends all use; what is on disk stays there. Closing again does nothing.
     *
     * @throws UsageException if the folder could not be left properly; nothing is lost
     */
    @Override
    public void close() {
        try {
            registry.close();
        } catch (IOException unclosed) {
            throw new UsageException(
                    ErrorCode.DATA_STORE,
                    "shared data",
                    "the folder could not be closed",
                    "nothing is lost; the cause is below",
                    unclosed);
        }
    }
}
