package dev.cordon.data;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;

/**
 * Who uses shared data. A plugin and a part of the application are never the same user, whatever
 * their names. Immutable.
 *
 * @param kind plugin or application
 * @param name a plugin's id, or what a part of the application calls itself
 */
public record DataUser(Kind kind, String name) {
    /** Longest name, so that owners cannot fill the heap. */
    private static final int MAX_LENGTH = 200;

    /** What kinds of user there are. */
    public enum Kind {
        /** A loaded plugin. */
        PLUGIN,
        /** A part of the application that embeds the engine. */
        APPLICATION
    }

    /**
     * Checks the name.
     *
     * @throws UsageException if it is empty or longer than 200 characters
     */
    public DataUser {
        if (name.isEmpty() || name.length() > MAX_LENGTH) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "shared data",
                    "a user's name of " + name.length() + " characters cannot be used",
                    "choose a name of 1 to " + MAX_LENGTH + " characters");
        }
    }

    /**
     * A plugin.
     *
     * @param id its id
     * @return the user that it is
     */
    public static DataUser plugin(String id) {
        return new DataUser(Kind.PLUGIN, id);
    }

    /**
     * A part of the application.
     *
     * @param name any name
     * @return the user that it is
     */
    public static DataUser application(String name) {
        return new DataUser(Kind.APPLICATION, name);
    }

    @Override
    public String toString() {
        String shown = GuestText.printable(name, MAX_LENGTH);
        return kind == Kind.PLUGIN ? shown : "application " + shown;
    }
}
