package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.SigningKey;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1EncodableVector;
import org.bouncycastle.asn1.DERSet;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.jcajce.JcaCertStore;
import org.bouncycastle.cms.CMSAttributeTableGenerator;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.CMSSignedDataGenerator;
import org.bouncycastle.cms.DefaultSignedAttributeTableGenerator;
import org.bouncycastle.cms.jcajce.JcaSignerInfoGeneratorBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.operator.jcajce.JcaDigestCalculatorProviderBuilder;

/** Makes {@code .p7s} files. */
public final class CmsSigner {
    private CmsSigner() {}

    /**
     * Signs a module.
     *
     * @param module the whole file
     * @param key what to sign with
     * @param chain its certificate first, then those above it; the authority's own is not needed
     * @param earlier a signature file over the same module whose signers are kept
     * @return the bytes of the file
     * @throws Rejection if the certificate is of another key, or the earlier file is malformed
     */
    public static byte[] sign(
            byte[] module, SigningKey key, List<X509Certificate> chain, Optional<byte[]> earlier) {
        X509Certificate own = chain.get(0);
        if (!MessageDigest.isEqual(own.getPublicKey().getEncoded(), key.publicKey().spki())) {
            throw new Rejection(
                    ErrorCode.CHAIN_INVALID, "the certificate is not of the key to sign with");
        }
        try {
            CMSSignedDataGenerator generator = new CMSSignedDataGenerator();
            if (earlier.isPresent()) {
                CmsVerifier.verify(
                        module, earlier.get(), dev.cordon.trust.key.PublisherKey.LEAST_RSA_BITS);
                CMSSignedData before = new CMSSignedData(earlier.get());
                generator.addSigners(before.getSignerInfos());
                generator.addCertificates(before.getCertificates());
            }
            generator.addSignerInfoGenerator(
                    new JcaSignerInfoGeneratorBuilder(
                                    new JcaDigestCalculatorProviderBuilder().build())
                            .setSignedAttributeGenerator(attributes(own))
                            .build(
                                    new JcaContentSignerBuilder(algorithm(key))
                                            .setProvider(BouncyCastle.PROVIDER)
                                            .build(key.jca()),
                                    own));
            generator.addCertificates(new JcaCertStore(chain));
            return generator.generate(new CMSProcessableByteArray(module), false).getEncoded("DER");
        } catch (CMSException
                | OperatorCreationException
                | CertificateEncodingException
                | IOException broken) {
            throw new IllegalStateException("signing with a key that was read", broken);
        }
    }

    private static String algorithm(SigningKey key) {
        KeyAlgorithm algorithm = key.publicKey().algorithm();
        return switch (algorithm) {
            case ED25519 -> "Ed25519";
            case ECDSA_P256 -> "SHA256withECDSA";
            case ECDSA_P384 -> "SHA384withECDSA";
            case ECDSA_P521 -> "SHA512withECDSA";
            case RSA -> "SHA256withRSAandMGF1";
            case ML_DSA_65 -> "ML-DSA-65";
        };
    }

    /** The usual attributes and which certificate is meant. */
    private static CMSAttributeTableGenerator attributes(X509Certificate certificate)
            throws CertificateEncodingException {
        ASN1EncodableVector attributes = new ASN1EncodableVector();
        attributes.add(named(certificate));
        return new DefaultSignedAttributeTableGenerator(new AttributeTable(attributes));
    }

    /** Says which certificate is meant, so that no other one can take its place. */
    static Attribute named(X509Certificate certificate) throws CertificateEncodingException {
        SigningCertificateV2 named =
                new SigningCertificateV2(new ESSCertIDv2(sha256(certificate.getEncoded())));
        return new Attribute(PKCSObjectIdentifiers.id_aa_signingCertificateV2, new DERSet(named));
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }
}
