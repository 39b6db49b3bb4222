package dev.cordon.trust.detached;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.embedded.Vectors;
import dev.cordon.trust.key.KeyAlgorithm;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.CMSTypedData;
import org.bouncycastle.cms.PKCS7ProcessableObject;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CmsVerifierTest {
    private static final byte[] MODULE = Vectors.ADD;
    private static final TestPki.Holder ROOT = TestPki.root(KeyAlgorithm.ECDSA_P256);
    private static final TestPki.Holder ACME =
            TestPki.issue(ROOT, KeyAlgorithm.ECDSA_P256, it -> it);
    private static final TestPki.Holder OTHER =
            TestPki.issue(ROOT, KeyAlgorithm.ED25519, it -> it.subject("CN=Other"));
    private static final byte[] FILE = sign(ACME);

    @ParameterizedTest
    @EnumSource
    void everyKindOfKeySigns(KeyAlgorithm algorithm) {
        TestPki.Holder signer = TestPki.issue(ROOT, algorithm, it -> it);
        List<CmsVerifier.Outcome> outcomes = CmsVerifier.verify(MODULE, sign(signer), 3_072);

        assertThat(outcomes).hasSize(1);
        assertThat(outcomes.get(0).signature().orElseThrow().key())
                .isEqualTo(signer.key().publicKey());
    }

    @Test
    void severalSignersAreAnsweredOneByOne() {
        byte[] both = sign(OTHER, Optional.of(FILE));
        assertThat(CmsVerifier.verify(MODULE, both, 3_072))
                .extracting(it -> it.signature().orElseThrow().key())
                .containsExactlyInAnyOrder(ACME.key().publicKey(), OTHER.key().publicKey());
    }

    @Test
    void anotherModuleIsRefused() {
        assertThat(codeOf(Vectors.KEY_1.publicKey().spki(), FILE))
                .isEqualTo(ErrorCode.DIGEST_MISMATCH);
        assertThat(codeOf(Arrays.copyOf(MODULE, MODULE.length + 1), FILE))
                .isEqualTo(ErrorCode.DIGEST_MISMATCH);
    }

    /** The signed bytes of a signature are themselves content that was signed. */
    @Test
    void signedAttributesCannotPassForContent() throws Exception {
        CMSSignedData data = new CMSSignedData(FILE);
        SignerInformation signer = data.getSignerInfos().getSigners().iterator().next();
        byte[] content = signer.getEncodedSignedAttributes();
        byte[] stripped = withoutAttributes(FILE);

        assertThat(codeOf(content, stripped)).isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void aFileWithoutSignersIsRefused() throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addCertificates(new JcaCertStore(List.of(ACME.certificate())));
        byte[] file = generator.generate(content(), false).getEncoded("DER");
        assertThat(codeOf(MODULE, file)).isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void contentInsideIsRefused() throws Exception {
        assertThat(codeOf(MODULE, generate(ACME, content(), true)))
                .isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void anotherKindOfContentIsRefused() throws Exception {
        CMSTypedData other =
                new PKCS7ProcessableObject(
                        org.bouncycastle.asn1.cms.CMSObjectIdentifiers.envelopedData,
                        new org.bouncycastle.asn1.DEROctetString(MODULE));
        assertThat(codeOf(MODULE, generate(ACME, other, false)))
                .isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void aSignerWhoseSignatureIsOfAnotherKeyIsRefused() throws Exception {
        // The same name, number and issuer, so that the signature's pointer leads to it.
        X509Certificate impostor = twin(ACME.certificate(), Vectors.KEY_2.publicKey().jca());
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSigners(new CMSSignedData(FILE).getSignerInfos());
        generator.addCertificates(new JcaCertStore(List.of(impostor)));
        byte[] file = generator.generate(content(), false).getEncoded("DER");

        assertThat(codeOf(MODULE, file))
                .isIn(ErrorCode.ALGORITHM_NOT_ALLOWED, ErrorCode.CHAIN_INVALID);
    }

    @Test
    void aMissingCertificateIsRefused() throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSigners(new CMSSignedData(FILE).getSignerInfos());
        byte[] file = generator.generate(content(), false).getEncoded("DER");
        assertThat(codeOf(MODULE, file)).isEqualTo(ErrorCode.CHAIN_INVALID);
    }

    @Test
    void weakHashesAndKeysAreRefused() throws Exception {
        assertThat(codeOf(MODULE, generate(ACME, "SHA1withECDSA")))
                .isEqualTo(ErrorCode.ALGORITHM_NOT_ALLOWED);
        TestPki.Holder rsa = TestPki.issue(ROOT, KeyAlgorithm.RSA, it -> it);
        assertThat(codeOf(MODULE, generate(rsa, "SHA1withRSA")))
                .isEqualTo(ErrorCode.ALGORITHM_NOT_ALLOWED);
        assertThat(codeOf(MODULE, generate(rsa, "SHA1withRSAandMGF1")))
                .isEqualTo(ErrorCode.ALGORITHM_NOT_ALLOWED);
        assertThat(codeOf(MODULE, generate(rsa, "SHA3-256withRSA")))
                .isEqualTo(ErrorCode.ALGORITHM_NOT_ALLOWED);
        assertThat(
                        CmsVerifier.verify(MODULE, generate(rsa, "SHA256withRSA"), 3_072)
                                .get(0)
                                .signature())
                .isPresent();
    }

    @Test
    void theAlgorithmHasToBeOneOfTheKey() {
        byte[] file = FILE.clone();
        int at = indexOf(file, java.util.HexFormat.of().parseHex("06082a8648ce3d040302"));
        assertThat(at).isPositive();
        file[at + 9] = 5; // ecdsa-with-SHA256 becomes a name of nothing
        assertThat(codeOf(MODULE, file)).isEqualTo(ErrorCode.ALGORITHM_NOT_ALLOWED);
    }

    @Test
    void pemAndTrailingBytesAreRefused() {
        assertThat(codeOf(MODULE, "-----BEGIN CMS-----\n".getBytes()))
                .isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
        assertThat(codeOf(MODULE, Arrays.copyOf(FILE, FILE.length + 1)))
                .isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
        assertThat(codeOf(MODULE, new byte[0])).isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
    }

    @Test
    void deepNestingIsRefusedBeforeAParserRecurses() {
        byte[] deep = new byte[200_000];
        for (int i = 0; i + 2 < deep.length; i += 2) {
            deep[i] = 0x30;
            deep[i + 1] = (byte) 0x80;
        }
        assertThat(codeOf(MODULE, deep)).isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
        byte[] definite = new byte[0];
        for (int i = 0; i < 60; i++) {
            int length = definite.length;
            byte[] head =
                    length < 0x80
                            ? new byte[] {0x30, (byte) length}
                            : new byte[] {0x30, (byte) 0x81, (byte) length};
            byte[] next = Arrays.copyOf(head, head.length + length);
            System.arraycopy(definite, 0, next, head.length, length);
            definite = next;
        }
        assertThat(codeOf(MODULE, definite)).isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
    }

    @Property(tries = 1_000)
    void anyChangeIsNoticedOrHarmless(
            @ForAll @IntRange(min = 0, max = 2_000) int place,
            @ForAll @Size(min = 1, max = 4) byte[] change) {
        byte[] changed = FILE.clone();
        int at = place % (changed.length - 4);
        System.arraycopy(change, 0, changed, at, change.length);
        try {
            // What is not signed, such as a certificate's bytes, is looked at elsewhere.
            CmsVerifier.verify(MODULE, changed, 3_072)
                    .forEach(
                            it ->
                                    assertThat(
                                                    it.signature().isPresent()
                                                            != it.rejection().isPresent())
                                            .isTrue());
        } catch (Rejection refused) {
            assertThat(refused.detail()).hasSizeLessThan(400);
        }
    }

    @Property(tries = 1_000)
    void anyBytesAreRefused(@ForAll @Size(max = 200) byte[] file) {
        assertThat(codeOf(MODULE, file)).isEqualTo(ErrorCode.MALFORMED_SIGNATURE);
    }

    private static CMSTypedData content() {
        return new CMSProcessableByteArray(MODULE);
    }

    private static byte[] sign(TestPki.Holder holder) {
        return sign(holder, Optional.empty());
    }

    private static byte[] sign(TestPki.Holder holder, Optional<byte[]> earlier) {
        return CmsSigner.sign(MODULE, holder.key(), List.of(holder.certificate()), earlier);
    }

    private static byte[] generate(TestPki.Holder holder, String algorithm) throws Exception {
        return generate(holder, content(), false, algorithm);
    }

    private static byte[] generate(TestPki.Holder holder, CMSTypedData content, boolean inside)
            throws Exception {
        return generate(holder, content, inside, "SHA256withECDSA");
    }

    private static byte[] generate(
            TestPki.Holder holder, CMSTypedData content, boolean inside, String algorithm)
            throws Exception {
        CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
        generator.addSignerInfoGenerator(
                new JcaSignerInfoGeneratorBuilder(
                                new JcaDigestCalculatorProviderBuilder()
                                        .setProvider(BouncyCastle.PROVIDER)
                                        .build())
                        .build(
                                TestPki.signer(holder.key().jca(), algorithm),
                                holder.certificate()));
        generator.addCertificates(new JcaCertStore(List.of(holder.certificate())));
        return generator.generate(content, inside).getEncoded("DER");
    }

    private static byte[] withoutAttributes(byte[] file) throws Exception {
        CMSSignedData data = new CMSSignedData(file);
        org.bouncycastle.asn1.cms.SignerInfo info =
                data.getSignerInfos().getSigners().iterator().next().toASN1Structure();
        org.bouncycastle.asn1.cms.SignerInfo bare =
                new org.bouncycastle.asn1.cms.SignerInfo(
                        info.getSID(),
                        info.getDigestAlgorithm(),
                        (org.bouncycastle.asn1.ASN1Set) null,
                        info.getDigestEncryptionAlgorithm(),
                        info.getEncryptedDigest(),
                        null);
        org.bouncycastle.asn1.cms.SignedData whole =
                org.bouncycastle.asn1.cms.SignedData.getInstance(
                        data.toASN1Structure().getContent());
        return new org.bouncycastle.asn1.cms.ContentInfo(
                        org.bouncycastle.asn1.cms.CMSObjectIdentifiers.signedData,
                        new org.bouncycastle.asn1.cms.SignedData(
                                whole.getDigestAlgorithms(),
                                whole.getEncapContentInfo(),
                                whole.getCertificates(),
                                null,
                                new org.bouncycastle.asn1.DERSet(bare)))
                .getEncoded("DER");
    }

    private static X509Certificate twin(X509Certificate of, java.security.PublicKey key)
            throws Exception {
        org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder builder =
                new org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder(
                        of.getIssuerX500Principal(),
                        of.getSerialNumber(),
                        of.getNotBefore(),
                        of.getNotAfter(),
                        of.getSubjectX500Principal(),
                        key);
        return new org.bouncycastle.cert.jcajce.JcaX509CertificateConverter()
                .setProvider(BouncyCastle.PROVIDER)
                .getCertificate(builder.build(TestPki.signer(Vectors.KEY_2.jca(), null)));
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        for (int i = bytes.length - part.length; i >= 0; i--) {
            if (Arrays.equals(bytes, i, i + part.length, part, 0, part.length)) {
                return i;
            }
        }
        return -1;
    }

    /** The refusal of the file, or of its only signer. */
    private static ErrorCode codeOf(byte[] module, byte[] file) {
        Rejection whole =
                catchThrowableOfType(
                        Rejection.class,
                        () ->
                                CmsVerifier.verify(module, file, 3_072)
                                        .get(0)
                                        .rejection()
                                        .ifPresent(
                                                it -> {
                                                    throw it;
                                                }));
        assertThat(whole).as("was accepted").isNotNull();
        return whole.code();
    }
}
