package dev.cordon.cli;

import dev.cordon.EngineKind;
import dev.cordon.error.UsageException;
import dev.cordon.quota.Quantities;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * What the options of {@code serve} say.
 *
 * @param file the policy file
 * @param config what it says
 * @param folder where the plugins are
 * @param http where requests are taken
 * @param token what they must present; a random one unless given
 * @param grace how long calls may go on at an end
 * @param engine how modules are executed
 * @param verbosity how much goes to stderr
 */
record ServeSettings(
        Optional<Path> file,
        HostConfig config,
        Path folder,
        Optional<InetSocketAddress> http,
        Optional<BearerToken> token,
        Duration grace,
        EngineKind engine,
        Verbosity verbosity) {
    private static final String GRACE = "--grace";
    private static final Duration MAX_GRACE = Duration.ofHours(1);

    /**
     * Reads the options and the files that they name.
     *
     * @throws dev.cordon.error.CordonException if one of them cannot be used
     */
    static ServeSettings of(ParseResult options) {
        Optional<Path> file = InputFile.path(options, "--config");
        HostConfig config = file.map(HostConfig::read).orElse(HostConfig.NONE);
        if (options.hasMatchedOption("--require-signature")) {
            config = config.requiringSignatures();
        }
        return new ServeSettings(
                file,
                config,
                folder(options, config),
                HttpAddress.parse(options.matchedOptionValue("--http", HttpAddress.DEFAULT)),
                InputFile.path(options, "--token-file").map(BearerToken::read),
                grace(options.matchedOptionValue(GRACE, "20s")),
                CallSettings.engine(options),
                Verbosity.of(options));
    }

    private static Path folder(ParseResult options, HostConfig config) {
        String text = options.matchedPositionalValue(0, "");
        Path folder =
                text.isEmpty()
                        ? config.plugins().folder().orElseThrow(ServeSettings::noFolder)
                        : InputFile.path("FOLDER", text);
        if (!Files.isDirectory(folder)) {
            throw UsageProblem.of(
                    UsageProblem.quoted(folder.toString()) + " is not a folder",
                    "name a folder of plugins that exists");
        }
        return folder;
    }

    private static UsageException noFolder() {
        return UsageProblem.of(
                "no folder of plugins is named",
                "write `cordon serve FOLDER`, or `plugins.folder` in the --config file");
    }

    private static Duration grace(String text) {
        Duration grace = QuotaNames.naming(GRACE, () -> Quantities.duration(text));
        if (grace.compareTo(MAX_GRACE) > 0) {
            throw UsageProblem.ofOption(GRACE, text, "it is too long", "give at most `1h`");
        }
        return grace;
    }
}
