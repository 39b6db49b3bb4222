package dev.cordon.cli;

import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.SigningKey;
import dev.cordon.trust.sign.TestAuthority;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import picocli.CommandLine.ParseResult;

/** {@code cordon keygen}. */
final class KeygenCommand {
    private final Console console;
    private final Passphrases passphrases;

    KeygenCommand(Console console, Passphrases passphrases) {
        this.console = console;
        this.passphrases = passphrases;
    }

    int run(ParseResult options) throws IOException {
        Path name = CallTarget.of(options).file();
        if (options.hasMatchedOption("--test-authority")) {
            return testAuthority(name);
        }
        SigningKey key = SigningKey.generate(algorithm(options));
        String secret = options.hasMatchedOption("--encrypt") ? encrypted(key) : key.toPem();
        Path secretFile = name.resolveSibling(name.getFileName() + ".key");
        Path publicFile = name.resolveSibling(name.getFileName() + ".pub");
        if (Files.exists(publicFile)) {
            throw UsageProblem.of(
                    UsageProblem.quoted(publicFile.toString()) + " exists already",
                    "choose another name; keys are never replaced");
        }
        OutputFile.createSecret(secretFile, secret);
        OutputFile.create(publicFile, key.publicPem());
        console.print(
                "private key: "
                        + secretFile
                        + "\npublic key:  "
                        + publicFile
                        + "\nkey id:      "
                        + key.publicKey().id()
                        + "\n");
        return ExitStatus.SUCCESS;
    }

    private String encrypted(SigningKey key) {
        char[] passphrase = passphrases.chosen();
        try {
            return key.toEncryptedPem(passphrase);
        } finally {
            Arrays.fill(passphrase, '\0');
        }
    }

    private static KeyAlgorithm algorithm(ParseResult options) {
        String text = options.matchedOptionValue("--algorithm", KeyAlgorithm.ED25519.text());
        return KeyAlgorithm.of(text)
                .orElseThrow(
                        () ->
                                UsageProblem.ofOption(
                                        "--algorithm",
                                        text,
                                        "there is no such algorithm",
                                        "choose one of " + KeyAlgorithm.names()));
    }

    private int testAuthority(Path folder) throws IOException {
        TestAuthority made = TestAuthority.create(Instant.now());
        Path crls = folder.resolve("crls");
        try {
            Files.createDirectories(crls);
        } catch (IOException unwritable) {
            throw UsageProblem.of(
                    UsageProblem.quoted(folder.toString()) + " cannot be made",
                    "name a place where this process may write");
        }
        OutputFile.createSecret(folder.resolve("authority.key"), made.authorityKey());
        OutputFile.create(folder.resolve("authority.pem"), made.authority());
        OutputFile.createSecret(folder.resolve("signer.key"), made.signerKey());
        OutputFile.create(folder.resolve("signer.pem"), made.signer());
        OutputFile.create(crls.resolve("authority.crl"), made.list());
        console.print(
                "authority:   "
                        + folder.resolve("authority.pem")
                        + "\nsigner:      "
                        + folder.resolve("signer.pem")
                        + " (`"
                        + TestAuthority.SUBJECT
                        + "`)\nrevocations: "
                        + crls
                        + "\nfor tests only\n");
        return ExitStatus.SUCCESS;
    }
}
