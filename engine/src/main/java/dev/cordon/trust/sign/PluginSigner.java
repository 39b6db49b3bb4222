package dev.cordon.trust.sign;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.error.UsageException;
import dev.cordon.manifest.ManifestReader;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.detached.CmsSigner;
import dev.cordon.trust.detached.TimestampExchange;
import dev.cordon.trust.embedded.EmbeddedSigner;
import dev.cordon.trust.key.KeyAlgorithm;
import dev.cordon.trust.key.SigningKey;
import dev.cordon.trust.statement.JsonObject;
import dev.cordon.trust.statement.KeyRotation;
import dev.cordon.trust.statement.RevocationList;
import dev.cordon.trust.statement.SignedStatement;
import java.io.ByteArrayInputStream;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Signs plugins and statements. Every method says with a {@link UsageException} what is wrong. */
public final class PluginSigner {
    private PluginSigner() {}

    /**
     * Puts a manifest into a module, so that signatures cover it; signatures inside are dropped.
     *
     * @param module the whole file
     * @param manifest the JSON document
     * @return the module with the manifest as its last section
     * @throws dev.cordon.error.CordonException if the manifest or the module cannot be read
     */
    public static byte[] withManifest(byte[] module, byte[] manifest) {
        ManifestReader.read(manifest, "manifest");
        return checked(() -> EmbeddedSigner.withManifest(module, manifest));
    }

    /**
     * Signs a module from inside; other signers of the same bytes stay.
     *
     * @param module the whole file
     * @param key an Ed25519 key
     * @return the signed module
     */
    public static byte[] embedded(byte[] module, SigningKey key) {
        if (key.publicKey().algorithm() != KeyAlgorithm.ED25519) {
            throw usage(
                    "a signature inside a module needs an Ed25519 key, and this one is "
                            + key.publicKey().algorithm().text(),
                    "make a key with `cordon keygen`, or sign with `--detached`");
        }
        return checked(() -> EmbeddedSigner.sign(module, key));
    }

    /**
     * Signs a module from outside, with a certificate.
     *
     * @param module the whole file, signed from inside before if it is to be both
     * @param key the certificate's key
     * @param chain its certificate first, then those above it
     * @param earlier a signature file over the same module whose signers stay
     * @return the bytes of a {@code .p7s} file
     */
    public static byte[] detached(
            byte[] module, SigningKey key, List<X509Certificate> chain, Optional<byte[]> earlier) {
        return checked(() -> CmsSigner.sign(module, key, chain, earlier));
    }

    /**
     * Asks for a timestamp.
     *
     * @param signature the bytes of a {@code .p7s} file
     * @return a request of RFC 3161 for its last signer
     */
    public static byte[] timestampRequest(byte[] signature) {
        return checked(() -> TimestampExchange.request(signature));
    }

    /**
     * Adds a timestamp.
     *
     * @param signature the bytes of a {@code .p7s} file
     * @param reply what the authority answered
     * @return the file with the timestamp
     */
    public static byte[] withTimestamp(byte[] signature, byte[] reply) {
        return checked(() -> TimestampExchange.attach(signature, reply));
    }

    /**
     * Signs a list of revocations or a rotation of keys.
     *
     * @param document JSON with the field {@code type}
     * @param keys who sign
     * @return the signed statement
     */
    public static byte[] statement(byte[] document, List<SigningKey> keys) {
        return checked(
                () -> {
                    String type = JsonObject.read(document, "statement").required("type");
                    switch (type) {
                        case SignedStatement.REVOCATIONS -> RevocationList.ofPayload(document);
                        case SignedStatement.ROTATION -> KeyRotation.check(document);
                        default ->
                                throw new Rejection(
                                        ErrorCode.MALFORMED_SIGNATURE,
                                        "the `type` of a statement is `revocations` or `rotation`");
                    }
                    return SignedStatement.sign(document, type, keys);
                });
    }

    /**
     * Reads certificates.
     *
     * @param pem one or more in PEM, or one in DER
     * @param name what to call the file in messages
     * @return at least one, in their order
     */
    public static List<X509Certificate> certificates(byte[] pem, String name) {
        List<X509Certificate> certificates = new ArrayList<>();
        try {
            CertificateFactory.getInstance("X.509", BouncyCastle.PROVIDER)
                    .generateCertificates(new ByteArrayInputStream(pem))
                    .forEach(it -> certificates.add((X509Certificate) it));
        } catch (CertificateException unreadable) {
            certificates.clear();
        }
        if (certificates.isEmpty()) {
            throw usage(
                    "`" + GuestText.printable(name, 200) + "` holds no certificate",
                    "name a file in PEM, the signer's certificate first");
        }
        return List.copyOf(certificates);
    }

    private static <T> T checked(Supplier<T> signing) {
        try {
            return signing.get();
        } catch (Rejection rejected) {
            throw usage(rejected.detail(), "docs/trust.md shows how plugins are signed");
        }
    }

    private static UsageException usage(String what, String help) {
        return new UsageException(ErrorCode.USAGE, "cordon", what, help);
    }
}
