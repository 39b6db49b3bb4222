package dev.cordon.trust.key;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The kinds of key that can sign. */
public enum KeyAlgorithm {
    /** Edwards curve 25519; the only one for signatures inside a module. */
    ED25519("ed25519", "Ed25519"),
    /** The NIST curve of 256 bits. */
    ECDSA_P256("ecdsa-p256", "SHA256withECDSA"),
    /** The NIST curve of 384 bits. */
    ECDSA_P384("ecdsa-p384", "SHA384withECDSA"),
    /** The NIST curve of 521 bits. */
    ECDSA_P521("ecdsa-p521", "SHA512withECDSA"),
    /** RSA of 3,072 bits or more. */
    RSA("rsa", "SHA256withRSAandMGF1"),
    /** The lattice signature of FIPS 204, middle size. */
    ML_DSA_65("ml-dsa-65", "ML-DSA-65");

    private final String text;
    private final String signature;

    KeyAlgorithm(String text, String signature) {
        this.text = text;
        this.signature = signature;
    }

    /**
     * The algorithm with a name.
     *
     * @param text for example {@code ecdsa-p256}
     * @return empty if there is none
     */
    public static Optional<KeyAlgorithm> of(String text) {
        return Arrays.stream(values()).filter(it -> it.text.equals(text)).findFirst();
    }

    /**
     * All names, for the help line of an error.
     *
     * @return names with commas
     */
    public static String names() {
        return Arrays.stream(values()).map(KeyAlgorithm::text).collect(Collectors.joining(", "));
    }

    /**
     * The algorithm as users write it.
     *
     * @return for example {@code ecdsa-p256}
     */
    public String text() {
        return text;
    }

    /** How such a key signs, as providers of cryptography call it. */
    String signature() {
        return signature;
    }
}
