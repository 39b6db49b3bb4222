package dev.cordon.error;

import org.jspecify.annotations.Nullable;

/** Nobody whom the policy trusts vouches for a plugin. */
public final class UntrustedPluginException extends CordonException {
    private static final long serialVersionUID = 1L;

    /**
     * Says what happened, to whom, and what to do.
     *
     * @param code a code of the 200s
     * @param plugin the plugin's id or file name
     * @param what one line, values in backticks, no full stop
     * @param help one line
     */
    public UntrustedPluginException(ErrorCode code, String plugin, String what, String help) {
        this(code, plugin, what, help, null);
    }

    /**
     * Says what happened, to whom, what to do, and what caused it.
     *
     * @param code a code of the 200s
     * @param plugin the plugin's id or file name
     * @param what one line, values in backticks, no full stop
     * @param help one line
     * @param cause the failure behind it, for the operator's log
     */
    public UntrustedPluginException(
            ErrorCode code, String plugin, String what, String help, @Nullable Throwable cause) {
        super(code, plugin, what, help, cause);
    }
}
