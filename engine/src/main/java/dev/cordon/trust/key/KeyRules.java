package dev.cordon.trust.key;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.trust.crypto.Rejection;
import java.io.IOException;
import java.math.BigInteger;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECNamedDomainParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** Tells which kind of key a public key is, and refuses those that prove nothing. */
final class KeyRules {
    /** Beyond it one check of a signature takes noticeable time. */
    private static final int MAX_RSA_BITS = 8_192;

    private static final BigInteger LEAST_RSA_EXPONENT = BigInteger.valueOf(65_537);

    /** An exponent this long serves nothing but to make checks slow. */
    private static final int MAX_RSA_EXPONENT_BITS = 64;

    private static final int ML_DSA_65_BYTES = 1_952;

    private KeyRules() {}

    static KeyAlgorithm check(SubjectPublicKeyInfo info, int minRsaBits) {
        ASN1ObjectIdentifier oid = info.getAlgorithm().getAlgorithm();
        if (oid.equals(NISTObjectIdentifiers.id_ml_dsa_65)) {
            if (info.getPublicKeyData().getOctets().length != ML_DSA_65_BYTES) {
                throw malformed("an ML-DSA-65 key has the wrong length");
            }
            return KeyAlgorithm.ML_DSA_65;
        }
        AsymmetricKeyParameter key = decoded(info);
        if (key instanceof Ed25519PublicKeyParameters edwards) {
            requireFullOrder(edwards.getEncoded());
            return KeyAlgorithm.ED25519;
        }
        if (key instanceof ECPublicKeyParameters point) {
            return curve(point);
        }
        if (key instanceof RSAKeyParameters rsa) {
            return rsa(rsa, minRsaBits);
        }
        throw new Rejection(ErrorCode.ALGORITHM_NOT_ALLOWED, "a key is of the kind `" + oid + "`");
    }

    /** Under a key of small order anybody can make signatures. */
    static void requireFullOrder(byte[] raw) {
        if (!Ed25519.validatePublicKeyFull(raw, 0)) {
            throw new Rejection(ErrorCode.WEAK_KEY, "an Ed25519 key is not of full order");
        }
    }

    private static AsymmetricKeyParameter decoded(SubjectPublicKeyInfo info) {
        try {
            return PublicKeyFactory.createKey(info);
        } catch (IOException | RuntimeException broken) { // it throws both for bytes of strangers
            String why = GuestText.printable(String.valueOf(broken.getMessage()), 100);
            throw malformed("a public key cannot be read: " + why);
        }
    }

    private static KeyAlgorithm curve(ECPublicKeyParameters point) {
        if (point.getParameters() instanceof ECNamedDomainParameters named) {
            ASN1ObjectIdentifier name = named.getName();
            if (name.equals(SECObjectIdentifiers.secp256r1)) {
                return KeyAlgorithm.ECDSA_P256;
            }
            if (name.equals(SECObjectIdentifiers.secp384r1)) {
                return KeyAlgorithm.ECDSA_P384;
            }
            if (name.equals(SECObjectIdentifiers.secp521r1)) {
                return KeyAlgorithm.ECDSA_P521;
            }
        }
        throw new Rejection(
                ErrorCode.WEAK_KEY,
                "an elliptic key is on none of the curves P-256, P-384 and P-521");
    }

    private static KeyAlgorithm rsa(RSAKeyParameters key, int minBits) {
        int bits = key.getModulus().bitLength();
        if (bits < minBits || bits > MAX_RSA_BITS) {
            throw new Rejection(
                    ErrorCode.WEAK_KEY,
                    "an RSA key has "
                            + bits
                            + " bits, and "
                            + minBits
                            + " to "
                            + MAX_RSA_BITS
                            + " are accepted");
        }
        BigInteger exponent = key.getExponent();
        if (exponent.compareTo(LEAST_RSA_EXPONENT) < 0
                || exponent.bitLength() > MAX_RSA_EXPONENT_BITS) {
            throw new Rejection(ErrorCode.WEAK_KEY, "an RSA key has an unusual exponent");
        }
        return KeyAlgorithm.RSA;
    }

    private static Rejection malformed(String what) {
        return new Rejection(ErrorCode.MALFORMED_SIGNATURE, what);
    }
}
