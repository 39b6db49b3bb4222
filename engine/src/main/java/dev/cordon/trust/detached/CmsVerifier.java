package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.cms.CMSAttributes;
import org.bouncycastle.asn1.cms.CMSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignerDigestMismatchException;
import org.bouncycastle.cms.DefaultCMSSignatureAlgorithmNameGenerator;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.SignerInformationVerifier;
import org.bouncycastle.operator.DefaultSignatureAlgorithmIdentifierFinder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentVerifierProviderBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Checks what stands in a {@code .p7s} file against the module beside it. */
public final class CmsVerifier {
    /** Largest file accepted: eight signers with certificates and timestamps of ML-DSA fit. */
    public static final int MAX_BYTES = 256 * 1024;

    private static final int MAX_SIGNERS = 16;
    private static final int MAX_CERTIFICATES = 32;
    private static final String WHAT = "the CMS signature";

    private final CMSSignedData data;
    private final List<X509CertificateHolder> certificates;
    private final int minRsaBits;

    private CmsVerifier(byte[] module, byte[] file, int minRsaBits) throws CMSException {
        this.data = parse(module, file);
        this.minRsaBits = minRsaBits;
        this.certificates = List.copyOf(data.getCertificates().getMatches(null));
    }

    /** What became of one signer: either of the two. */
    public record Outcome(Optional<CmsSignature> signature, Optional<Rejection> rejection) {}

    /**
     * Checks every signer of a file.
     *
     * @param module what it is to be over
     * @param file the bytes of the {@code .p7s} file
     * @param minRsaBits fewest bits of an RSA key
     * @return one answer for each signer, at least one
     * @throws Rejection if the file as a whole is no detached signature
     */
    public static List<Outcome> verify(byte[] module, byte[] file, int minRsaBits) {
        return Strangers.read(
                WHAT,
                ErrorCode.MALFORMED_SIGNATURE,
                () -> new CmsVerifier(module, file, minRsaBits).outcomes());
    }

    private List<Outcome> outcomes() {
        requireDetached();
        Collection<SignerInformation> signers = data.getSignerInfos().getSigners();
        if (signers.isEmpty()) {
            throw malformed("has no signer");
        }
        if (signers.size() > MAX_SIGNERS || certificates.size() > MAX_CERTIFICATES) {
            throw malformed("has too many signers or certificates");
        }
        return signers.stream().map(this::outcome).toList();
    }

    private static CMSSignedData parse(byte[] module, byte[] file) throws CMSException {
        if (file.length > MAX_BYTES) {
            throw malformed("is larger than " + MAX_BYTES + " bytes");
        }
        if (file.length > 0 && file[0] == '-') {
            throw malformed("is in PEM; write it with `-outform DER`");
        }
        DerForm.require(file, WHAT);
        return new CMSSignedData(new CMSProcessableByteArray(module), file);
    }

    private void requireDetached() {
        if (!data.isDetachedSignature()) {
            throw malformed("holds content of its own, so it is not over the file beside it");
        }
        if (!CMSObjectIdentifiers.data.getId().equals(data.getSignedContentTypeOID())) {
            throw malformed("is over another kind of content than plain data");
        }
    }

    private Outcome outcome(SignerInformation signer) {
        try {
            CmsSignature signature =
                    Strangers.read(WHAT, ErrorCode.MALFORMED_SIGNATURE, () -> check(signer));
            return new Outcome(Optional.of(signature), Optional.empty());
        } catch (Rejection rejected) {
            return new Outcome(Optional.empty(), Optional.of(rejected));
        }
    }

    private CmsSignature check(SignerInformation signer)
            throws CMSException, OperatorCreationException, IOException {
        AttributeTable attributes = signer.getSignedAttributes();
        if (attributes == null) {
            // Without them the signed bytes of another signature could pass for a module.
            throw malformed("has no signed attributes");
        }
        requireOnce(attributes, CMSAttributes.contentType, "content type");
        requireOnce(attributes, CMSAttributes.messageDigest, "message digest");
        X509CertificateHolder certificate = certificate(signer);
        PublisherKey key = CertificateKeys.of(certificate, minRsaBits);
        SignatureAlgorithms.requireOfSigner(algorithm(signer), signer.getDigestAlgorithmID(), key);
        SigningCertificates.require(attributes, certificate, WHAT);
        verify(signer, key);
        return new CmsSignature(
                key, certificate, certificates, signer.getSignature(), timestamp(signer));
    }

    private static AlgorithmIdentifier algorithm(SignerInformation signer) {
        return signer.toASN1Structure().getDigestEncryptionAlgorithm();
    }

    private static void requireOnce(
            AttributeTable attributes,
            org.bouncycastle.asn1.ASN1ObjectIdentifier type,
            String what) {
        ASN1EncodableVector all = attributes.getAll(type);
        if (all.size() != 1 || Attribute.getInstance(all.get(0)).getAttrValues().size() != 1) {
            throw malformed("has not exactly one signed " + what);
        }
    }

    private X509CertificateHolder certificate(SignerInformation signer) {
        List<X509CertificateHolder> matches =
                certificates.stream().filter(it -> signer.getSID().match(it)).distinct().toList();
        if (matches.size() != 1) {
            throw new Rejection(
                    ErrorCode.CHAIN_INVALID,
                    WHAT
                            + " comes with "
                            + matches.size()
                            + " certificates of the signer, and one is needed");
        }
        return matches.get(0);
    }

    private static void verify(SignerInformation signer, PublisherKey key)
            throws CMSException, OperatorCreationException {
        SignerInformationVerifier verifier =
                new SignerInformationVerifier(
                        new DefaultCMSSignatureAlgorithmNameGenerator(),
                        new DefaultSignatureAlgorithmIdentifierFinder(),
                        new JcaContentVerifierProviderBuilder()
                                .setProvider(BouncyCastle.PROVIDER)
                                .build(key.jca()),
                        // The JDK's hashes are as good and several times as fast.
                        new JcaDigestCalculatorProviderBuilder().build());
        try {
            if (!signer.verify(verifier)) {
                throw new Rejection(
                        ErrorCode.NO_VALID_SIGNATURE, WHAT + " was not made with its key");
            }
        } catch (CMSSignerDigestMismatchException other) {
            throw new Rejection(
                    ErrorCode.DIGEST_MISMATCH, WHAT + " is over other bytes than the module has");
        }
    }

    private static Optional<byte[]> timestamp(SignerInformation signer) throws IOException {
        AttributeTable unsigned = signer.getUnsignedAttributes();
        if (unsigned == null) {
            return Optional.empty();
        }
        ASN1EncodableVector tokens =
                unsigned.getAll(PKCSObjectIdentifiers.id_aa_signatureTimeStampToken);
        if (tokens.size() == 0) {
            return Optional.empty();
        }
        Attribute attribute = Attribute.getInstance(tokens.get(0));
        if (tokens.size() > 1 || attribute.getAttrValues().size() != 1) {
            throw new Rejection(ErrorCode.TIMESTAMP_INVALID, WHAT + " has several timestamps");
        }
        return Optional.of(attribute.getAttrValues().getObjectAt(0).toASN1Primitive().getEncoded());
    }

    private static Rejection malformed(String how) {
        return new Rejection(ErrorCode.MALFORMED_SIGNATURE, WHAT + " " + how);
    }
}
