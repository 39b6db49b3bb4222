package dev.cordon.wasi.audit;

/**
 * What was decided about a guest's use of a path or an address, once or many times.
 *
 * <p>Equal decisions within a while are one record with a count, so that a flood of calls is not a
 * flood of records.
 *
 * @param operation the host function, such as {@code path_open}
 * @param use what for
 * @param subject the path within its preopen as it was resolved, behind the preopen's name, or the
 *     address and port; printable, of bounded length
 * @param allowed whether it went on
 * @param reason why not, such as the rule that denied it; when it was allowed, who did where no
 *     rule does, else empty
 * @param count how many times since the last record of it; at least 1
 * @param firstMillis when the first of these was, in milliseconds since 1970
 * @param lastMillis when the last of these was
 */
public record AccessDecision(
        String operation,
        Use use,
        String subject,
        boolean allowed,
        String reason,
        long count,
        long firstMillis,
        long lastMillis) {
    /** What a guest wants to do. */
    public enum Use {
        /** Look at a file or a directory. */
        FILE_READ,
        /** Create, change or remove one. */
        FILE_WRITE,
        /** Look a name up. */
        NET_RESOLVE,
        /** Connect or send to an address. */
        NET_OUTBOUND,
        /** Listen or receive at an address. */
        NET_INBOUND
    }
}
