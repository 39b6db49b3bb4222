package dev.cordon.trust.key;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.UsageException;
import dev.cordon.trust.crypto.BouncyCastle;
import dev.cordon.trust.crypto.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.util.Arrays;
import org.bouncycastle.asn1.nist.NISTObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PBES2Parameters;
import org.bouncycastle.asn1.pkcs.PBKDF2Params;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.crypto.util.PBKDF2Config;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfo;
import org.bouncycastle.pkcs.PKCS8EncryptedPrivateKeyInfoBuilder;
import org.bouncycastle.pkcs.PKCSException;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEInputDecryptorProviderBuilder;
import org.bouncycastle.pkcs.jcajce.JcePKCSPBEOutputEncryptorBuilder;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemWriter;

/** The forms in which private keys are kept in files. */
final class PrivateKeyFile {
    private static final int MAX_BYTES = 64 * 1024;
    private static final String PLAIN = "PRIVATE KEY";
    private static final String ENCRYPTED = "ENCRYPTED PRIVATE KEY";

    /** What a passphrase is stretched by, as OWASP recommends for this function. */
    private static final int ITERATIONS = 600_000;

    /** Beyond it a file keeps its reader busy for long. */
    private static final int MAX_ITERATIONS = 10_000_000;

    private static final int SALT_BYTES = 16;

    /** A one with the high bit set, the seed and the public key: a secret key of wasmsign2. */
    private static final int WASMSIGN_BYTES = 65;

    private static final byte WASMSIGN_SECRET = (byte) 0x81;

    private PrivateKeyFile() {}

    static SigningKey read(byte[] file, SigningKey.PassphraseSource passphrase, String name) {
        try {
            if (file.length > MAX_BYTES) {
                throw unusable(name, "it is larger than " + MAX_BYTES + " bytes");
            }
            if (file.length == WASMSIGN_BYTES && file[0] == WASMSIGN_SECRET) {
                return PrivateKeys.ofSeed(Arrays.copyOfRange(file, 1, 33));
            }
            PemBlock block = PemBlock.read(new ByteArrayInputStream(file));
            return switch (block.type()) {
                case PLAIN -> PrivateKeys.of(PrivateKeyInfo.getInstance(block.content()));
                case ENCRYPTED -> PrivateKeys.of(decrypted(block.content(), passphrase, name));
                default -> throw unusable(name, "it is of the type `" + block.type() + "`");
            };
        } catch (Rejection weak) {
            throw unusable(name, weak.detail());
        } catch (IOException | IllegalArgumentException | GeneralSecurityException broken) {
            throw unusable(name, "its content cannot be read");
        }
    }

    private static PrivateKeyInfo decrypted(
            byte[] content, SigningKey.PassphraseSource passphrase, String name)
            throws IOException {
        PKCS8EncryptedPrivateKeyInfo info = new PKCS8EncryptedPrivateKeyInfo(content);
        requireAffordable(info, name);
        char[] secret =
                passphrase
                        .passphrase()
                        .orElseThrow(() -> unusable(name, "it is encrypted: no passphrase given"));
        try {
            return info.decryptPrivateKeyInfo(
                    new JcePKCSPBEInputDecryptorProviderBuilder()
                            .setProvider(BouncyCastle.PROVIDER)
                            .build(secret));
        } catch (PKCSException wrong) {
            throw unusable(name, "the passphrase does not open it");
        } finally {
            Arrays.fill(secret, '\0');
        }
    }

    /** Only PBES2 with PBKDF2, and not so many rounds that the file is an attack. */
    private static void requireAffordable(PKCS8EncryptedPrivateKeyInfo info, String name) {
        if (!info.getEncryptionAlgorithm().getAlgorithm().equals(PKCSObjectIdentifiers.id_PBES2)) {
            throw unusable(name, "it is encrypted in an old way, not with PBES2");
        }
        PBES2Parameters parameters =
                PBES2Parameters.getInstance(info.getEncryptionAlgorithm().getParameters());
        if (!parameters
                .getKeyDerivationFunc()
                .getAlgorithm()
                .equals(PKCSObjectIdentifiers.id_PBKDF2)) {
            throw unusable(name, "its passphrase is not stretched with PBKDF2");
        }
        PBKDF2Params stretching =
                PBKDF2Params.getInstance(parameters.getKeyDerivationFunc().getParameters());
        if (stretching.getIterationCount().bitLength() > 31
                || stretching.getIterationCount().intValue() > MAX_ITERATIONS) {
            throw unusable(name, "opening it would take too long");
        }
    }

    static String plain(PrivateKey key) {
        return pem(PLAIN, firstVersion(key));
    }

    static String encrypted(PrivateKey key, char[] passphrase) {
        try {
            PKCS8EncryptedPrivateKeyInfo info =
                    new PKCS8EncryptedPrivateKeyInfoBuilder(firstVersion(key))
                            .build(
                                    new JcePKCSPBEOutputEncryptorBuilder(
                                                    new PBKDF2Config.Builder()
                                                            .withPRF(PBKDF2Config.PRF_SHA256)
                                                            .withIterationCount(ITERATIONS)
                                                            .withSaltLength(SALT_BYTES)
                                                            .build(),
                                                    NISTObjectIdentifiers.id_aes256_CBC)
                                            .setProvider(BouncyCastle.PROVIDER)
                                            .build(passphrase));
            return pem(ENCRYPTED, info.getEncoded());
        } catch (IOException | OperatorCreationException impossible) {
            throw new IllegalStateException("the provider has AES", impossible);
        }
    }

    /** Without the public key that a newer form adds, which not all tools can read. */
    private static byte[] firstVersion(PrivateKey key) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
            return new PrivateKeyInfo(info.getPrivateKeyAlgorithm(), info.parsePrivateKey())
                    .getEncoded();
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
    }

    static String pem(String type, byte[] content) {
        StringWriter text = new StringWriter();
        try (PemWriter writer = new PemWriter(text)) {
            writer.writeObject(new PemObject(type, content));
        } catch (IOException impossible) {
            throw new java.io.UncheckedIOException(impossible);
        }
        return text.toString();
    }

    private static UsageException unusable(String name, String why) {
        return new UsageException(
                ErrorCode.USAGE,
                "cordon",
                "`" + name + "` holds no private key that can be used: " + why,
                "name a key in PKCS#8 such as `cordon keygen` writes; the passphrase of an"
                        + " encrypted one is read from CORDON_PASSPHRASE or asked for");
    }
}
