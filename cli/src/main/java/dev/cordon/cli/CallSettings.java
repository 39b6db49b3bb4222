package dev.cordon.cli;

import dev.cordon.EngineKind;
import dev.cordon.LoadOptions;
import dev.cordon.PluginEngine;
import dev.cordon.capability.Grant;
import dev.cordon.capability.Grants;
import dev.cordon.capability.Scratch;
import dev.cordon.error.CordonException;
import dev.cordon.error.UsageException;
import dev.cordon.quota.Quota;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/**
 * What the options of {@code run} and {@code call} say, with what the policy file says about the
 * plugin.
 *
 * @param target what is loaded
 * @param source the same, if it had to be read to find what the file says about it
 * @param load what it may do and use
 * @param quota the most that the call may use
 * @param engine how to execute it
 * @param config the host's policy
 */
record CallSettings(
        CallTarget target,
        Optional<PluginSource> source,
        LoadOptions load,
        Quota quota,
        EngineKind engine,
        HostConfig config) {

    /**
     * Reads the options.
     *
     * @param defaults the quota without options
     * @throws CordonException if one of them cannot be used, or a plugin that the policy file may
     *     speak of cannot be read
     */
    static CallSettings of(ParseResult options, Quota defaults) {
        CallTarget target = CallTarget.of(options);
        HostConfig config = config(options);
        Grants allowed = grants(options);
        Optional<PluginSource> source =
                config.plugins().entries().isEmpty()
                        ? Optional.empty()
                        : Optional.of(target.read());
        PluginEntry entry = source.map(it -> entry(config, it)).orElse(PluginEntry.NONE);
        return new CallSettings(
                target,
                source,
                load(options, entry, allowed),
                quota(options, entry, defaults),
                engine(options),
                config);
    }

    /** What the file says about the plugin; what cannot be inspected is refused when loaded. */
    private static PluginEntry entry(HostConfig config, PluginSource source) {
        try (PluginEngine engine = PluginEngine.builder().build()) {
            return config.plugins().of(source.facts(engine).manifest().id());
        } catch (CordonException refused) {
            return PluginEntry.NONE;
        }
    }

    /** The options add to what the file says. */
    private static LoadOptions load(ParseResult options, PluginEntry entry, Grants allowed) {
        Grants grants = allowed;
        for (Grant grant : entry.grants().orElse(Grants.none()).granted()) {
            grants = grants.with(grant);
        }
        List<String> denied = new ArrayList<>(entry.deny().orElse(List.of()));
        denied.addAll(options.matchedOptionValue("--deny", List.of()));
        List<Scratch> scratch = new ArrayList<>(entry.scratch().orElse(List.of()));
        scratch.addAll(DirectoryOptions.scratch(options));
        Map<String, String> environment = new LinkedHashMap<>(entry.environment().orElse(Map.of()));
        environment.putAll(environment(options));
        return entry.options(grants)
                .withGrants(grants)
                .withDirectoryRules(DirectoryOptions.rules("--deny", denied, grants))
                .withScratch(scratch)
                .withEnvironment(environment);
    }

    /** What the file sets is what holds unless an option lowers it. */
    private static Quota quota(ParseResult options, PluginEntry entry, Quota defaults) {
        Quota most = QuotaNames.set(Quota.widest(), entry.quota());
        return QuotaOptions.of(options, QuotaNames.set(defaults, entry.quota())).tighter(most);
    }

    /** The plugin, read once. */
    PluginSource read() {
        return source.orElseGet(target::read);
    }

    private static HostConfig config(ParseResult options) {
        HostConfig config =
                InputFile.path(options, "--config").map(HostConfig::read).orElse(HostConfig.NONE);
        return options.hasMatchedOption("--require-signature")
                ? config.requiringSignatures()
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

    static EngineKind engine(ParseResult options) {
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
