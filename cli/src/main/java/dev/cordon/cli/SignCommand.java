package dev.cordon.cli;

import dev.cordon.trust.key.SigningKey;
import dev.cordon.trust.sign.PluginSigner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.ParseResult;

/** {@code cordon sign}. */
final class SignCommand {
    private static final String SIGNATURE_SUFFIX = ".p7s";
    private static final String STATEMENT_SUFFIX = ".signed";

    private final Console console;
    private final Passphrases passphrases;
    private final ParseResult options;
    private final Path input;

    SignCommand(Console console, Passphrases passphrases, ParseResult options) {
        this.console = console;
        this.passphrases = passphrases;
        this.options = options;
        this.input = CallTarget.of(options).file();
    }

    int run() throws IOException {
        Path signature = beside(SIGNATURE_SUFFIX);
        Optional<Path> request = InputFile.path(options, "--timestamp-request");
        if (request.isPresent()) {
            byte[] asked = PluginSigner.timestampRequest(InputFile.read(signature));
            return write(request.get(), asked, "a request for a timestamp");
        }
        Optional<Path> reply = InputFile.path(options, "--timestamp-reply");
        if (reply.isPresent()) {
            byte[] stamped =
                    PluginSigner.withTimestamp(
                            InputFile.read(signature), InputFile.read(reply.get()));
            return write(out(signature), stamped, "the signature with its timestamp");
        }
        SigningKey key = key();
        if (options.hasMatchedOption("--statement")) {
            byte[] signed = PluginSigner.statement(InputFile.read(input), List.of(key));
            return write(out(beside(STATEMENT_SUFFIX)), signed, "the signed statement");
        }
        return options.hasMatchedOption("--detached") ? detached(key, signature) : embedded(key);
    }

    private int embedded(SigningKey key) throws IOException {
        byte[] signed = PluginSigner.embedded(module(), key);
        return write(out(input), signed, "signed with key " + key.publicKey().id());
    }

    private int detached(SigningKey key, Path signature) throws IOException {
        if (options.hasMatchedOption("--manifest")) {
            throw UsageProblem.of(
                    "`--manifest` changes the module, and `--detached` does not",
                    "sign from inside first, with the manifest");
        }
        Path certificate =
                InputFile.path(options, "--certificate")
                        .orElseThrow(
                                () ->
                                        UsageProblem.of(
                                                "`--detached` needs `--certificate`",
                                                "docs/trust.md shows how to make one"));
        List<X509Certificate> chain =
                PluginSigner.certificates(InputFile.read(certificate), certificate.toString());
        Path target = out(signature);
        Optional<byte[]> earlier =
                Files.exists(target) ? Optional.of(InputFile.read(target)) : Optional.empty();
        byte[] file = PluginSigner.detached(InputFile.read(input), key, chain, earlier);
        return write(target, file, "signed with key " + key.publicKey().id());
    }

    private byte[] module() {
        byte[] module = InputFile.read(input);
        Optional<Path> manifest = InputFile.path(options, "--manifest");
        return manifest.isPresent()
                ? PluginSigner.withManifest(module, InputFile.read(manifest.get()))
                : module;
    }

    private SigningKey key() {
        Path file =
                InputFile.path(options, "--key")
                        .orElseThrow(
                                () ->
                                        UsageProblem.of(
                                                "`--key` is missing",
                                                "name the private key to sign with"));
        return SigningKey.read(InputFile.read(file), passphrases::existing, file.toString());
    }

    private Path out(Path usual) {
        return InputFile.path(options, "--out").orElse(usual);
    }

    private Path beside(String suffix) {
        return input.resolveSibling(input.getFileName() + suffix);
    }

    private int write(Path file, byte[] content, String what) throws IOException {
        OutputFile.replace(file, content);
        console.print(file + ": " + what + "\n");
        return ExitStatus.SUCCESS;
    }
}
