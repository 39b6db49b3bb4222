package dev.cordon.data;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what a user may do with a key. Immutable.
 *
 * @param rules all of them, in any order
 */
record AccessTable(List<AccessRule> rules) {
    /** Most rules, since every use looks at each. */
    private static final int MAX_RULES = 1_000;

    AccessTable {
        rules = List.copyOf(rules);
        if (rules.size() > MAX_RULES) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "shared data",
                    rules.size() + " access rules are too many",
                    "write at most " + MAX_RULES + ", with patterns");
        }
    }

    /** The level for a key that is there, or that is not yet where {@code entry} is null. */
    AccessLevel level(DataUser user, String key, @Nullable Entry entry) {
        AccessLevel best = null;
        for (AccessRule rule : rules) {
            if (rule.covers(user, key)) {
                if (rule.level() == AccessLevel.NONE) {
                    return AccessLevel.NONE;
                }
                best = best == null || rule.level().compareTo(best) > 0 ? rule.level() : best;
            }
        }
        if (entry != null && entry.owner().equals(user)) {
            return AccessLevel.OWNER;
        }
        AccessLevel unruled = entry == null ? AccessLevel.WRITE : AccessLevel.NONE;
        return best == null ? unruled : best;
    }
}
