package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.asn1.cms.AttributeTable;
import org.bouncycastle.asn1.ess.ESSCertIDv2;
import org.bouncycastle.asn1.ess.SigningCertificateV2;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;

/** The signed attribute that says which certificate a signer meant. */
final class SigningCertificates {
    private SigningCertificates() {}

    /** Refuses another certificate than the one that is named, if one is. */
    static void require(AttributeTable attributes, X509CertificateHolder certificate, String what)
            throws IOException {
        Attribute attribute = attributes.get(PKCSObjectIdentifiers.id_aa_signingCertificateV2);
        if (attribute == null) {
            return;
        }
        ESSCertIDv2[] named =
                SigningCertificateV2.getInstance(attribute.getAttrValues().getObjectAt(0))
                        .getCerts();
        if (named.length == 0 || !isOf(named[0], certificate)) {
            throw new Rejection(
                    ErrorCode.CHAIN_INVALID,
                    what + " names another certificate than the one that comes with it");
        }
    }

    private static boolean isOf(ESSCertIDv2 named, X509CertificateHolder certificate)
            throws IOException {
        SignatureAlgorithms.requireDigest(named.getHashAlgorithm(), "the certificate's name");
        String hash =
                named.getHashAlgorithm().getAlgorithm().equals(NISTObjectIdentifiers.id_sha256)
                        ? "SHA-256"
                        : named.getHashAlgorithm()
                                        .getAlgorithm()
                                        .equals(NISTObjectIdentifiers.id_sha384)
                                ? "SHA-384"
                                : "SHA-512";
        try {
            byte[] digest = MessageDigest.getInstance(hash).digest(certificate.getEncoded());
            return MessageDigest.isEqual(digest, named.getCertHash());
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + hash, impossible);
        }
    }
}
