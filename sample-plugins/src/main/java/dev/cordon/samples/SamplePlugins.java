package dev.cordon.samples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The samples by name; each is a fresh read of what the build script made, so callers may change
 * what they get.
 */
public final class SamplePlugins {

    private SamplePlugins() {}

    /**
     * The names of all samples.
     *
     * @return in alphabetical order, for example {@code word-count}
     */
    public static List<String> names() {
        byte[] lines = require("names.txt", "list of samples");
        return new String(lines, StandardCharsets.UTF_8).lines().toList();
    }

    /**
     * A sample's module, whether valid or not.
     *
     * @param name one of {@link #names()}
     * @return the bytes of its {@code .wasm} file
     * @throws IllegalArgumentException if there is no such sample
     */
    public static byte[] bytes(String name) {
        return require(name + "/" + name + ".wasm", "sample named " + name);
    }

    /**
     * A sample's manifest.
     *
     * @param name one of {@link #names()}
     * @return the bytes of its {@code .cordon.json} file; empty if it has none
     */
    public static Optional<byte[]> manifest(String name) {
        return Optional.ofNullable(read(name + "/" + name + ".cordon.json"));
    }

    /**
     * Writes a sample's module, and its manifest beside it, into a directory.
     *
     * @param name one of {@link #names()}
     * @param directory where to write; must exist
     * @return the path of the {@code .wasm} file
     * @throws IllegalArgumentException if there is no such sample
     * @throws UncheckedIOException if the files cannot be written
     */
    public static Path copyTo(String name, Path directory) {
        try {
            Path module = Files.write(directory.resolve(name + ".wasm"), bytes(name));
            Optional<byte[]> manifest = manifest(name);
            if (manifest.isPresent()) {
                Files.write(directory.resolve(name + ".cordon.json"), manifest.get());
            }
            return module;
        } catch (IOException e) {
            throw new UncheckedIOException("cannot write the sample " + name, e);
        }
    }

    private static byte[] require(String file, String what) {
        byte[] bytes = read(file);
        if (bytes == null) {
            throw new IllegalArgumentException("there is no " + what);
        }
        return bytes;
    }

    private static byte @Nullable [] read(String file) {
        try (InputStream in = SamplePlugins.class.getResourceAsStream(file)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot read " + file, e);
        }
    }
}
