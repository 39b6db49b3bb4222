package dev.cordon.cli;

import dev.cordon.EngineKind;
import dev.cordon.capability.DirectoryRules;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.error.UsageException;
import dev.cordon.quota.Quota;
import dev.cordon.trust.TrustMode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.ParseResult;

/**
 * What the options of {@code run} and {@code call} say.
 *
 * @param target what is loaded
 * @param grants what it may do, with what the command line grants by itself
 * @param directoryRules which paths it may use, by the guest name of a granted directory
 * @param scratch its directories in memory
 * @param environment the guest's variables, in the order given
 * @param quota the most that the call may use
 * @param engine how to execute it
 * @param config the host's policy
 */
record CallSettings(
        CallTarget target,
        Grants grants,
        Map<String, DirectoryRules> directoryRules,
        List<Scratch> scratch,
        Map<String, String> environment,
        Quota quota,
        EngineKind engine,
        HostConfig config) {

    /**
     * Reads the options.
     *
     * @param defaults the quota without options
     * @throws UsageException if one of them cannot be used
     */
    static CallSettings of(ParseResult options, Quota defaults) {
        Grants grants = grants(options);
        return new CallSettings(
                CallTarget.of(options),
                grants,
                DirectoryOptions.rules(options, grants),
                DirectoryOptions.scratch(options),
                environment(options),
                QuotaOptions.of(options, defaults),
                engine(options),
                config(options));
    }

    private static HostConfig config(ParseResult options) {
        HostConfig config =
                InputFile.path(options, "--config").map(HostConfig::read).orElse(HostConfig.NONE);
        return options.hasMatchedOption("--require-signature")
                ? new HostConfig(
                        config.trust().withMode(TrustMode.ENFORCE), config.allowUnrequested())
                : config;
    }

    private static Grants grants(ParseResult options) {
        Grants grants = Grants.of("random", "env", "stdio", "sys:memory");
        List<String> texts = options.matchedOptionValue("--allow", List.of());
        for (String text : texts) {
            grants = grants.with(grant(text));
        }
        return grants;
    }

    private static Grant grant(String text) {
        try {
            return Grant.parse(text);
        } catch (UsageException unusable) {
            throw UsageProblem.ofOption("--allow", unusable);
        }
    }

    private static Map<String, String> environment(ParseResult options) {
        Map<String, String> environment = new LinkedHashMap<>();
        List<String> texts = options.matchedOptionValue("--env", List.of());
        for (String text : texts) {
            int equals = text.indexOf('=');
            if (equals < 1) {
                throw UsageProblem.ofOption(
                        "--env",
                        text,
                        "it is not of the form NAME=VALUE",
                        "write it like `LANG=C`");
            }
            environment.put(text.substring(0, equals), text.substring(equals + 1));
        }
        return environment;
    }

    private static EngineKind engine(ParseResult options) {
        String text = options.matchedOptionValue("--engine", "compiled");
        switch (text) {
            case "compiled":
                return EngineKind.COMPILED;
            case "interpreter":
                return EngineKind.INTERPRETER;
            default:
                throw UsageProblem.ofOption(
                        "--engine",
                        text,
                        "there is no such engine",
                        "the engines are `compiled` and `interpreter`");
        }
    }
}
