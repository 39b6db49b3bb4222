package dev.cordon.bridge;

/** Handles commands of one name in the application. Called by several threads at once. */
@FunctionalInterface
public interface CommandHandler {
    /**
     * Does what the command asks for.
     *
     * <p>To answer with an error that the sender may read, throw a {@link
     * dev.cordon.error.PluginErrorException}. Of anything else that is thrown a plugin learns the
     * code only.
     *
     * @param command the request; a payload from a plugin is hostile until checked
     * @return the answer
     */
    CommandResult handle(Command command);
}
