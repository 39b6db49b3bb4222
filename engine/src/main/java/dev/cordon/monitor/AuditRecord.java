package dev.cordon.monitor;

/**
 * What was decided about a guest's use of a path, an address, a command, a topic, a key or a
 * function, once or many times; or a change of what a plugin is granted. Immutable.
 *
 * <p>The first decision of its kind in a while is told at once; those that equal it are counted and
 * told as one record later, so that a flood of calls is not a flood of records.
 *
 * @param plugin the plugin's id
 * @param operation the host function, such as {@code path_open}; {@code grant} or {@code revoke}
 *     for a change
 * @param capability the grant that the use needs, such as {@code fs:read=/data}
 * @param subject the path behind its directory's name, as it was resolved, or the address;
 *     printable, of bounded length; or the name of the command, topic, key or function; of a
 *     change, who made it: {@code application}
 * @param allowed whether it went on
 * @param reason why not; when it was allowed, who allowed it where no grant did, else empty
 * @param count how many uses this record stands for; at least 1
 * @param firstMillis when the first of them was, in milliseconds since 1970
 * @param lastMillis when the last of them was
 */
public record AuditRecord(
        String plugin,
        String operation,
        String capability,
        String subject,
        boolean allowed,
        String reason,
        long count,
        long firstMillis,
        long lastMillis) {}
