package dev.cordon.trust.detached;

import static dev.cordon.trust.detached.TestPki.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.embedded.Vectors;
import dev.cordon.trust.key.KeyAlgorithm;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class TimestampsTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final Instant AT = NOW.minus(DAY);
    private static final TestPki.Holder ROOT =
            TestPki.root(KeyAlgorithm.ECDSA_P256, "CN=Time Root");
    private static final TestPki.Holder TIME =
            TestPki.issue(ROOT, KeyAlgorithm.ECDSA_P256, TestPki.Request::timestamping);
    private static final TestPki.Holder ACME =
            TestPki.issue(ROOT, KeyAlgorithm.ECDSA_P256, it -> it);
    private static final byte[] FILE =
            CmsSigner.sign(Vectors.ADD, ACME.key(), List.of(ACME.certificate()), Optional.empty());

    @Test
    void aTimestampTellsWhenASignatureExisted() {
        byte[] stamped = TestTime.stamp(FILE, TIME, AT);
        assertThat(time(stamped)).contains(AT);
        assertThat(time(FILE)).isEmpty();
    }

    @Test
    void otherHashesOfTheSha2FamilyCount() {
        assertThat(time(TestTime.stamp(FILE, TIME, AT, "SHA-512"))).contains(AT);
        refuses(TestTime.stamp(FILE, TIME, AT, "SHA-1"), "uses the hash");
    }

    @Test
    void aMakerWithoutTheUseIsRefused() {
        TestPki.Holder plain =
                TestPki.issue(
                        ROOT,
                        TIME.key(),
                        it ->
                                it.subject("CN=Time")
                                        .purposes(false, KeyPurposeId.id_kp_timeStamping));
        TestPki.Holder both =
                TestPki.issue(
                        ROOT,
                        TIME.key(),
                        it ->
                                it.subject("CN=Time")
                                        .purposes(
                                                true,
                                                KeyPurposeId.id_kp_timeStamping,
                                                KeyPurposeId.id_kp_codeSigning));
        for (TestPki.Holder wrong : List.of(ACME, plain, both)) {
            refuses(TestTime.stamp(FILE, wrong, AT), "xtended");
        }
    }

    @Test
    void aTimestampOfAnotherSignatureIsRefused() {
        byte[] other = TestTime.token("other".getBytes(), TIME, AT, "SHA-256");
        refuses(TestTime.attach(FILE, other), "is over another signature");
    }

    @Test
    void aStrangersTimestampIsRefused() {
        TestPki.Holder root = TestPki.root(KeyAlgorithm.ECDSA_P256, "CN=Time Root");
        TestPki.Holder time =
                TestPki.issue(root, KeyAlgorithm.ECDSA_P256, TestPki.Request::timestamping);
        refuses(TestTime.stamp(FILE, time, AT), "nobody who is trusted issued");
    }

    @Test
    void aTimestampFromTheFutureIsRefused() {
        refuses(TestTime.stamp(FILE, TIME, NOW.plus(DAY)), "is from the future");
    }

    @Test
    void aRevokedMakerIsRefused() {
        byte[] stamped = TestTime.stamp(FILE, TIME, AT);
        byte[] list = TestPki.listWith(ROOT, TIME.certificate(), CRLReason.keyCompromise, NOW);
        refuses(stamped, list, "was revoked");
    }

    @Test
    void aTimeBeforeTheSignersCertificateIsRefused() {
        byte[] stamped = TestTime.stamp(FILE, TIME, NOW.minus(DAY.multipliedBy(29)));
        TestPki.Holder late =
                TestPki.issue(ROOT, KeyAlgorithm.ECDSA_P256, it -> it.period(AT, NOW.plus(DAY)));
        byte[] file =
                CmsSigner.sign(
                        Vectors.ADD, late.key(), List.of(late.certificate()), Optional.empty());
        byte[] early = TestTime.stamp(file, TIME, NOW.minus(DAY.multipliedBy(2)));
        CmsSignature signature = signature(early);
        Optional<Instant> at = authorities(TestPki.list(ROOT)).timestamp(signature, rules());

        assertThat(time(stamped)).isPresent();
        Rejection refused =
                catchThrowableOfType(
                        Rejection.class,
                        () -> authorities(TestPki.list(ROOT)).certify(signature, at, rules()));
        assertThat(refused.code()).isEqualTo(ErrorCode.CERTIFICATE_NOT_YET_VALID);
    }

    private static Optional<Instant> time(byte[] file) {
        return authorities(TestPki.list(ROOT)).timestamp(signature(file), rules());
    }

    private static void refuses(byte[] file, String why) {
        refuses(file, TestPki.list(ROOT), why);
    }

    private static void refuses(byte[] file, byte[] list, String why) {
        Rejection refused =
                catchThrowableOfType(
                        Rejection.class,
                        () -> authorities(list).timestamp(signature(file), rules()));
        assertThat(refused).as("was believed").isNotNull();
        assertThat(refused.code()).isEqualTo(ErrorCode.TIMESTAMP_INVALID);
        assertThat(refused.detail()).contains(why);
    }

    private static Authorities authorities(byte[] list) {
        return new Authorities(List.of(ROOT.certificate()), CertificateLists.of(List.of(list)));
    }

    private static CertificateRules rules() {
        return new CertificateRules(3_072, CertificateRules.Revocation.HARD, NOW);
    }

    private static CmsSignature signature(byte[] file) {
        return CmsVerifier.verify(Vectors.ADD, file, 3_072).get(0).signature().orElseThrow();
    }
}
