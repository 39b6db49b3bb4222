package dev.cordon.guest;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestTrapException;
import dev.cordon.error.QuotaExceededException;
import dev.cordon.quota.Quota;
import org.jspecify.annotations.Nullable;

/**
 * A quota at which a host function answers with an error number instead of stopping the guest.
 *
 * <p>As with memory that does not grow: a guest that copes goes on, and one that traps afterwards
 * ends with the quota as its error, since that is what became of it.
 */
enum RefusedQuota {
    /** Bytes or files stored. */
    DISK(
            ErrorCode.DISK_EXCEEDED,
            "could not store more than its quota of bytes or files",
            "raise the quota `disk` or `files`, or have it store less"),
    /** Descriptors or sockets open at once. */
    OPEN_FILES(
            ErrorCode.OPEN_FILES_EXCEEDED,
            "could not open more than its quota of files or connections",
            "raise the quota `open-files` or `connections`, or have it close what it no longer uses"),
    /** Keys or bytes of shared data. */
    DATA(
            ErrorCode.DATA_EXCEEDED,
            "could not share more than its quota of keys or bytes",
            "raise the quota of the shared data, or have it share less"),
    /** Programs that run at once. */
    PROCESSES(
            ErrorCode.PROCESSES_EXCEEDED,
            "could not run more programs at once than its quota",
            "raise the quota `processes`, or have it wait for those that run"),
    /** Blocks of an Extism guest. */
    BLOCKS(
            ErrorCode.MEMORY_EXCEEDED,
            "could not allocate more blocks than its memory quota has room for",
            "raise the memory quota, or have it free what it no longer uses");

    /** Numbers of WASI that stand for a quota. */
    private static final int EDQUOT = 19;

    private static final int ENOSPC = 51;
    private static final int EMFILE = 33;
    private static final int ENFILE = 41;

    private final ErrorCode code;
    private final String what;
    private final String help;

    RefusedQuota(ErrorCode code, String what, String help) {
        this.code = code;
        this.what = what;
        this.help = help;
    }

    /** The quota that an error number stands for, or null. */
    static @Nullable RefusedQuota of(long errno) {
        if (errno == EDQUOT || errno == ENOSPC) {
            return DISK;
        }
        return errno == EMFILE || errno == ENFILE ? OPEN_FILES : null;
    }

    /** The error of a guest that trapped after this was refused. */
    QuotaExceededException explained(String plugin, GuestTrapException trap) {
        return new QuotaExceededException(
                code, plugin, what + ", and trapped: " + trap.what(), help, trap);
    }

    /** The error of a guest that trapped after lines of its log were refused. */
    static QuotaExceededException logged(String plugin, Quota quota, GuestTrapException trap) {
        return new QuotaExceededException(
                ErrorCode.LOG_EXCEEDED,
                plugin,
                "could not log more than "
                        + quota.logLines()
                        + " lines or "
                        + quota.logBytes()
                        + " bytes, and trapped: "
                        + trap.what(),
                "raise the log quota, or have it log less",
                trap);
    }
}
