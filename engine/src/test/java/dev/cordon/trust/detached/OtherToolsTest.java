package dev.cordon.trust.detached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.embedded.Vectors;
import dev.cordon.trust.key.PublisherKey;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that OpenSSL and minisign wrote; {@code make.sh} beside them says how. */
class OtherToolsTest {
    private static final CertificateRules RULES =
            new CertificateRules(
                    3_072, CertificateRules.Revocation.HARD, Instant.parse("2027-01-01T00:00:00Z"));

    @ParameterizedTest
    @ValueSource(strings = {"p256", "p384", "rsa", "pss"})
    void signaturesOfOpensslAreBelieved(String name) {
        CmsSignature signature = signature("openssl/" + name + ".p7s");

        assertThat(authorities().certify(signature, Optional.empty(), RULES).chain()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource({
        "attached, MALFORMED_SIGNATURE",
        "noattr, MALFORMED_SIGNATURE",
        "sha1, ALGORITHM_NOT_ALLOWED"
    })
    void whatOpensslSignsInOtherWaysIsRefused(String name, ErrorCode code) {
        assertThat(codeOf(() -> signature("openssl/" + name + ".p7s"))).isEqualTo(code);
    }

    @Test
    void timestampsOfOpensslAreBelieved() {
        byte[] file = file("openssl/p256.p7s");
        byte[] stamped = TimestampExchange.attach(file, file("openssl/p256.tsr"));
        Optional<Instant> at = authorities().timestamp(first(stamped), RULES);

        assertThat(at).hasValueSatisfying(it -> assertThat(it).isBefore(RULES.now()));
        assertThat(
                        codeOf(
                                () ->
                                        TimestampExchange.attach(
                                                file("openssl/p384.p7s"),
                                                file("openssl/p256.tsr"))))
                .isEqualTo(ErrorCode.TIMESTAMP_INVALID);
    }

    @Test
    void signaturesOfMinisignAreBelieved() {
        PublisherKey key = PublisherKey.read(file("minisign/m.pub"), "m.pub");
        byte[] signature = file("minisign/add.wasm.minisig");
        byte[] other = Arrays.copyOf(Vectors.ADD, Vectors.ADD.length + 1);

        assertThat(Minisign.verify(Vectors.ADD, signature, List.of(key))).containsExactly(key);
        assertThat(Minisign.verify(other, signature, List.of(key))).isEmpty();
        assertThat(Minisign.verify(Vectors.ADD, signature, List.of(Vectors.KEY_1.publicKey())))
                .isEmpty();
    }

    @Test
    void aChangedTrustedCommentIsNoticed() {
        PublisherKey key = PublisherKey.read(file("minisign/m.pub"), "m.pub");
        String text = new String(file("minisign/add.wasm.minisig"));

        assertThat(
                        Minisign.verify(
                                Vectors.ADD,
                                text.replace("trusted text", "trusted lies").getBytes(),
                                List.of(key)))
                .isEmpty();
    }

    @Test
    void theOldFormOfMinisignIsRefused() {
        assertThat(
                        codeOf(
                                () ->
                                        Minisign.verify(
                                                Vectors.ADD,
                                                file("minisign/legacy.minisig"),
                                                List.of())))
                .isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "untrusted comment: x", "a\nb\nc\nd\n"})
    void otherTextsAreNoSignaturesOfMinisign(String text) {
        assertThat(codeOf(() -> Minisign.verify(Vectors.ADD, text.getBytes(), List.of())))
                .isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
    }

    private static CmsSignature signature(String name) {
        return first(file(name));
    }

    private static CmsSignature first(byte[] file) {
        CmsVerifier.Outcome outcome = CmsVerifier.verify(Vectors.ADD, file, 3_072).get(0);
        outcome.rejection()
                .ifPresent(
                        it -> {
                            throw it;
                        });
        return outcome.signature().orElseThrow();
    }

    private static Authorities authorities() {
        try {
            X509Certificate root =
                    (X509Certificate)
                            CertificateFactory.getInstance("X.509")
                                    .generateCertificate(
                                            new ByteArrayInputStream(file("openssl/root.pem")));
            return new Authorities(
                    List.of(root), CertificateLists.of(List.of(file("openssl/root.crl"))));
        } catch (java.security.cert.CertificateException e) {
            throw new IllegalStateException(e);
        }
    }

    private static byte[] file(String name) {
        try (InputStream in = OtherToolsTest.class.getResourceAsStream("/trust/" + name)) {
            return Objects.requireNonNull(in, name).readAllBytes();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static ErrorCode codeOf(Runnable action) {
        Rejection refused = catchThrowableOfType(Rejection.class, action::run);
        assertThat(refused).as("was believed").isNotNull();
        return refused.code();
    }
}
