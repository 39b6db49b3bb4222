package dev.cordon.trust.key;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;

/** The forms in which public keys are kept in files. */
final class PublicKeyFile {
    private static final int MAX_BYTES = 64 * 1024;
    private static final int DER_SEQUENCE = 0x30;
    private static final String KEY = "PUBLIC KEY";
    private static final String CERTIFICATE = "CERTIFICATE";

    /** A one and the 32 bytes: a public key of wasmsign2. */
    private static final int WASMSIGN_BYTES = 33;

    /** The letters {@code Ed}, a key number of 8 bytes and the 32 bytes: one of minisign. */
    private static final int MINISIGN_BYTES = 42;

    private PublicKeyFile() {}

    static PublisherKey read(byte[] file, int minRsaBits) {
        if (file.length > MAX_BYTES) {
            throw unknown("it is larger than " + MAX_BYTES + " bytes");
        }
        if (file.length == WASMSIGN_BYTES && file[0] == 1) {
            return PublisherKey.checkedEd25519(Arrays.copyOfRange(file, 1, WASMSIGN_BYTES));
        }
        if (file.length > 0 && file[0] == DER_SEQUENCE) {
            return PublisherKey.checkedSpki(file, minRsaBits);
        }
        String text = new String(file, StandardCharsets.ISO_8859_1);
        return text.contains("-----BEGIN ") ? pem(file, minRsaBits) : base64(text, minRsaBits);
    }

    private static PublisherKey pem(byte[] file, int minRsaBits) {
        PemBlock block = PemBlock.read(new ByteArrayInputStream(file));
        return switch (block.type()) {
            case KEY -> PublisherKey.checkedSpki(block.content(), minRsaBits);
            case CERTIFICATE -> ofCertificate(block.content(), minRsaBits);
            default -> throw unknown("it is a PEM file of the type `" + block.type() + "`");
        };
    }

    private static PublisherKey ofCertificate(byte[] der, int minRsaBits) {
        try {
            X509CertificateHolder certificate = new X509CertificateHolder(der);
            return PublisherKey.checkedSpki(
                    certificate.getSubjectPublicKeyInfo().getEncoded(), minRsaBits);
        } catch (IOException broken) {
            throw unknown("its certificate cannot be read");
        }
    }

    /** The last line: a key of minisign, or the one line between those of a PEM file. */
    private static PublisherKey base64(String text, int minRsaBits) {
        List<String> lines = text.lines().map(String::strip).filter(it -> !it.isEmpty()).toList();
        if (lines.isEmpty()) {
            throw unknown("it is empty");
        }
        byte[] key;
        try {
            key = Base64.getDecoder().decode(lines.get(lines.size() - 1));
        } catch (IllegalArgumentException notBase64) {
            throw unknown("its form is not known");
        }
        if (key.length > 0 && key[0] == DER_SEQUENCE) {
            return PublisherKey.checkedSpki(key, minRsaBits);
        }
        if (key.length != MINISIGN_BYTES || key[0] != 'E' || key[1] != 'd') {
            throw unknown("its form is not known");
        }
        return PublisherKey.checkedEd25519(Arrays.copyOfRange(key, 10, MINISIGN_BYTES));
    }

    private static Rejection unknown(String what) {
        return new Rejection(ErrorCode.MALFORMED_SIGNATURE, what);
    }
}
