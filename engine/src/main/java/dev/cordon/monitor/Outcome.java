package dev.cordon.monitor;

import dev.cordon.error.ErrorCode;
import java.util.Locale;

/**
 * How a call ended, as reports name it.
 *
 * <p>{@link #OK} when the plugin succeeded, {@link #ERROR} when it answered with an error, {@link
 * #EXIT} when a run ended with a status other than 0; otherwise the name of the error code in lower
 * case with hyphens, such as {@code out-of-fuel} or {@code trap}.
 */
public final class Outcome {
    /** The plugin succeeded. */
    public static final String OK = "ok";

    /** The plugin answered with an error. */
    public static final String ERROR = "error";

    /** A run ended with a status other than 0. */
    public static final String EXIT = "exit";

    private Outcome() {}

    /**
     * The outcome of a call that ended with an error code.
     *
     * @param code why it ended
     * @return {@link #ERROR} for the plugin's own error, else the code's name
     */
    public static String of(ErrorCode code) {
        return code == ErrorCode.PLUGIN_ERROR
                ? ERROR
                : code.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
