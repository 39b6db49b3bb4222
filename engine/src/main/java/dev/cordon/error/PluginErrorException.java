package dev.cordon.error;

/** A plugin ran to its end and answered with an error. */
public final class PluginErrorException extends CordonException {
    private static final long serialVersionUID = 1L;

    private final String text;

    /**
     * Carries the plugin's answer.
     *
     * @param plugin the plugin's id or file name
     * @param command the command that it answered
     * @param text what the plugin said, untrusted and at most as long as the output quota
     */
    public PluginErrorException(String plugin, String command, String text) {
        super(
                ErrorCode.PLUGIN_ERROR,
                plugin,
                "command `" + command + "` answered with an error",
                "read the plugin's error text; the input may be at fault",
                null);
        this.text = text;
    }

    /**
     * What the plugin said.
     *
     * @return untrusted text; make control characters visible before printing it
     */
    public String text() {
        return text;
    }
}
