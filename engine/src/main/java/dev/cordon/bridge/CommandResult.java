package dev.cordon.bridge;

import java.nio.charset.StandardCharsets;

/**
 * What a command was answered with.
 *
 * @param payload the answer; belongs to whoever gets it
 */
public record CommandResult(byte[] payload) {
    private static final byte[] NO_BYTES = {};

    /**
     * An answer that says no more than that all went well.
     *
     * @return no bytes
     */
    public static CommandResult empty() {
        return new CommandResult(NO_BYTES);
    }

    /**
     * An answer in words.
     *
     * @param text becomes UTF-8
     * @return the answer
     */
    public static CommandResult of(String text) {
        return new CommandResult(text.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * The answer as text.
     *
     * @return its UTF-8; what is not UTF-8 is replaced
     */
    public String text() {
        return new String(payload, StandardCharsets.UTF_8);
    }
}
