package dev.cordon.cli;

import dev.cordon.PluginEngine;
import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Map;
import java.util.Optional;

/** Where the command keeps compiled code between two runs. */
final class CacheFolder {
    /** Names another folder, or {@code off} for none. */
    static final String VARIABLE = "CORDON_CACHE";

    private static final String OFF = "off";

    private CacheFolder() {}

    /**
     * The folder of this user and this build of the engine.
     *
     * @param environment the process's variables
     * @param home the user's home directory
     * @return empty if there shall be none, or none can be found
     */
    static Optional<Path> of(Map<String, String> environment, String home) {
        return root(environment, home).flatMap(root -> build().map(root::resolve));
    }

    /** The folder for all builds. */
    static Optional<Path> root(Map<String, String> environment, String home) {
        String chosen = environment.getOrDefault(VARIABLE, "");
        if (chosen.equals(OFF)) {
            return Optional.empty();
        }
        return absolute(chosen)
                .or(() -> beneath(environment.getOrDefault("XDG_CACHE_HOME", "")))
                .or(() -> beneath(environment.getOrDefault("LOCALAPPDATA", "")))
                .or(() -> absolute(home).map(it -> it.resolve(".cache/cordon")));
    }

    private static Optional<Path> beneath(String caches) {
        return absolute(caches).map(it -> it.resolve("cordon"));
    }

    /** A relative path would put code to run into whatever directory the user is in. */
    private static Optional<Path> absolute(String text) {
        try {
            return Optional.of(Path.of(text)).filter(Path::isAbsolute);
        } catch (InvalidPathException unusable) {
            return Optional.empty();
        }
    }

    /** Tells builds of the engine apart: what one compiled, another may not run. */
    private static Optional<String> build() {
        try {
            CodeSource source = PluginEngine.class.getProtectionDomain().getCodeSource();
            URL location = source == null ? null : source.getLocation();
            if (location == null || !location.getProtocol().equals("file")) {
                return Optional.empty();
            }
            Path jar = Path.of(location.toURI());
            if (!Files.isRegularFile(jar)) {
                return Optional.empty();
            }
            long time = Files.getLastModifiedTime(jar).toMillis();
            return Optional.of("code-" + Long.toHexString(time) + "-" + Files.size(jar));
        } catch (URISyntaxException | IOException | InvalidPathException unknown) {
            return Optional.empty();
        }
    }
}
