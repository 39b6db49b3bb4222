package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import java.io.IOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.tsp.TSPException;
import org.bouncycastle.tsp.TimeStampToken;

/** Checks the proof that a signature existed at some time. */
final class Timestamps {
    private static final int MAX_CERTIFICATES = 32;

    private Timestamps() {}

    /**
     * Checks a token of RFC 3161.
     *
     * @param encoded the token in DER
     * @param signature what it has to be over
     * @param path how its maker's certificate is checked
     * @return when the signature existed
     */
    static Instant verify(
            byte[] encoded, byte[] signature, CertificatePath path, CertificateRules rules) {
        try {
            return Strangers.read(
                    "the timestamp",
                    ErrorCode.TIMESTAMP_INVALID,
                    () -> check(encoded, signature, path, rules));
        } catch (Rejection rejected) {
            throw rejected.code() == ErrorCode.TIMESTAMP_INVALID
                    ? rejected
                    : invalid("does not count: " + rejected.detail());
        }
    }

    private static Instant check(
            byte[] encoded, byte[] signature, CertificatePath path, CertificateRules rules)
            throws TSPException, CMSException, OperatorCreationException, IOException {
        TimeStampToken token = new TimeStampToken(ContentInfo.getInstance(encoded));
        requireOver(signature, token);
        Instant at = token.getTimeStampInfo().getGenTime().toInstant();
        if (at.isAfter(rules.now().plus(CertificateRules.SKEW))) {
            throw invalid("is from the future: " + at);
        }
        List<X509CertificateHolder> bag = List.copyOf(token.getCertificates().getMatches(null));
        X509CertificateHolder maker = maker(token, bag);
        requireSigned(token, maker, rules);
        path.of(maker, bag, CertificateRules.Usage.TIMESTAMPING, Optional.of(at));
        return at;
    }

    private static void requireOver(byte[] signature, TimeStampToken token) {
        ASN1ObjectIdentifier oid = token.getTimeStampInfo().getMessageImprintAlgOID();
        byte[] imprint = token.getTimeStampInfo().getMessageImprintDigest();
        if (!MessageDigest.isEqual(imprint, digest(hash(oid), signature))) {
            throw invalid("is over another signature");
        }
    }

    private static String hash(ASN1ObjectIdentifier oid) {
        if (oid.equals(NISTObjectIdentifiers.id_sha256)) {
            return "SHA-256";
        }
        if (oid.equals(NISTObjectIdentifiers.id_sha384)) {
            return "SHA-384";
        }
        if (oid.equals(NISTObjectIdentifiers.id_sha512)) {
            return "SHA-512";
        }
        throw invalid("uses the hash `" + oid + "`, which is not accepted");
    }

    private static byte[] digest(String hash, byte[] bytes) {
        try {
            return MessageDigest.getInstance(hash).digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has " + hash, impossible);
        }
    }

    private static X509CertificateHolder maker(
            TimeStampToken token, List<X509CertificateHolder> bag) {
        List<X509CertificateHolder> matches =
                bag.stream().filter(it -> token.getSID().match(it)).distinct().toList();
        if (matches.size() != 1 || bag.size() > MAX_CERTIFICATES) {
            throw invalid("does not come with the certificate of its maker");
        }
        return matches.get(0);
    }

    private static void requireSigned(
            TimeStampToken token, X509CertificateHolder maker, CertificateRules rules)
            throws IOException, OperatorCreationException, TSPException, CMSException {
        PublisherKey key = CertificateKeys.of(maker, rules.minRsaBits());
        SignerInformation signer =
                token.toCMSSignedData().getSignerInfos().getSigners().iterator().next();
        SignatureAlgorithms.requireOfSigner(
                signer.toASN1Structure().getDigestEncryptionAlgorithm(),
                signer.getDigestAlgorithmID(),
                key);
        try {
            token.validate(
                    new JcaSimpleSignerInfoVerifierBuilder()
                            .setProvider(BouncyCastle.PROVIDER)
                            .build(maker));
        } catch (java.security.cert.CertificateException broken) {
            throw new CMSException("certificate cannot be read", broken);
        }
    }

    private static Rejection invalid(String what) {
        return new Rejection(ErrorCode.TIMESTAMP_INVALID, "the timestamp " + what);
    }
}
