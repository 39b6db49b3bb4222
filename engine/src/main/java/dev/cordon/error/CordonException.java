package dev.cordon.error;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Something that the engine refused to do, or stopped doing.
 *
 * <p>The message names the code, the plugin, what happened and what to do about it:
 *
 * <pre>
 * CRD-501 [word-count] used all of its 1000 units of fuel
 *   help: raise the fuel limit, or find the loop that burns it
 * </pre>
 */
public abstract sealed class CordonException extends RuntimeException
        permits MalformedBundleException,
                UntrustedPluginException,
                InvalidModuleException,
                CapabilityDeniedException,
                QuotaExceededException,
                GuestTrapException,
                PluginErrorException,
                UsageException,
                InternalException {
    private static final long serialVersionUID = 1L;

    private final ErrorCode code;
    private final String plugin;
    private final String what;
    private final String help;
    private transient @Nullable Object report;

    CordonException(
            ErrorCode code, String plugin, String what, String help, @Nullable Throwable cause) {
        super(code.id() + " [" + plugin + "] " + what + "\n  help: " + help, cause);
        this.code = code;
        this.plugin = plugin;
        this.what = what;
        this.help = help;
    }

    /**
     * Why it was refused or stopped.
     *
     * @return the stable code
     */
    public ErrorCode code() {
        return code;
    }

    /**
     * Which plugin it was about.
     *
     * @return the plugin's id, or its file's name before the id is known
     */
    public String plugin() {
        return plugin;
    }

    /**
     * What happened, in one line.
     *
     * @return text without the code
     */
    public String what() {
        return what;
    }

    /**
     * What the reader can do about it.
     *
     * @return one line
     */
    public String help() {
        return help;
    }

    /**
     * The report of the call that ended this way.
     *
     * @return a {@code dev.cordon.monitor.CallReport} once the call was running, else empty
     */
    public Optional<Object> report() {
        return Optional.ofNullable(report);
    }

    /**
     * Attaches the report of the call; the first one stays.
     *
     * @param callReport what the call used until it ended
     */
    public void attachReport(Object callReport) {
        if (report == null) {
            report = callReport;
        }
    }
}
