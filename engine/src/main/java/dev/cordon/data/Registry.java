package dev.cordon.data;

import dev.cordon.data.store.Journal;
import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongPredicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys and everything that holds for them. Thread-safe: reads never wait, writes take turns.
 *
 * <p>A write goes to the journal first, is seen by readers next, and is told to listeners last.
 * Whatever fails between the first two ends all writing, since memory and disk would disagree.
 */
final class Registry {
    private static final Logger LOG = LoggerFactory.getLogger("dev.cordon.data");

    /** Longest key, in characters. */
    private static final int MAX_KEY_CHARS = 256;

    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*+");

    private final DataQuota quota;
    private final @Nullable Journal journal;
    private final Map<String, Entry> entries;
    private final Accounts accounts;
    private final CopyOnWriteArrayList<DataListener> listeners = new CopyOnWriteArrayList<>();
    private final ReentrantLock writing = new ReentrantLock(true); // or one writer starves others
    private volatile AccessTable access = new AccessTable(List.of());
    private volatile boolean closed;
    private boolean failed;
    private long version;

    /** Starts with what a journal held, if there is one. */
    Registry(DataQuota quota, @Nullable Journal journal, Stored stored) {
        this.quota = quota;
        this.journal = journal;
        this.entries = stored.entries;
        this.version = stored.version;
        this.accounts = new Accounts(quota);
        entries.forEach((key, entry) -> accounts.replace(key, null, entry));
    }

    /** What is read from a journal, record by record. */
    static final class Stored {
        private final Map<String, Entry> entries = new ConcurrentHashMap<>();
        private long version;

        void add(DataRecord next) {
            version = Math.max(version, next.version());
            Entry entry = next.entry();
            if (entry == null) {
                entries.remove(next.key());
            } else {
                entries.put(next.key(), entry);
            }
        }
    }

    void rules(List<AccessRule> next) {
        access = new AccessTable(next);
    }

    DataQuota quota() {
        return quota;
    }

    List<AccessRule> rules() {
        return access.rules();
    }

    void listen(DataListener listener) {
        listeners.add(listener);
    }

    void forget(DataListener listener) {
        listeners.remove(listener);
    }

    DataResult get(DataUser user, String key) {
        if (!isKey(key)) {
            return DataResult.of(DataResult.Status.INVALID);
        }
        if (closed) {
            return DataResult.of(DataResult.Status.UNAVAILABLE);
        }
        Entry entry = entries.get(key);
        if (!allows(AccessLevel.READ, user, key, entry)) {
            return DataResult.of(DataResult.Status.DENIED);
        }
        return entry == null ? DataResult.of(DataResult.Status.NOT_FOUND) : DataResult.found(entry);
    }

    Stream<String> keys(DataUser user) {
        return entries.entrySet().stream()
                .filter(each -> !closed)
                .filter(each -> allows(AccessLevel.READ, user, each.getKey(), each.getValue()))
                .map(Map.Entry::getKey)
                .sorted();
    }

    /** Writes if the version, 0 for a key that is absent, is an expected one. */
    DataResult write(DataUser user, String key, byte[] value, LongPredicate expected) {
        if (!isKey(key)) {
            return DataResult.of(DataResult.Status.INVALID);
        }
        if (value.length > quota.valueBytes()) {
            return DataResult.of(DataResult.Status.TOO_LARGE);
        }
        byte[] own = value.clone();
        enter();
        try {
            return writeNow(user, key, own, expected);
        } finally {
            writing.unlock();
        }
    }

    private DataResult writeNow(DataUser user, String key, byte[] value, LongPredicate expected) {
        if (!usable()) {
            return DataResult.of(DataResult.Status.UNAVAILABLE);
        }
        Entry old = entries.get(key);
        if (!allows(AccessLevel.WRITE, user, key, old)) {
            return DataResult.of(DataResult.Status.DENIED);
        }
        if (!expected.test(old == null ? 0 : old.version())) {
            return DataResult.of(DataResult.Status.CONFLICT);
        }
        DataUser owner = old == null ? user : old.owner();
        Entry next = new Entry(owner, user, version + 1, value);
        if (!accounts.admit(key, old, next)) {
            return DataResult.of(DataResult.Status.QUOTA);
        }
        return commit(user, key, old, next);
    }

    DataResult delete(DataUser user, String key) {
        if (!isKey(key)) {
            return DataResult.of(DataResult.Status.INVALID);
        }
        enter();
        try {
            return deleteNow(user, key);
        } finally {
            writing.unlock();
        }
    }

    private DataResult deleteNow(DataUser user, String key) {
        if (!usable()) {
            return DataResult.of(DataResult.Status.UNAVAILABLE);
        }
        Entry old = entries.get(key);
        if (old == null) {
            boolean may = allows(AccessLevel.WRITE, user, key, null);
            return DataResult.of(may ? DataResult.Status.NOT_FOUND : DataResult.Status.DENIED);
        }
        if (!allows(AccessLevel.OWNER, user, key, old)) {
            return DataResult.of(DataResult.Status.DENIED);
        }
        return commit(user, key, old, null);
    }

    private void enter() {
        if (writing.isHeldByCurrentThread()) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "shared data",
                    "a listener of changes tried to make one itself",
                    "write from another thread, after the listener has returned");
        }
        writing.lock();
    }

    private DataResult commit(
            DataUser user, String key, @Nullable Entry old, @Nullable Entry next) {
        long now = version + 1;
        DataChange change = new DataChange(key, now, next == null, user);
        if (!stored(new DataRecord(now, key, next))) {
            return DataResult.of(DataResult.Status.UNAVAILABLE);
        }
        failed = true; // unless the next lines end as they should
        version = now;
        accounts.replace(key, old, next);
        if (next == null) {
            entries.remove(key);
        } else {
            entries.put(key, next);
        }
        failed = false;
        compact();
        tell(change);
        return DataResult.written(now);
    }

    private boolean stored(DataRecord change) {
        if (journal == null) {
            return true;
        }
        try {
            journal.append(change.encoded());
            return true;
        } catch (IOException unwritten) {
            LOG.error("shared data could not be written", unwritten);
            return false;
        }
    }

    private void compact() {
        if (journal == null || !journal.wantsCompaction()) {
            return;
        }
        byte[] versionOnly = new DataRecord(version, "", null).encoded();
        Iterator<byte[]> all =
                Stream.concat(
                                Stream.of(versionOnly),
                                entries.entrySet().stream().map(Registry::encoded))
                        .iterator();
        try {
            journal.compact(all);
        } catch (IOException later) {
            LOG.warn("the journal of the shared data could not be shortened", later);
        }
    }

    private static byte[] encoded(Map.Entry<String, Entry> each) {
        Entry entry = each.getValue();
        return new DataRecord(entry.version(), each.getKey(), entry).encoded();
    }

    private void tell(DataChange change) {
        for (DataListener listener : listeners) {
            try {
                listener.changed(change);
            } catch (RuntimeException | Error failure) {
                LOG.warn("a listener of shared data failed", failure);
            }
        }
    }

    private boolean usable() {
        return !closed && !failed;
    }

    private boolean allows(AccessLevel wanted, DataUser user, String key, @Nullable Entry entry) {
        return access.level(user, key, entry).compareTo(wanted) >= 0;
    }

    static boolean isKey(String key) {
        return key.length() <= MAX_KEY_CHARS && KEY.matcher(key).matches();
    }

    void close() throws IOException {
        enter();
        try {
            if (!closed) {
                closed = true;
                if (journal != null) {
                    journal.close();
                }
            }
        } finally {
            writing.unlock();
        }
    }
}
