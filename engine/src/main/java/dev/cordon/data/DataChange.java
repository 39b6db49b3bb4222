package dev.cordon.data;

/**
 * A key was written or deleted. Immutable.
 *
 * @param key which one
 * @param version of the change; greater than that of every change before it, of any key
 * @param deleted whether the key is gone
 * @param user who did it
 */
public record DataChange(String key, long version, boolean deleted, DataUser user) {}
