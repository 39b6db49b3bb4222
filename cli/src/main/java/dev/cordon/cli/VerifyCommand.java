package dev.cordon.cli;

import dev.cordon.PluginEngine;
import dev.cordon.Verification;
import dev.cordon.error.GuestText;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.RevocationCheck;
import dev.cordon.trust.TrustMode;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.key.PublisherKey;
import dev.cordon.trust.sign.PluginSigner;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ParseResult;

/** {@code cordon verify}. */
final class VerifyCommand {
    private static final int MAX_LINE = 1_000;
    private static final String OPTIONS = "the command line";

    private final Console console;
    private final ParseResult options;

    VerifyCommand(Console console, ParseResult options) {
        this.console = console;
        this.options = options;
    }

    int run() throws IOException {
        Verification verification;
        try (PluginEngine engine = PluginEngine.builder().trust(policy()).build()) {
            verification = engine.verify(CallTarget.of(options).file());
        }
        StringBuilder text = new StringBuilder();
        for (String line : verification.lines()) {
            text.append(GuestText.printable(line, MAX_LINE)).append('\n');
        }
        console.print(text.toString());
        return verification.verdict() instanceof Verdict.Rejected rejected
                ? ExitStatus.of(rejected.code())
                : ExitStatus.SUCCESS;
    }

    private TrustPolicy policy() {
        Optional<Path> config = InputFile.path(options, "--config");
        TrustPolicy policy =
                config.isPresent() ? HostConfig.read(config.get()).trust() : TrustPolicy.enforce();
        policy = policy.withMode(TrustMode.ENFORCE);
        Optional<Path> crls = InputFile.path(options, "--crls");
        policy = crls.isPresent() ? policy.withCrls(crls.get()) : policy;
        if (options.hasMatchedOption("--revocation")) {
            policy = policy.withRevocationCheck(revocation());
        }
        List<X509Certificate> timestamps = certificates("--timestamp-authority");
        policy = timestamps.isEmpty() ? policy : policy.withTimestamps(timestamps, false);
        return named() ? policy.withPublisher(publisher()) : policy;
    }

    private boolean named() {
        return options.hasMatchedOption("--key")
                || options.hasMatchedOption("--authority")
                || options.hasMatchedOption("--subject");
    }

    /** Whoever the options name may publish anything: the user asks about this file only. */
    private Publisher publisher() {
        Publisher publisher = Publisher.named(OPTIONS).withPlugins("*");
        for (String name : TrustSyntax.values(options, "--key")) {
            byte[] file = InputFile.read(InputFile.path("--key", name));
            publisher = publisher.withKey(PublisherKey.read(file, name));
        }
        Set<String> subjects = new LinkedHashSet<>(TrustSyntax.values(options, "--subject"));
        return publisher.withCertificates(subjects, certificates("--authority"));
    }

    private List<X509Certificate> certificates(String option) {
        List<X509Certificate> all = new ArrayList<>();
        for (String name : TrustSyntax.values(options, option)) {
            byte[] file = InputFile.read(InputFile.path(option, name));
            all.addAll(PluginSigner.certificates(file, name));
        }
        return all;
    }

    private RevocationCheck revocation() {
        String text = options.matchedOptionValue("--revocation", "");
        for (RevocationCheck check : RevocationCheck.values()) {
            if (check.name().toLowerCase(Locale.ROOT).equals(text)) {
                return check;
            }
        }
        throw UsageProblem.ofOption(
                "--revocation", text, "there is no such check", "choose hard, soft or off");
    }
}
