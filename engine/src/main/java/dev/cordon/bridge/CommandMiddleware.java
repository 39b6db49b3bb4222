package dev.cordon.bridge;

/**
 * Stands around every dispatch: from the application to a plugin, from a plugin to the application,
 * from plugin to plugin. Called by several threads at once.
 *
 * <p>Sees only commands that their senders may send and that somebody handles.
 */
@FunctionalInterface
public interface CommandMiddleware {
    /**
     * Passes a command on, or does not.
     *
     * @param command the request
     * @param next the rest of the way; may be gone more than once, which the sender pays for
     * @return the answer
     */
    CommandResult handle(Command command, Next next);

    /** The rest of the way of a command. */
    @FunctionalInterface
    interface Next {
        /**
         * Goes it.
         *
         * @param payload the command's, or another one in its place
         * @return the answer
         */
        CommandResult proceed(byte[] payload);
    }
}
