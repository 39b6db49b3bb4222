package dev.cordon.trust.sign;

import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.SigningKey;
import java.io.IOException;
import java.io.StringWriter;
import java.math.BigInteger;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CRLHolder;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/**
 * An authority to try certificates out with: it makes everything once, and its own key is kept so
 * that OpenSSL can issue more.
 *
 * @param authorityKey private key of the authority, PKCS#8 in PEM
 * @param authority its certificate in PEM
 * @param signerKey private key of a signer of code, PKCS#8 in PEM
 * @param signer the signer's certificate in PEM
 * @param list what the authority revoked, which is nothing, as a CRL in PEM
 */
public record TestAuthority(
        String authorityKey, String authority, String signerKey, String signer, String list) {
    /** Whom the signer's certificate is for. */
    public static final String SUBJECT = "CN=Test Signer";

    private static final X500Name ROOT = new X500Name("CN=Test Authority");
    private static final Duration VALID = Duration.ofDays(365);
    private static final int SERIAL_BITS = 120;

    /**
     * Makes an authority with a signer, valid for a year.
     *
     * @param now when the year starts
     * @return new keys and certificates
     */
    public static TestAuthority create(Instant now) {
        SigningKey root = SigningKey.generate(KeyAlgorithm.ECDSA_P256);
        SigningKey leaf = SigningKey.generate(KeyAlgorithm.ECDSA_P256);
        try {
            return new TestAuthority(
                    root.toPem(),
                    pem("CERTIFICATE", authority(root, now).getEncoded()),
                    leaf.toPem(),
                    pem("CERTIFICATE", signer(root, leaf, now).getEncoded()),
                    pem("X509 CRL", list(root, now).getEncoded()));
        } catch (IOException | OperatorCreationException impossible) {
            throw new IllegalStateException("the provider signs with its own keys", impossible);
        }
    }

    private static X509CertificateHolder authority(SigningKey root, Instant now)
            throws IOException, OperatorCreationException {
        return builder(root, ROOT, now)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(0))
                .addExtension(
                        Extension.keyUsage,
                        true,
                        new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign))
                .build(signer(root));
    }

    private static X509CertificateHolder signer(SigningKey root, SigningKey leaf, Instant now)
            throws IOException, OperatorCreationException {
        return builder(leaf, new X500Name(SUBJECT), now)
                .addExtension(Extension.basicConstraints, true, new BasicConstraints(false))
                .addExtension(Extension.keyUsage, true, new KeyUsage(KeyUsage.digitalSignature))
                .addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))
                .build(signer(root));
    }

    private static X509v3CertificateBuilder builder(SigningKey key, X500Name name, Instant now) {
        return new X509v3CertificateBuilder(
                ROOT,
                new BigInteger(SERIAL_BITS, new SecureRandom()).add(BigInteger.ONE),
                Date.from(now.minusSeconds(60)), // clocks differ
                Date.from(now.plus(VALID)),
                name,
                SubjectPublicKeyInfo.getInstance(key.publicKey().spki()));
    }

    private static X509CRLHolder list(SigningKey root, Instant now)
            throws OperatorCreationException {
        return new X509v2CRLBuilder(ROOT, Date.from(now.minusSeconds(60)))
                .setNextUpdate(Date.from(now.plus(VALID)))
                .build(signer(root));
    }

    private static ContentSigner signer(SigningKey key) throws OperatorCreationException {
        return new JcaContentSignerBuilder("SHA256withECDSA")
                .setProvider(BouncyCastle.PROVIDER)
                .build(key.jca());
    }

    private static String pem(String type, byte[] content) throws IOException {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        }
        return text.toString();
    }
}
