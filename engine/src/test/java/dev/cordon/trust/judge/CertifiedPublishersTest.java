package dev.cordon.trust.judge;

import static dev.cordon.trust.judge.Fixtures.ACME;
import static dev.cordon.trust.judge.Fixtures.NOW;
import static dev.cordon.trust.judge.Fixtures.OTHER;
import static dev.cordon.trust.judge.Fixtures.module;
import static dev.cordon.trust.judge.Fixtures.policy;
import static dev.cordon.trust.judge.Fixtures.rejects;
import static dev.cordon.trust.judge.Fixtures.verifies;
import static org.assertj.core.api.Assertions.assertThat;

import dev.cordon.bundle.PluginBundle;
import dev.cordon.error.ErrorCode;
import dev.cordon.trust.Publisher;
import dev.cordon.trust.RevocationCheck;
import dev.cordon.trust.TrustPolicy;
import dev.cordon.trust.Verdict;
import dev.cordon.trust.detached.CmsSigner;
import dev.cordon.trust.detached.TestPki;
import dev.cordon.trust.detached.TestTime;
import dev.cordon.trust.key.KeyAlgorithm;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.bouncycastle.asn1.x509.CRLReason;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CertifiedPublishersTest {
    private static final byte[] MODULE = module("acme.tool", "1.0.0", 1, "");
    private static final TestPki.Holder ROOT = TestPki.root(KeyAlgorithm.ECDSA_P256);
    private static final TestPki.Holder SIGNER = TestPki.issue(ROOT, ACME, it -> it);
    private static final String SUBJECT = "O=Acme,CN=Acme Plugins";

    @TempDir Path folder;

    @BeforeEach
    void publishList() {
        Fixtures.write(folder.resolve("crls/root.crl"), TestPki.list(ROOT));
    }

    @Test
    void aCertificateOfThePublisherCounts() {
        Verdict verdict = new TrustJudge(certified()).judge(signedBy(SIGNER)).verdict();

        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Verified.class,
                        it ->
                                assertThat(it.signers().get(0).chain())
                                        .containsExactly(SIGNER.certificate(), ROOT.certificate()));
    }

    @Test
    void anotherSubjectOfTheSameAuthorityDoesNot() {
        TestPki.Holder other = TestPki.issue(ROOT, OTHER, it -> it.subject("CN=Other,O=Acme"));
        rejects(certified(), signedBy(other), ErrorCode.UNTRUSTED_KEY);
    }

    @Test
    void theSameSubjectOfAnotherAuthorityDoesNot() {
        TestPki.Holder impostor = TestPki.root(KeyAlgorithm.ECDSA_P256);
        TestPki.Holder twin = TestPki.issue(impostor, OTHER, it -> it);
        rejects(certified(), signedBy(twin), ErrorCode.CHAIN_INVALID);
    }

    @Test
    void ofTwoSignersTheTrustedOneHasToBeGood() {
        TestPki.Holder stranger = TestPki.issue(ROOT, OTHER, it -> it.subject("CN=Other"));
        byte[] first = cms(MODULE, SIGNER, Optional.empty());
        byte[] both = cms(MODULE, stranger, Optional.of(first));
        byte[] broken = both.clone();
        byte[] signature = signatureOf(first);
        int at = indexOf(broken, signature);
        broken[at + signature.length - 1] ^= 1;

        verifies(certified(), Fixtures.bundle(folder, MODULE, both));
        assertThat(
                        new TrustJudge(certified())
                                .examine(Fixtures.bundle(folder, MODULE, broken))
                                .verdict())
                .isInstanceOf(Verdict.Rejected.class);
    }

    @Test
    void everyFaultOfACertificateHasItsCode() {
        Duration day = Duration.ofDays(1);
        rejects(
                certified(),
                signedBy(
                        TestPki.issue(
                                ROOT,
                                ACME,
                                it -> it.timestamping().subject("CN=Acme Plugins,O=Acme"))),
                ErrorCode.WRONG_KEY_USAGE);
        TestPki.Holder expired = TestPki.issue(ROOT, KeyAlgorithm.ED25519, it -> expired(it, day));
        rejects(certified(), signedBy(expired), ErrorCode.CERTIFICATE_EXPIRED);
        Fixtures.write(
                folder.resolve("crls/root.crl"),
                TestPki.listWith(ROOT, SIGNER.certificate(), CRLReason.keyCompromise, NOW));
        rejects(certified(), signedBy(SIGNER), ErrorCode.CERTIFICATE_REVOKED);
        Fixtures.write(folder.resolve("crls/root.crl"), new byte[3]);
        rejects(certified(), signedBy(SIGNER), ErrorCode.REVOCATION_UNKNOWN);
        TrustPolicy elsewhere = certified().withCrls(folder.resolve("nowhere"));
        rejects(elsewhere, signedBy(SIGNER), ErrorCode.REVOCATION_UNKNOWN);
        verifies(policy(publisher()).withRevocationCheck(RevocationCheck.OFF), signedBy(SIGNER));
    }

    private static TestPki.Request expired(TestPki.Request request, Duration day) {
        return TestPki.period(request, NOW.minus(day.multipliedBy(9)), NOW.minus(day));
    }

    @Test
    void aTimestampKeepsAnExpiredCertificateGood() {
        Duration day = Duration.ofDays(1);
        TestPki.Holder time = TestPki.issue(ROOT, OTHER, TestPki.Request::timestamping);
        TestPki.Holder old = TestPki.issue(ROOT, KeyAlgorithm.ECDSA_P256, it -> expired(it, day));
        byte[] plain = cms(MODULE, old, Optional.empty());
        byte[] stamped = TestTime.stamp(plain, time, NOW.minus(day.multipliedBy(2)));
        TrustPolicy dated = certified().withTimestamps(List.of(ROOT.certificate()), true);

        verifies(dated, Fixtures.bundle(folder, MODULE, stamped));
        rejects(
                certified(),
                Fixtures.bundle(folder, MODULE, stamped),
                ErrorCode.CERTIFICATE_EXPIRED);
        rejects(dated, Fixtures.bundle(folder, MODULE, plain), ErrorCode.TIMESTAMP_INVALID);
    }

    @Test
    void aListOfRevocationsCanNameACertificate() {
        String more =
                ",\"certificates\":[{\"issuer\":\"CN=Root\",\"serial\":\"%s\"}]"
                        .formatted(SIGNER.certificate().getSerialNumber().toString(16));
        Path list = folder.resolve("revocations.json");
        Fixtures.write(list, Fixtures.revocations(1, NOW.plusSeconds(9), more, OTHER));
        rejects(
                certified().withRevocations(list, Set.of(OTHER.publicKey())),
                signedBy(SIGNER),
                ErrorCode.REVOKED);
    }

    @Test
    void aNewListOfTheAuthorityStopsWhatRuns() {
        TrustJudge judge = new TrustJudge(certified());
        TrustedBundle running = judge.judge(signedBy(SIGNER));
        Fixtures.write(
                folder.resolve("crls/root.crl"),
                TestPki.listWith(ROOT, SIGNER.certificate(), CRLReason.keyCompromise, NOW));
        judge.recheck();

        assertThat(running.objection(running.bundle().digest().hex()))
                .hasValueSatisfying(
                        it -> assertThat(it.code()).isEqualTo(ErrorCode.CERTIFICATE_REVOKED));
    }

    @Test
    void anOldReleaseOfAnEarlierCertificateIsARollback() {
        TrustPolicy policy = certified().withState(folder.resolve("state"));
        TestPki.Holder renewed = TestPki.issue(ROOT, OTHER, it -> it);
        byte[] next = module("acme.tool", "2.0.0", 2, "");
        Fixtures.accept(
                policy, Fixtures.bundle(folder, next, cms(next, renewed, Optional.empty())));

        rejects(policy, signedBy(SIGNER), ErrorCode.ROLLBACK);
    }

    private TrustPolicy certified() {
        return policy(publisher()).withCrls(folder.resolve("crls"));
    }

    private static Publisher publisher() {
        return Publisher.named("acme")
                .withCertificates(Set.of(SUBJECT), List.of(ROOT.certificate()))
                .withPlugins("acme.*");
    }

    private PluginBundle signedBy(TestPki.Holder holder) {
        return Fixtures.bundle(folder, MODULE, cms(MODULE, holder, Optional.empty()));
    }

    private static byte[] cms(byte[] module, TestPki.Holder holder, Optional<byte[]> earlier) {
        return CmsSigner.sign(module, holder.key(), List.of(holder.certificate()), earlier);
    }

    private static byte[] signatureOf(byte[] file) {
        return java.util.Arrays.copyOfRange(file, file.length - 64, file.length);
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = 0; i <= bytes.length - part.length; i++) {
            if (java.util.Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        throw new IllegalStateException("not there");
    }
}
