package dev.cordon.data;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Who keeps how much. Used under the lock of the registry.
 *
 * <p>A key counts for its owner, the bytes for who wrote them: so nobody who may write to a key can
 * use up what its owner has left.
 */
final class Accounts {
    private static final Account NOTHING = new Account(0, 0);

    private record Account(int keys, long bytes) {
        Account plus(int moreKeys, long moreBytes) {
            return new Account(keys + moreKeys, bytes + moreBytes);
        }
    }

    private final DataQuota quota;
    private final Map<DataUser, Account> accounts = new HashMap<>();
    private Account total = NOTHING;

    Accounts(DataQuota quota) {
        this.quota = quota;
    }

    /** Whether an entry may take another's place, or a new place. */
    boolean admit(String key, @Nullable Entry old, Entry next) {
        long freed = old == null ? 0 : old.size(key);
        boolean own = old != null && old.writer().equals(next.writer());
        int keys = old == null ? 1 : 0;
        return total.keys + keys <= quota.keys()
                && total.bytes - freed + next.size(key) <= quota.bytes()
                && (keys == 0 || fitsKeys(next.owner()))
                && fitsBytes(next.writer(), next.size(key) - (own ? freed : 0));
    }

    private boolean fitsKeys(DataUser owner) {
        return owner.kind() != DataUser.Kind.PLUGIN || account(owner).keys < quota.keysPerPlugin();
    }

    private boolean fitsBytes(DataUser writer, long more) {
        return writer.kind() != DataUser.Kind.PLUGIN
                || account(writer).bytes + more <= quota.bytesPerPlugin();
    }

    private Account account(DataUser user) {
        return accounts.getOrDefault(user, NOTHING);
    }

    /** Notes that an entry took another's place, a new place, or that its place is empty now. */
    void replace(String key, @Nullable Entry old, @Nullable Entry next) {
        if (old != null) {
            add(old.owner(), -1, 0);
            add(old.writer(), 0, -old.size(key));
        }
        if (next != null) {
            add(next.owner(), 1, 0);
            add(next.writer(), 0, next.size(key));
        }
    }

    private void add(DataUser user, int keys, long bytes) {
        total = total.plus(keys, bytes);
        Account now = account(user).plus(keys, bytes);
        if (now.equals(NOTHING)) {
            accounts.remove(user);
        } else {
            accounts.put(user, now);
        }
    }

    int keys() {
        return total.keys;
    }

    long bytes() {
        return total.bytes;
    }

    /** How many users keep something. */
    int users() {
        return accounts.size();
    }
}
