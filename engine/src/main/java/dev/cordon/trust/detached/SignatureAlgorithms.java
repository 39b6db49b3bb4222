package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.PublisherKey;
import java.util.Set;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.RSASSAPSSparams;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

/** The list of algorithms that count; what is not on it is refused, whatever it is. */
final class SignatureAlgorithms {
    private static final Set<ASN1ObjectIdentifier> DIGESTS =
            Set.of(
                    NISTObjectIdentifiers.id_sha256,
                    NISTObjectIdentifiers.id_sha384,
                    NISTObjectIdentifiers.id_sha512);

    private static final Set<ASN1ObjectIdentifier> ECDSA =
            Set.of(
                    X9ObjectIdentifiers.ecdsa_with_SHA256,
                    X9ObjectIdentifiers.ecdsa_with_SHA384,
                    X9ObjectIdentifiers.ecdsa_with_SHA512);

    private static final Set<ASN1ObjectIdentifier> RSA =
            Set.of(
                    PKCSObjectIdentifiers.sha256WithRSAEncryption,
                    PKCSObjectIdentifiers.sha384WithRSAEncryption,
                    PKCSObjectIdentifiers.sha512WithRSAEncryption);

    private SignatureAlgorithms() {}

    /** Refuses a hash that is not of the SHA-2 family with 256 bits or more. */
    static void requireDigest(AlgorithmIdentifier digest, String whose) {
        if (!DIGESTS.contains(digest.getAlgorithm())) {
            throw notAllowed(whose, digest.getAlgorithm());
        }
    }

    /** Refuses an algorithm that is not on the list, or does not belong to the key. */
    static void require(AlgorithmIdentifier algorithm, PublisherKey key, String whose) {
        ASN1ObjectIdentifier oid = algorithm.getAlgorithm();
        boolean allowed =
                switch (key.algorithm()) {
                    case ED25519 -> oid.equals(EdECObjectIdentifiers.id_Ed25519);
                    case ML_DSA_65 -> oid.equals(NISTObjectIdentifiers.id_ml_dsa_65);
                    case RSA -> RSA.contains(oid) || isGoodPss(algorithm);
                    default -> ECDSA.contains(oid);
                };
        if (!allowed) {
            throw notAllowed(whose, oid);
        }
    }

    /** As for certificates; a signer may also name the key's kind, with the hash beside it. */
    static void requireOfSigner(
            AlgorithmIdentifier algorithm, AlgorithmIdentifier digest, PublisherKey key) {
        requireDigest(digest, "the signature");
        boolean plainRsa =
                key.algorithm() == KeyAlgorithm.RSA
                        && algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.rsaEncryption);
        if (!plainRsa) {
            require(algorithm, key, "the signature");
        }
    }

    /**
     * Both hashes strong and equal, the salt as long as they are: RFC 8017 as everybody uses it.
     */
    private static boolean isGoodPss(AlgorithmIdentifier algorithm) {
        ASN1Encodable parameters = algorithm.getParameters();
        if (!algorithm.getAlgorithm().equals(PKCSObjectIdentifiers.id_RSASSA_PSS)
                || parameters == null) { // without parameters it would be SHA-1
            return false;
        }
        RSASSAPSSparams pss = RSASSAPSSparams.getInstance(parameters);
        AlgorithmIdentifier mask = pss.getMaskGenAlgorithm();
        return DIGESTS.contains(pss.getHashAlgorithm().getAlgorithm())
                && mask.getAlgorithm().equals(PKCSObjectIdentifiers.id_mgf1)
                && AlgorithmIdentifier.getInstance(mask.getParameters())
                        .getAlgorithm()
                        .equals(pss.getHashAlgorithm().getAlgorithm())
                && pss.getSaltLength().bitLength() < 31
                && pss.getSaltLength().intValue() >= 32;
    }

    private static Rejection notAllowed(String whose, ASN1ObjectIdentifier oid) {
        return new Rejection(
                ErrorCode.ALGORITHM_NOT_ALLOWED,
                whose + " uses the algorithm `" + oid + "`, which is not accepted");
    }
}
