package dev.cordon.trust.key;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.params.MLDSAPrivateKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.params.RSAPrivateCrtKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.openssl.jcajce.JcaPEMKeyConverter;

/** Finds the public key of a private one. */
final class PrivateKeys {
    private PrivateKeys() {}

    static SigningKey ofSeed(byte[] seed) throws IOException, GeneralSecurityException {
        return of(
                new PrivateKeyInfo(
                        new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519),
                        new DEROctetString(seed)));
    }

    static SigningKey of(PrivateKeyInfo info) throws IOException, GeneralSecurityException {
        AsymmetricKeyParameter key = PrivateKeyFactory.createKey(info);
        byte[] spki =
                SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(publicPart(key))
                        .getEncoded();
        PublisherKey publicKey = PublisherKey.ofSpki(spki, PublisherKey.DEFAULT_RSA_BITS);
        PrivateKey privateKey =
                new JcaPEMKeyConverter().setProvider(BouncyCastle.PROVIDER).getPrivateKey(info);
        return new SigningKey(privateKey, publicKey);
    }

    private static AsymmetricKeyParameter publicPart(AsymmetricKeyParameter key) {
        if (key instanceof Ed25519PrivateKeyParameters edwards) {
            return edwards.generatePublicKey();
        }
        if (key instanceof ECPrivateKeyParameters number) {
            BigInteger secret = number.getD();
            return new ECPublicKeyParameters(
                    number.getParameters().getG().multiply(secret), number.getParameters());
        }
        if (key instanceof RSAPrivateCrtKeyParameters rsa) {
            return new RSAKeyParameters(false, rsa.getModulus(), rsa.getPublicExponent());
        }
        if (key instanceof MLDSAPrivateKeyParameters lattice) {
            return lattice.getPublicKeyParameters();
        }
        throw new Rejection(
                ErrorCode.ALGORITHM_NOT_ALLOWED, "it is of a kind that cannot sign here");
    }
}
