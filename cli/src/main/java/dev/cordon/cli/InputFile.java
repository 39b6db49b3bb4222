package dev.cordon.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** Files that options name. */
final class InputFile {
    private static final int MAX_BYTES = 64 << 20;

    private InputFile() {}

    /** The path that an option names. */
    static Optional<Path> path(ParseResult options, String option) {
        String text = options.matchedOptionValue(option, "");
        return options.hasMatchedOption(option)
                ? Optional.of(path(option, text))
                : Optional.empty();
    }

    static Path path(String option, String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException unusable) {
            throw UsageProblem.ofOption(option, text, "it is not a path", "name a file");
        }
    }

    /** The whole file. */
    static byte[] read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new IOException("larger than 64 MiB");
            }
            return bytes;
        } catch (IOException unreadable) {
            throw UsageProblem.of(
                    UsageProblem.quoted(file.toString())
                            + " cannot be read: "
                            + unreadable.getClass().getSimpleName(),
                    "name a file that exists and that this process may read");
        }
    }
}
