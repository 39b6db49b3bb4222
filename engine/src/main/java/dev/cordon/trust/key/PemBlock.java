package dev.cordon.trust.key;

import dev.cordon.error.ErrorCode;
import dev.cordon.error.GuestText;
import dev.cordon.trust.crypto.Rejection;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import org.bouncycastle.util.io.pem.PemObject;
import org.bouncycastle.util.io.pem.PemReader;

/**
 * The first block of a PEM file.
 *
 * @param type what stands behind {@code BEGIN}, printable
 * @param content the decoded bytes
 */
record PemBlock(String type, byte[] content) {
    private static final int MAX_TYPE = 60;

    static PemBlock read(InputStream file) {
        try (PemReader reader =
                new PemReader(new InputStreamReader(file, StandardCharsets.ISO_8859_1))) {
            PemObject object = reader.readPemObject();
            if (object == null) {
                throw new Rejection(ErrorCode.MALFORMED_SIGNATURE, "it has no block of PEM");
            }
            return new PemBlock(
                    GuestText.printable(object.getType(), MAX_TYPE), object.getContent());
        } catch (IOException | RuntimeException broken) {
            if (broken instanceof Rejection rejection) {
                throw rejection;
            }
            throw new Rejection(ErrorCode.MALFORMED_SIGNATURE, "its PEM cannot be read");
        }
    }
}
