package dev.cordon.trust.key;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.trust.crypto.BouncyCastle;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.util.Optional;

/** A private key with its public one. Its text forms never show the private part. */
public final class SigningKey {
    /** Bits of the RSA keys that are made here. */
    private static final int RSA_BITS = 3_072;

    private final PrivateKey privateKey;
    private final PublisherKey publicKey;

    SigningKey(PrivateKey privateKey, PublisherKey publicKey) {
        this.privateKey = privateKey;
        this.publicKey = publicKey;
    }

    /**
     * Makes a new key.
     *
     * @param algorithm which kind
     * @return a key that nobody else has
     */
    public static SigningKey generate(KeyAlgorithm algorithm) {
        try {
            KeyPair pair = generator(algorithm).generateKeyPair();
            byte[] spki = pair.getPublic().getEncoded();
            return new SigningKey(
                    pair.getPrivate(), PublisherKey.ofSpki(spki, PublisherKey.DEFAULT_RSA_BITS));
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the provider has " + algorithm, impossible);
        }
    }

    private static KeyPairGenerator generator(KeyAlgorithm algorithm)
            throws GeneralSecurityException {
        String family =
                switch (algorithm) {
                    case ED25519 -> "Ed25519";
                    case RSA -> "RSA";
                    case ML_DSA_65 -> "ML-DSA-65";
                    default -> "EC";
                };
        KeyPairGenerator generator = KeyPairGenerator.getInstance(family, BouncyCastle.PROVIDER);
        switch (algorithm) {
            case RSA -> generator.initialize(RSA_BITS);
            case ECDSA_P256 -> generator.initialize(new ECGenParameterSpec("secp256r1"));
            case ECDSA_P384 -> generator.initialize(new ECGenParameterSpec("secp384r1"));
            case ECDSA_P521 -> generator.initialize(new ECGenParameterSpec("secp521r1"));
            default -> {
                // the family says it all
            }
        }
        return generator;
    }

    /**
     * Reads a private key: PKCS#8 in PEM, encrypted or not, or a secret key of wasmsign2.
     *
     * @param file its bytes
     * @param passphrase for an encrypted one; asked only then
     * @param name what to call it in messages
     * @return the key
     * @throws UsageException if it cannot be read or decrypted, or is weak
     */
    public static SigningKey read(byte[] file, PassphraseSource passphrase, String name) {
        return PrivateKeyFile.read(file, passphrase, name);
    }

    /** Where a passphrase comes from when one is needed. */
    public interface PassphraseSource {
        /**
         * Gives the passphrase.
         *
         * @return empty if there is none
         */
        Optional<char[]> passphrase();
    }

    /**
     * The private key as it is kept in a file.
     *
     * @return PKCS#8 in PEM, not encrypted
     */
    public String toPem() {
        return PrivateKeyFile.plain(privateKey);
    }

    /**
     * The private key as it is kept in a file, encrypted.
     *
     * @param passphrase at least one character
     * @return PKCS#8 in PEM with PBES2: PBKDF2 with HMAC-SHA-256, and AES-256-CBC
     * @throws UsageException if the passphrase is empty
     */
    public String toEncryptedPem(char[] passphrase) {
        if (passphrase.length == 0) {
            throw new UsageException(
                    ErrorCode.USAGE, "cordon", "the passphrase is empty", "choose a long one");
        }
        return PrivateKeyFile.encrypted(privateKey, passphrase);
    }

    /**
     * The public key as it is kept in a file.
     *
     * @return {@code SubjectPublicKeyInfo} in PEM
     */
    public String publicPem() {
        return PrivateKeyFile.pem("PUBLIC KEY", publicKey.spki());
    }

    /**
     * The key that others check with.
     *
     * @return the public part
     */
    public PublisherKey publicKey() {
        return publicKey;
    }

    /**
     * The key for the interfaces of the JDK.
     *
     * @return the private part
     */
    public PrivateKey jca() {
        return privateKey;
    }

    /**
     * Signs a message: Ed25519, ECDSA with the curve's hash, RSA-PSS with SHA-256, ML-DSA-65.
     *
     * @param message any bytes
     * @return the signature
     */
    public byte[] sign(byte[] message) {
        try {
            Signature signature =
                    Signature.getInstance(publicKey.algorithm().signature(), BouncyCastle.PROVIDER);
            signature.initSign(privateKey);
            signature.update(message);
            return signature.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("the key is one of the provider", impossible);
        }
    }

    @Override
    public String toString() {
        return "private key of " + publicKey;
    }
}
