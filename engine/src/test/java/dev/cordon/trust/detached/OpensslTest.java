package dev.cordon.trust.detached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.cordon.trust.embedded.Vectors;
import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.SigningKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** OpenSSL on this machine, if there is one, reads what was written here. */
class OpensslTest {
    @TempDir Path folder;

    @ParameterizedTest
    @EnumSource(names = {"ECDSA_P256", "ECDSA_P384", "RSA"})
    void opensslVerifiesOurSignatures(KeyAlgorithm algorithm) throws Exception {
        TestPki.Holder root = TestPki.root(KeyAlgorithm.ECDSA_P256);
        Duration day = Duration.ofDays(1);
        Instant now = Instant.now();
        TestPki.Holder signer =
                TestPki.issue(root, algorithm, it -> it.period(now.minus(day), now.plus(day)));
        byte[] file =
                CmsSigner.sign(
                        Vectors.ADD, signer.key(), List.of(signer.certificate()), Optional.empty());
        Files.write(folder.resolve("add.wasm"), Vectors.ADD);
        Files.write(folder.resolve("add.wasm.p7s"), file);
        String pem =
                "-----BEGIN CERTIFICATE-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'})
                                .encodeToString(root.certificate().getEncoded())
                        + "\n-----END CERTIFICATE-----\n";
        Files.writeString(folder.resolve("root.pem"), pem);

        assertThat(
                        openssl(
                                "cms",
                                "-verify",
                                "-binary",
                                "-inform",
                                "DER",
                                "-in",
                                "add.wasm.p7s",
                                "-content",
                                "add.wasm",
                                "-CAfile",
                                "root.pem",
                                "-no_check_time",
                                "-purpose",
                                "any",
                                "-out",
                                "out"))
                .isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"ED25519", "ECDSA_P256", "RSA"})
    void opensslReadsOurKeys(KeyAlgorithm algorithm) throws Exception {
        SigningKey key = SigningKey.generate(algorithm);
        Files.writeString(folder.resolve("plain"), key.toPem());
        Files.writeString(folder.resolve("public"), key.publicPem());
        Files.writeString(folder.resolve("secret"), key.toEncryptedPem("word".toCharArray()));

        assertThat(openssl("pkey", "-in", "plain", "-noout")).isZero();
        assertThat(openssl("pkey", "-pubin", "-in", "public", "-noout")).isZero();
        assertThat(openssl("pkey", "-in", "secret", "-passin", "pass:word", "-noout")).isZero();
        assertThat(openssl("pkey", "-in", "secret", "-passin", "pass:no", "-noout")).isNotZero();
    }

    @Test
    void keysOfOpensslAreRead() throws Exception {
        for (String[] kind :
                List.of(
                        new String[] {"ED25519"},
                        new String[] {"EC", "-pkeyopt", "ec_paramgen_curve:P-384"},
                        new String[] {"RSA", "-pkeyopt", "rsa_keygen_bits:3072"})) {
            List<String> command =
                    new java.util.ArrayList<>(List.of("genpkey", "-out", "k", "-algorithm"));
            command.addAll(List.of(kind));
            openssl(command.toArray(String[]::new));
            openssl(
                    "pkcs8",
                    "-topk8",
                    "-in",
                    "k",
                    "-out",
                    "e",
                    "-passout",
                    "pass:word",
                    "-v2",
                    "aes-256-cbc");
            SigningKey plain =
                    SigningKey.read(Files.readAllBytes(folder.resolve("k")), Optional::empty, "k");
            SigningKey encrypted =
                    SigningKey.read(
                            Files.readAllBytes(folder.resolve("e")),
                            () -> Optional.of("word".toCharArray()),
                            "e");
            assertThat(plain.publicKey()).isEqualTo(encrypted.publicKey());
        }
    }

    @Test
    void opensslAnswersOurRequestForATimestamp() throws Exception {
        TestPki.Holder root = TestPki.root(KeyAlgorithm.ECDSA_P256);
        TestPki.Holder signer = TestPki.issue(root, KeyAlgorithm.ED25519, it -> it);
        byte[] file =
                CmsSigner.sign(
                        Vectors.ADD, signer.key(), List.of(signer.certificate()), Optional.empty());
        Files.write(folder.resolve("q.tsq"), TimestampExchange.request(file));

        assertThat(openssl("ts", "-query", "-in", "q.tsq", "-text")).isZero();
    }

    private int openssl(String... arguments) throws IOException, InterruptedException {
        List<String> command = new java.util.ArrayList<>(List.of("openssl"));
        command.addAll(List.of(arguments));
        Process process;
        try {
            process =
                    new ProcessBuilder(command)
                            .directory(folder.toFile())
                            .redirectErrorStream(true)
                            .redirectOutput(folder.resolve("log").toFile())
                            .start();
        } catch (IOException missing) {
            assumeThat(false).as("openssl is on this machine").isTrue();
            throw missing;
        }
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }
}
