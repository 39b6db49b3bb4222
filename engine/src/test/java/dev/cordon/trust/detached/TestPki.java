package dev.cordon.trust.detached;

import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.SigningKey;
import java.math.BigInteger;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.UnaryOperator;
import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.cert.X509v2CRLBuilder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v2CRLBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Authorities, signers and lists of revocations, right ones and wrong ones. */
public final class TestPki {
    public static final Instant NOW = Instant.parse("2026-06-01T12:00:00Z");
    private static final AtomicLong SERIAL = new AtomicLong(1_000);

    private TestPki() {}

    /** Somebody with a key and a certificate. */
    public record Holder(SigningKey key, X509Certificate certificate) {
        X500Name subject() {
            return new X500Name(certificate.getSubjectX500Principal().getName());
        }
    }

    /** What stands in a certificate. */
    public static final class Request {
        String subject = "CN=Acme Plugins,O=Acme";
        Instant from = NOW.minus(Duration.ofDays(30));
        Instant until = NOW.plus(Duration.ofDays(30));
        BasicConstraints constraints = new BasicConstraints(false);
        Integer usage = KeyUsage.digitalSignature;
        ASN1Encodable extendedUsage = new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning);
        boolean extendedCritical;
        String signature;
        ASN1ObjectIdentifier extraId;
        ASN1Encodable extra;

        public Request subject(String next) {
            subject = next;
            return this;
        }

        Request period(Instant start, Instant end) {
            from = start;
            until = end;
            return this;
        }

        Request authority(int pathLength) {
            constraints =
                    pathLength < 0 ? new BasicConstraints(true) : new BasicConstraints(pathLength);
            usage = KeyUsage.keyCertSign | KeyUsage.cRLSign;
            extendedUsage = null;
            return this;
        }

        Request purposes(boolean critical, KeyPurposeId... purposes) {
            extendedUsage = new ExtendedKeyUsage(purposes);
            extendedCritical = critical;
            return this;
        }

        Request usage(Integer bits) {
            usage = bits;
            return this;
        }

        Request noPurposes() {
            extendedUsage = null;
            return this;
        }

        Request signature(String algorithm) {
            signature = algorithm;
            return this;
        }

        Request critical(ASN1ObjectIdentifier id, ASN1Encodable value) {
            extraId = id;
            extra = value;
            return this;
        }

        public Request timestamping() {
            return subject("CN=Time").purposes(true, KeyPurposeId.id_kp_timeStamping);
        }
    }

    public static Request period(Request request, Instant start, Instant end) {
        return request.period(start, end);
    }

    public static Holder root(KeyAlgorithm algorithm) {
        return root(algorithm, "CN=Root");
    }

    public static Holder root(KeyAlgorithm algorithm, String name) {
        SigningKey key = SigningKey.generate(algorithm);
        Request request = new Request().subject(name).authority(-1);
        X509Certificate certificate =
                certificate(request, new X500Name(name), key.jca(), key.publicKey().jca());
        return new Holder(key, certificate);
    }

    public static Holder issue(
            Holder issuer, KeyAlgorithm algorithm, UnaryOperator<Request> request) {
        return issue(issuer, SigningKey.generate(algorithm), request);
    }

    public static Holder issue(Holder issuer, SigningKey key, UnaryOperator<Request> request) {
        X509Certificate certificate =
                certificate(
                        request.apply(new Request()),
                        issuer.subject(),
                        issuer.key().jca(),
                        key.publicKey().jca());
        return new Holder(key, certificate);
    }

    static X509Certificate certificate(
            Request request, X500Name issuer, PrivateKey issuerKey, PublicKey key) {
        try {
            X509v3CertificateBuilder builder =
                    new JcaX509v3CertificateBuilder(
                            issuer,
                            BigInteger.valueOf(SERIAL.incrementAndGet()),
                            Date.from(request.from),
                            Date.from(request.until),
                            new X500Name(request.subject),
                            key);
            if (request.constraints != null) {
                builder.addExtension(Extension.basicConstraints, true, request.constraints);
            }
            if (request.usage != null) {
                builder.addExtension(Extension.keyUsage, true, new KeyUsage(request.usage));
            }
            if (request.extendedUsage != null) {
                builder.addExtension(
                        Extension.extendedKeyUsage,
                        request.extendedCritical,
                        request.extendedUsage);
            }
            if (request.extraId != null) {
                builder.addExtension(request.extraId, true, request.extra);
            }
            return new JcaX509CertificateConverter()
                    .setProvider(BouncyCastle.PROVIDER)
                    .getCertificate(builder.build(signer(issuerKey, request.signature)));
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    static ContentSigner signer(PrivateKey key, String algorithm) throws Exception {
        String usual =
                switch (key.getAlgorithm()) {
                    case "Ed25519" -> "Ed25519";
                    case "RSA" -> "SHA256withRSA";
                    case "EC", "ECDSA" -> "SHA256withECDSA";
                    default -> key.getAlgorithm();
                };
        return new JcaContentSignerBuilder(algorithm == null ? usual : algorithm)
                .setProvider(BouncyCastle.PROVIDER)
                .build(key);
    }

    /** A list in which nothing is revoked. */
    public static byte[] list(Holder issuer) {
        return list(issuer, NOW.minus(Duration.ofDays(1)), NOW.plus(Duration.ofDays(1)));
    }

    static byte[] list(Holder issuer, Instant from, Instant until) {
        return list(issuer, from, until, null, 0, null);
    }

    public static byte[] listWith(Holder issuer, X509Certificate revoked, int reason, Instant at) {
        return list(
                issuer,
                NOW.minus(Duration.ofDays(1)),
                NOW.plus(Duration.ofDays(1)),
                revoked,
                reason,
                at);
    }

    static byte[] list(
            Holder issuer,
            Instant from,
            Instant until,
            X509Certificate revoked,
            int reason,
            Instant at) {
        try {
            X509v2CRLBuilder builder =
                    new JcaX509v2CRLBuilder(issuer.certificate(), Date.from(from));
            builder.setNextUpdate(Date.from(until));
            if (revoked != null) {
                builder.addCRLEntry(revoked.getSerialNumber(), Date.from(at), reason);
            }
            return builder.build(signer(issuer.key().jca(), null)).getEncoded();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
