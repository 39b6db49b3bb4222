package dev.cordon.data;

import dev.cordon.capability.NamePattern;

/**
 * Gives users a level of access to keys. Immutable.
 *
 * <p>Of all rules that match, one with {@link AccessLevel#NONE} wins, else the highest level.
 *
 * @param keys which keys
 * @param kind which kind of user
 * @param users which of them, by name
 * @param level what they may do
 */
public record AccessRule(
        NamePattern keys, DataUser.Kind kind, NamePattern users, AccessLevel level) {
    /**
     * A rule for plugins.
     *
     * @param keys a key, or a pattern such as {@code order.*}
     * @param ids an id, or a pattern such as {@code dev.example.**}
     * @param level what they may do
     * @return the rule
     * @throws dev.cordon.error.UsageException if one of the patterns is none
     */
    public static AccessRule plugins(String keys, String ids, AccessLevel level) {
        return new AccessRule(
                new NamePattern(keys), DataUser.Kind.PLUGIN, new NamePattern(ids), level);
    }

    /**
     * A rule for parts of the application.
     *
     * @param keys a key, or a pattern such as {@code order.*}
     * @param names a name, or a pattern
     * @param level what they may do
     * @return the rule
     * @throws dev.cordon.error.UsageException if one of the patterns is none
     */
    public static AccessRule applications(String keys, String names, AccessLevel level) {
        return new AccessRule(
                new NamePattern(keys), DataUser.Kind.APPLICATION, new NamePattern(names), level);
    }

    boolean covers(DataUser user, String key) {
        return kind == user.kind() && keys.matches(key) && users.matches(user.name());
    }
}
