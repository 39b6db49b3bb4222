package dev.cordon.cli;

import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the payload that {@code --input} names. */
final class PayloadSource {
    private static final int MAX_SHOWN = 200;

    private PayloadSource() {}

    /**
     * The payload.
     *
     * @param input a text, {@code @FILE} or {@code -}
     * @throws UsageException if it cannot be read or is larger than one Java array
     */
    static byte[] read(String input, InputStream stdin) {
        try {
            if (input.equals("-")) {
                return stdin.readAllBytes();
            }
            if (input.startsWith("@")) {
                return Files.readAllBytes(Path.of(input.substring(1)));
            }
        } catch (NoSuchFileException missing) {
            throw unreadable(input, "there is no such file");
        } catch (AccessDeniedException denied) {
            throw unreadable(input, "it may not be read by this process");
        } catch (InvalidPathException noPath) {
            throw unreadable(input, "it is not a path");
        } catch (IOException broken) {
            String why = String.valueOf(broken.getMessage());
            throw unreadable(input, GuestText.printable(why, MAX_SHOWN));
        } catch (OutOfMemoryError tooLarge) {
            throw unreadable(input, "it does not fit into memory");
        }
        return input.getBytes(StandardCharsets.UTF_8);
    }

    private static UsageException unreadable(String input, String why) {
        return UsageProblem.of(
                "cannot read the input " + UsageProblem.quoted(input) + ": " + why,
                "give a text, `@` and the path of a readable file, or `-` for stdin");
    }
}
