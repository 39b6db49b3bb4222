package dev.cordon.trust.detached;

import static dev.cordon.trust.detached.TestPki.NOW;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.embedded.Vectors;
import dev.cordon.trust.key.KeyAlgorithm;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERNull;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.CRLReason;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralSubtree;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.NameConstraints;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CertificatesTest {
    private static final Duration DAY = Duration.ofDays(1);
    private static final TestPki.Holder ROOT = TestPki.root(KeyAlgorithm.ECDSA_P256);
    private static final byte[] LIST = TestPki.list(ROOT);

    @ParameterizedTest
    @EnumSource
    void aChainOfEveryKindOfKeyIsBelieved(KeyAlgorithm algorithm) {
        TestPki.Holder root = TestPki.root(algorithm);
        TestPki.Holder middle =
                TestPki.issue(root, algorithm, it -> it.subject("CN=Middle").authority(0));
        TestPki.Holder leaf = TestPki.issue(middle, algorithm, it -> it);
        List<byte[]> lists = List.of(TestPki.list(root), TestPki.list(middle));

        assertThat(certify(leaf, List.of(middle), root, lists).chain())
                .containsExactly(leaf.certificate(), middle.certificate(), root.certificate());
    }

    @Test
    void periodsAreKept() {
        assertThat(code(it -> it.period(NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY))))
                .isEqualTo(ErrorCode.CERTIFICATE_EXPIRED);
        assertThat(code(it -> it.period(NOW.plus(DAY), NOW.plus(DAY.multipliedBy(9)))))
                .isEqualTo(ErrorCode.CERTIFICATE_NOT_YET_VALID);
    }

    @Test
    void aProvedTimeOfSigningCountsForThePeriod() {
        TestPki.Holder leaf =
                TestPki.issue(
                        ROOT,
                        KeyAlgorithm.ED25519,
                        it -> it.period(NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY)));
        Instant inside = NOW.minus(DAY.multipliedBy(2));
        Instant before = NOW.minus(DAY.multipliedBy(10));

        assertThat(certify(leaf, Optional.of(inside), List.of(LIST)).signedAt()).contains(inside);
        assertThat(codeOf(() -> certify(leaf, Optional.of(before), List.of(LIST))))
                .isEqualTo(ErrorCode.CERTIFICATE_NOT_YET_VALID);
    }

    @Test
    void revocationNeedsAFreshListOfTheIssuer() {
        TestPki.Holder leaf = TestPki.issue(ROOT, KeyAlgorithm.ED25519, it -> it);
        TestPki.Holder stranger = TestPki.root(KeyAlgorithm.ECDSA_P256);
        byte[] old = TestPki.list(ROOT, NOW.minus(DAY.multipliedBy(9)), NOW.minus(DAY));
        byte[] future = TestPki.list(ROOT, NOW.plus(DAY), NOW.plus(DAY.multipliedBy(9)));

        for (List<byte[]> lists :
                List.of(
                        List.<byte[]>of(),
                        List.of(old),
                        List.of(future),
                        List.of(TestPki.list(stranger)))) {
            assertThat(codeOf(() -> certify(leaf, Optional.empty(), lists)))
                    .isEqualTo(ErrorCode.REVOCATION_UNKNOWN);
        }
        assertThat(certify(leaf, Optional.empty(), List.of(old, LIST)).chain()).hasSize(2);
    }

    @Test
    void aRevokedCertificateIsRefused() {
        TestPki.Holder leaf = TestPki.issue(ROOT, KeyAlgorithm.ED25519, it -> it);
        byte[] list = listWith(leaf, CRLReason.keyCompromise, NOW.minus(DAY));
        byte[] old =
                TestPki.list(
                        ROOT,
                        NOW.minus(DAY.multipliedBy(9)),
                        NOW.minus(DAY),
                        leaf.certificate(),
                        CRLReason.unspecified,
                        NOW.minus(DAY.multipliedBy(9)));

        assertThat(codeOf(() -> certify(leaf, Optional.empty(), List.of(list))))
                .isEqualTo(ErrorCode.CERTIFICATE_REVOKED);
        assertThat(codeOf(() -> certify(leaf, Optional.empty(), List.of(LIST, old))))
                .as("what an old list says stays true")
                .isEqualTo(ErrorCode.CERTIFICATE_REVOKED);
    }

    @Test
    void onlyHarmlessReasonsSpareWhatWasSignedBefore() {
        TestPki.Holder leaf = TestPki.issue(ROOT, KeyAlgorithm.ED25519, it -> it);
        Optional<Instant> before = Optional.of(NOW.minus(DAY.multipliedBy(3)));
        Optional<Instant> after = Optional.of(NOW.minus(DAY));
        Instant revoked = NOW.minus(DAY.multipliedBy(2));
        byte[] superseded = listWith(leaf, CRLReason.superseded, revoked);
        byte[] stolen = listWith(leaf, CRLReason.keyCompromise, revoked);

        assertThat(certify(leaf, before, List.of(superseded)).chain()).hasSize(2);
        for (Runnable refused :
                List.<Runnable>of(
                        () -> certify(leaf, after, List.of(superseded)),
                        () -> certify(leaf, Optional.empty(), List.of(superseded)),
                        () -> certify(leaf, before, List.of(stolen)))) {
            assertThat(codeOf(refused)).isEqualTo(ErrorCode.CERTIFICATE_REVOKED);
        }
    }

    @Test
    void aRevokedAuthorityRevokesWhatItIssued() {
        TestPki.Holder middle =
                TestPki.issue(ROOT, KeyAlgorithm.ECDSA_P256, it -> it.subject("CN=M").authority(0));
        TestPki.Holder leaf = TestPki.issue(middle, KeyAlgorithm.ED25519, it -> it);
        byte[] list = listWith(middle, CRLReason.cACompromise, NOW.minus(DAY));

        assertThat(
                        codeOf(
                                () ->
                                        certify(
                                                leaf,
                                                List.of(middle),
                                                ROOT,
                                                List.of(list, TestPki.list(middle)))))
                .isEqualTo(ErrorCode.CERTIFICATE_REVOKED);
    }

    @Test
    void softRevocationStillRefusesWhatIsListed() {
        TestPki.Holder leaf = TestPki.issue(ROOT, KeyAlgorithm.ED25519, it -> it);
        byte[] list = listWith(leaf, CRLReason.keyCompromise, NOW.minus(DAY));
        CertificateRules soft = new CertificateRules(3_072, CertificateRules.Revocation.SOFT, NOW);

        assertThat(certify(leaf, List.of(), ROOT, List.of(), Optional.empty(), soft).chain())
                .hasSize(2);
        assertThat(
                        codeOf(
                                () ->
                                        certify(
                                                leaf,
                                                List.of(),
                                                ROOT,
                                                List.of(list),
                                                Optional.empty(),
                                                soft)))
                .isEqualTo(ErrorCode.CERTIFICATE_REVOKED);
    }

    @Test
    void aCertificateForAnotherUseIsRefused() {
        List<UnaryOperator<TestPki.Request>> wrong =
                List.of(
                        it -> it.purposes(false, KeyPurposeId.id_kp_serverAuth),
                        it ->
                                it.purposes(
                                        false,
                                        KeyPurposeId.id_kp_codeSigning,
                                        KeyPurposeId.anyExtendedKeyUsage),
                        it -> it.purposes(false, KeyPurposeId.anyExtendedKeyUsage),
                        TestPki.Request::noPurposes,
                        it -> it.usage(null),
                        it -> it.usage(KeyUsage.keyEncipherment));
        for (UnaryOperator<TestPki.Request> request : wrong) {
            assertThat(code(request)).isEqualTo(ErrorCode.WRONG_KEY_USAGE);
        }
        assertThat(
                        certify(
                                        TestPki.issue(
                                                ROOT,
                                                KeyAlgorithm.ED25519,
                                                it ->
                                                        it.purposes(
                                                                true,
                                                                KeyPurposeId.id_kp_codeSigning)),
                                        Optional.empty(),
                                        List.of(LIST))
                                .chain())
                .hasSize(2);
    }

    @Test
    void anIssuerThatIsNoAuthorityIsRefused() {
        for (UnaryOperator<TestPki.Request> wrong :
                List.<UnaryOperator<TestPki.Request>>of(
                        it -> it.subject("CN=M"),
                        it -> it.subject("CN=M").usage(KeyUsage.keyCertSign | KeyUsage.cRLSign),
                        it -> it.subject("CN=M").authority(0).usage(KeyUsage.digitalSignature))) {
            TestPki.Holder middle = TestPki.issue(ROOT, KeyAlgorithm.ECDSA_P256, wrong);
            TestPki.Holder leaf = TestPki.issue(middle, KeyAlgorithm.ED25519, it -> it);
            assertThat(
                            codeOf(
                                    () ->
                                            certify(
                                                    leaf,
                                                    List.of(middle),
                                                    ROOT,
                                                    List.of(LIST, TestPki.list(middle)))))
                    .isEqualTo(ErrorCode.CHAIN_INVALID);
        }
    }

    @Test
    void lengthsOfPathsAreKept() {
        TestPki.Holder first =
                TestPki.issue(ROOT, KeyAlgorithm.ECDSA_P256, it -> it.subject("CN=1").authority(0));
        TestPki.Holder second =
                TestPki.issue(
                        first, KeyAlgorithm.ECDSA_P256, it -> it.subject("CN=2").authority(-1));
        TestPki.Holder leaf = TestPki.issue(second, KeyAlgorithm.ED25519, it -> it);
        List<byte[]> lists = List.of(LIST, TestPki.list(first), TestPki.list(second));

        assertThat(codeOf(() -> certify(leaf, List.of(first, second), ROOT, lists)))
                .isEqualTo(ErrorCode.CHAIN_INVALID);
    }

    @Test
    void longChainsAndCirclesAreRefused() {
        List<TestPki.Holder> chain = new ArrayList<>();
        TestPki.Holder last = ROOT;
        for (int i = 0; i < 4; i++) {
            String name = "CN=" + i;
            last =
                    TestPki.issue(
                            last, KeyAlgorithm.ECDSA_P256, it -> it.subject(name).authority(-1));
            chain.add(last);
        }
        TestPki.Holder leaf = TestPki.issue(last, KeyAlgorithm.ED25519, it -> it);
        TestPki.Holder stranger = TestPki.root(KeyAlgorithm.ECDSA_P256, "CN=Stranger");
        TestPki.Holder foreign = TestPki.issue(stranger, KeyAlgorithm.ED25519, it -> it);

        assertThat(codeOf(() -> certify(leaf, chain, ROOT, List.of(LIST))))
                .isEqualTo(ErrorCode.CHAIN_INVALID);
        assertThat(codeOf(() -> certify(foreign, List.of(stranger), ROOT, List.of(LIST))))
                .isEqualTo(ErrorCode.CHAIN_INVALID);
    }

    @Test
    void namesOutsideOfWhatAnAuthorityMayNameAreRefused() {
        GeneralSubtree acme = new GeneralSubtree(new GeneralName(new X500Name("O=Acme")));
        NameConstraints only = new NameConstraints(new GeneralSubtree[] {acme}, null);
        TestPki.Holder middle =
                TestPki.issue(
                        ROOT,
                        KeyAlgorithm.ECDSA_P256,
                        it ->
                                it.subject("O=Acme,CN=M")
                                        .authority(0)
                                        .critical(Extension.nameConstraints, only));
        TestPki.Holder inside =
                TestPki.issue(middle, KeyAlgorithm.ED25519, it -> it.subject("O=Acme,CN=A"));
        TestPki.Holder outside =
                TestPki.issue(middle, KeyAlgorithm.ED25519, it -> it.subject("O=Evil,CN=A"));
        List<byte[]> lists = List.of(LIST, TestPki.list(middle));

        assertThat(certify(inside, List.of(middle), ROOT, lists).chain()).hasSize(3);
        assertThat(codeOf(() -> certify(outside, List.of(middle), ROOT, lists)))
                .isEqualTo(ErrorCode.CHAIN_INVALID);
    }

    @Test
    void anUnknownCriticalExtensionIsRefused() {
        assertThat(code(it -> it.critical(new ASN1ObjectIdentifier("1.2.3.4"), DERNull.INSTANCE)))
                .isEqualTo(ErrorCode.CHAIN_INVALID);
    }

    @Test
    void sameNameWithAnotherKeyIsRefused() {
        TestPki.Holder impostor = TestPki.root(KeyAlgorithm.ECDSA_P256);
        TestPki.Holder leaf = TestPki.issue(impostor, KeyAlgorithm.ED25519, it -> it);

        assertThat(codeOf(() -> certify(leaf, List.of(impostor), ROOT, List.of(LIST))))
                .isEqualTo(ErrorCode.CHAIN_INVALID);
    }

    @Test
    void weakSignaturesOfAuthoritiesAreRefused() {
        assertThat(code(it -> it.signature("SHA1withECDSA")))
                .isEqualTo(ErrorCode.ALGORITHM_NOT_ALLOWED);
    }

    @Test
    void weakKeysOfAuthoritiesAreRefused() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA", BouncyCastle.PROVIDER);
        generator.initialize(1024);
        KeyPair weak = generator.generateKeyPair();
        X509Certificate root =
                TestPki.certificate(
                        new TestPki.Request().subject("CN=Weak").authority(-1),
                        new X500Name("CN=Weak"),
                        weak.getPrivate(),
                        weak.getPublic());
        X509Certificate leaf =
                TestPki.certificate(
                        new TestPki.Request(),
                        new X500Name("CN=Weak"),
                        weak.getPrivate(),
                        Vectors.KEY_1.publicKey().jca());
        TestPki.Holder signer = new TestPki.Holder(Vectors.KEY_1, leaf);

        assertThat(
                        codeOf(
                                () ->
                                        certify(
                                                signer,
                                                List.of(),
                                                new TestPki.Holder(Vectors.KEY_2, root),
                                                List.of())))
                .isEqualTo(ErrorCode.WEAK_KEY);
    }

    private static byte[] listWith(TestPki.Holder revoked, int reason, Instant at) {
        return TestPki.listWith(ROOT, revoked.certificate(), reason, at);
    }

    private static ErrorCode code(UnaryOperator<TestPki.Request> request) {
        TestPki.Holder leaf = TestPki.issue(ROOT, KeyAlgorithm.ED25519, request);
        return codeOf(() -> certify(leaf, Optional.empty(), List.of(LIST)));
    }

    private static ErrorCode codeOf(Runnable action) {
        Rejection refused = catchThrowableOfType(Rejection.class, action::run);
        assertThat(refused).as("was believed").isNotNull();
        return refused.code();
    }

    private static Authorities.Certified certify(
            TestPki.Holder leaf, Optional<Instant> at, List<byte[]> lists) {
        CertificateRules hard = new CertificateRules(3_072, CertificateRules.Revocation.HARD, NOW);
        return certify(leaf, List.of(), ROOT, lists, at, hard);
    }

    private static Authorities.Certified certify(
            TestPki.Holder leaf,
            List<TestPki.Holder> between,
            TestPki.Holder root,
            List<byte[]> lists) {
        CertificateRules hard = new CertificateRules(3_072, CertificateRules.Revocation.HARD, NOW);
        return certify(leaf, between, root, lists, Optional.empty(), hard);
    }

    private static Authorities.Certified certify(
            TestPki.Holder leaf,
            List<TestPki.Holder> between,
            TestPki.Holder root,
            List<byte[]> lists,
            Optional<Instant> at,
            CertificateRules rules) {
        List<X509Certificate> chain = new ArrayList<>();
        chain.add(leaf.certificate());
        between.forEach(it -> chain.add(it.certificate()));
        byte[] file = CmsSigner.sign(Vectors.ADD, leaf.key(), chain, Optional.empty());
        CmsSignature signature =
                CmsVerifier.verify(Vectors.ADD, file, 3_072).get(0).signature().orElseThrow();
        Authorities authorities =
                new Authorities(List.of(root.certificate()), CertificateLists.of(lists));
        Authorities.Certified certified = authorities.certify(signature, at, rules);
        authorities.recheck(certified, rules);
        return certified;
    }
}
