package dev.cordon.trust.key;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.function.Supplier;
import org.bouncycastle.asn1.edec.EdECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.math.ec.rfc8032.Ed25519;

/** A public key that signatures are checked with. Immutable; equal if the keys are. */
public final class PublisherKey {
    /** Fewest bits of an RSA key, unless a policy says otherwise. */
    public static final int DEFAULT_RSA_BITS = 3_072;

    /** Fewest bits of an RSA key that a policy may accept. */
    public static final int LEAST_RSA_BITS = 2_048;

    private static final int ED25519_BYTES = 32;

    private final byte[] spki;
    private final KeyAlgorithm algorithm;
    private final String id;

    private PublisherKey(byte[] spki, KeyAlgorithm algorithm) {
        this.spki = spki;
        this.algorithm = algorithm;
        this.id = HexFormat.of().formatHex(sha256(spki));
    }

    /**
     * Reads a key as it stands in a certificate.
     *
     * @param der a {@code SubjectPublicKeyInfo}, and nothing after it
     * @param minRsaBits fewest bits of an RSA key
     * @return the key
     * @throws UsageException if it cannot be read, is weak, or is of a kind that is not accepted
     */
    public static PublisherKey ofSpki(byte[] der, int minRsaBits) {
        return usable(() -> checkedSpki(der, minRsaBits), "the `SubjectPublicKeyInfo`");
    }

    /** The same within the checks of this package, where a fault is part of a verdict. */
    static PublisherKey checkedSpki(byte[] der, int minRsaBits) {
        SubjectPublicKeyInfo info;
        try {
            info = SubjectPublicKeyInfo.getInstance(der);
            if (!Arrays.equals(info.getEncoded(), der)) {
                throw new Rejection(
                        ErrorCode.MALFORMED_SIGNATURE, "a public key has bytes after its end");
            }
        } catch (java.io.IOException | IllegalArgumentException broken) {
            throw new Rejection(ErrorCode.MALFORMED_SIGNATURE, "a public key cannot be read");
        }
        return new PublisherKey(der.clone(), KeyRules.check(info, minRsaBits));
    }

    /**
     * Takes an Ed25519 key as its 32 bytes.
     *
     * @param raw the encoded point
     * @return the key
     * @throws UsageException if it is no point, or one of small order
     */
    public static PublisherKey ofEd25519(byte[] raw) {
        return usable(() -> checkedEd25519(raw), "the encoded point");
    }

    /** The same within the checks of this package. */
    static PublisherKey checkedEd25519(byte[] raw) {
        if (raw.length != ED25519_BYTES) {
            throw new Rejection(
                    ErrorCode.MALFORMED_SIGNATURE, "an Ed25519 key has the wrong length");
        }
        KeyRules.requireFullOrder(raw);
        try {
            AlgorithmIdentifier kind = new AlgorithmIdentifier(EdECObjectIdentifiers.id_Ed25519);
            return new PublisherKey(
                    new SubjectPublicKeyInfo(kind, raw).getEncoded(), KeyAlgorithm.ED25519);
        } catch (java.io.IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    /**
     * Reads a file with a public key: PEM or DER ({@code SubjectPublicKeyInfo}), a certificate in
     * PEM, or a public key of wasmsign2 or minisign.
     *
     * @param file its bytes
     * @param name what to call it in messages
     * @return the key
     * @throws UsageException if it holds none that can be used
     */
    public static PublisherKey read(byte[] file, String name) {
        return read(file, name, DEFAULT_RSA_BITS);
    }

    /**
     * Reads a file with a public key, maybe a shorter RSA key than usual.
     *
     * @param file its bytes, in any of the forms above
     * @param name what to call it in messages
     * @param minRsaBits fewest bits of an RSA key
     * @return the key
     * @throws UsageException if it holds none that can be used
     */
    public static PublisherKey read(byte[] file, String name, int minRsaBits) {
        return usable(() -> PublicKeyFile.read(file, minRsaBits), "`" + name + "`");
    }

    private static PublisherKey usable(Supplier<PublisherKey> key, String name) {
        try {
            return key.get();
        } catch (Rejection unusable) {
            throw new UsageException(
                    ErrorCode.USAGE,
                    "cordon",
                    name + " holds no key that can be used: " + unusable.detail(),
                    "name a public key in PEM, such as `cordon keygen` writes",
                    unusable);
        }
    }

    /**
     * What the key is called in policies, verdicts and lists.
     *
     * @return SHA-256 of its {@code SubjectPublicKeyInfo}, 64 hexadecimal digits
     */
    public String id() {
        return id;
    }

    /**
     * Which kind of key it is.
     *
     * @return its algorithm
     */
    public KeyAlgorithm algorithm() {
        return algorithm;
    }

    /**
     * The key as certificates have it.
     *
     * @return a copy of the DER bytes
     */
    public byte[] spki() {
        return spki.clone();
    }

    /**
     * The 32 bytes of an Ed25519 key.
     *
     * @return empty if it is of another kind
     */
    public Optional<byte[]> ed25519() {
        return algorithm == KeyAlgorithm.ED25519
                ? Optional.of(Arrays.copyOfRange(spki, spki.length - ED25519_BYTES, spki.length))
                : Optional.empty();
    }

    /**
     * Checks a signature in the form that {@link SigningKey#sign} makes.
     *
     * @param message what was signed
     * @param signature of whatever length
     * @return true if this key made it
     */
    public boolean verifies(byte[] message, byte[] signature) {
        if (algorithm == KeyAlgorithm.ED25519) {
            return signature.length == Ed25519.SIGNATURE_SIZE
                    && Ed25519.verify(
                            signature,
                            0,
                            spki,
                            spki.length - ED25519_BYTES,
                            message,
                            0,
                            message.length);
        }
        try {
            Signature check = Signature.getInstance(algorithm.signature(), BouncyCastle.PROVIDER);
            check.initVerify(jca());
            check.update(message);
            return check.verify(signature);
        } catch (SignatureException notOne) {
            return false;
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the provider has " + algorithm, impossible);
        }
    }

    /**
     * The key for the interfaces of the JDK.
     *
     * @return a key of the provider that {@link BouncyCastle} names
     */
    public PublicKey jca() {
        String family =
                switch (algorithm) {
                    case ED25519 -> "Ed25519";
                    case RSA -> "RSA";
                    case ML_DSA_65 -> "ML-DSA-65";
                    default -> "EC";
                };
        try {
            return KeyFactory.getInstance(family, BouncyCastle.PROVIDER)
                    .generatePublic(new X509EncodedKeySpec(spki));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the key was read before", impossible);
        }
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PublisherKey key && Arrays.equals(spki, key.spki);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(spki);
    }

    @Override
    public String toString() {
        return algorithm.text() + ":" + id;
    }
}
