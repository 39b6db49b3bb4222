package dev.cordon.monitor;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which audit records are meant. Immutable; every method gives a copy that asks for less.
 *
 * @param plugin the plugin's id; empty for every plugin
 * @param operation such as {@code path_open} or {@code revoke}; empty for every operation
 * @param capability what the capability starts with, such as {@code fs:} or {@code
 *     command:send=order.}; empty for every capability
 * @param allowed whether the use went on; null for both
 * @param fromMillis not those that ended before this, in milliseconds since 1970
 * @param toMillis not those that began after this
 * @param limit most records to give, the newest ones
 */
public record AuditQuery(
        String plugin,
        String operation,
        String capability,
        @Nullable Boolean allowed,
        long fromMillis,
        long toMillis,
        int limit) {
    private static final AuditQuery ALL =
            new AuditQuery("", "", "", null, Long.MIN_VALUE, Long.MAX_VALUE, Integer.MAX_VALUE);

    /**
     * Everything that is kept.
     *
     * @return a query without conditions
     */
    public static AuditQuery all() {
        return ALL;
    }

    /**
     * Asks about one plugin.
     *
     * @param id the plugin's id
     * @return a copy
     */
    public AuditQuery ofPlugin(String id) {
        return new AuditQuery(id, operation, capability, allowed, fromMillis, toMillis, limit);
    }

    /**
     * Asks about one operation.
     *
     * @param name the host function, or {@code grant} or {@code revoke}
     * @return a copy
     */
    public AuditQuery ofOperation(String name) {
        return new AuditQuery(plugin, name, capability, allowed, fromMillis, toMillis, limit);
    }

    /**
     * Asks about some capabilities.
     *
     * @param prefix what they start with
     * @return a copy
     */
    public AuditQuery ofCapability(String prefix) {
        return new AuditQuery(plugin, operation, prefix, allowed, fromMillis, toMillis, limit);
    }

    /**
     * Asks about what went on.
     *
     * @return a copy
     */
    public AuditQuery onlyAllowed() {
        return new AuditQuery(plugin, operation, capability, true, fromMillis, toMillis, limit);
    }

    /**
     * Asks about what was refused.
     *
     * @return a copy
     */
    public AuditQuery onlyDenied() {
        return new AuditQuery(plugin, operation, capability, false, fromMillis, toMillis, limit);
    }

    /**
     * Asks about some time.
     *
     * @param from its start
     * @param to its end, which belongs to it
     * @return a copy
     */
    public AuditQuery between(Instant from, Instant to) {
        long first = from.toEpochMilli();
        long last = to.toEpochMilli();
        return new AuditQuery(plugin, operation, capability, allowed, first, last, limit);
    }

    /**
     * Asks for the newest records only.
     *
     * @param most how many; 0 for none
     * @return a copy
     */
    public AuditQuery newest(int most) {
        return new AuditQuery(plugin, operation, capability, allowed, fromMillis, toMillis, most);
    }

    /**
     * Whether a record is meant, the limit aside.
     *
     * @param entry the record
     * @return true if it meets every condition
     */
    public boolean matches(AuditRecord entry) {
        return (plugin.isEmpty() || plugin.equals(entry.plugin()))
                && (operation.isEmpty() || operation.equals(entry.operation()))
                && entry.capability().startsWith(capability)
                && (allowed == null || allowed == entry.allowed())
                && entry.lastMillis() >= fromMillis
                && entry.firstMillis() <= toMillis;
    }
}
