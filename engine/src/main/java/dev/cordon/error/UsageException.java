package dev.cordon.error;

import org.jspecify.annotations.Nullable;

/** The engine was used in a way that cannot work. */
public final class UsageException extends CordonException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened, to whom, and what to do.
     *
     * @param code a code of the 700s
     * @param plugin the plugin's id or file name
     * @param what one line, values in backticks, no full stop
     * @param help one line
     */
    public UsageException(ErrorCode code, String plugin, String what, String help) {
        this(code, plugin, what, help, null);
    }

    /**
     * Says what happened, to whom, what to do, and what caused it.
     *
     * @param code a code of the 700s
     * @param plugin the plugin's id or file name
     * @param what one line, values in backticks, no full stop
     * @param help one line
     * @param cause the failure behind it, for the operator's log
     */
    public UsageException(
            ErrorCode code, String plugin, String what, String help, @Nullable Throwable cause) {
        super(code, plugin, what, help, cause);
    }
}
