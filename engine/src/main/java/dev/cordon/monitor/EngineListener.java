package dev.cordon.monitor;

import dev.cordon.error.ErrorCode;

/**
 * Receives what an engine reports.
 *
 * <p>Methods are called on the thread that the event happens on, several at once; they should
 * return quickly. What they throw is logged and has no other effect. Every method does nothing by
 * default.
 */
public interface EngineListener {
    /** Listens to nothing. */
    EngineListener NONE = new EngineListener() {};

    /**
     * A call ended, whatever the outcome; exactly one report per call.
     *
     * @param report what it used and how it ended
     */
    default void callEnded(CallReport report) {}

    /**
     * A guest logged a line.
     *
     * @param plugin the plugin's id
     * @param level how much it matters
     * @param text one line, control and bidirectional characters made visible
     */
    default void guestLog(String plugin, GuestLogLevel level, String text) {}

    /**
     * A plugin is ready to be called.
     *
     * @param plugin the plugin's id
     * @param digest SHA-256 of its module's bytes, 64 hexadecimal digits
     */
    default void pluginLoaded(String plugin, String digest) {}

    /**
     * A plugin was closed; its last call has ended.
     *
     * @param plugin the plugin's id
     */
    default void pluginClosed(String plugin) {}

    /**
     * A new version of a plugin serves from now on; calls of the old one may still run.
     *
     * @param plugin the plugin's id
     * @param oldDigest SHA-256 of the module's bytes that served until now
     * @param newDigest the same of those that serve now
     */
    default void pluginReloaded(String plugin, String oldDigest, String newDigest) {}

    /**
     * A plugin went down by its crash policy, is tried, or serves again.
     *
     * @param plugin the plugin's id
     * @param health what it came to
     */
    default void pluginStateChanged(String plugin, PluginHealth health) {}

    /**
     * A host function failed by its own fault; the call ends with an internal error.
     *
     * @param plugin the plugin that called it
     * @param function {@code module.name}
     * @param failure what it threw
     */
    default void hostFunctionFailed(String plugin, String function, Throwable failure) {}

    /**
     * A plugin is loaded although the policy, which only warns, does not trust it; it gets no
     * grant.
     *
     * @param plugin the file's name
     * @param code why it is not trusted
     * @param detail the same in one line, printable
     */
    default void pluginRejected(String plugin, ErrorCode code, String detail) {}

    /**
     * A command was dispatched, whatever the outcome; exactly one report per dispatch.
     *
     * @param report who sent it to whom, and how it ended
     */
    default void commandEnded(CommandReport report) {}

    /**
     * A circuit breaker opened, closed, or lets a few commands through to see whether to close.
     *
     * @param report which one, and how it stands now
     */
    default void breakerMoved(BreakerReport report) {}

    /**
     * An event was accepted, received, or became a dead letter.
     *
     * @param report which one, and what became of it
     */
    default void eventMoved(EventReport report) {}

    /**
     * Something was decided about a plugin's use of a path, an address, a command, a topic or a
     * key.
     *
     * @param entry what, and how often
     */
    default void audited(AuditRecord entry) {}
}
