package dev.cordon.trust.embedded;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** The short names that signatures call keys by. */
final class KeyIds {
    private static final int ID_BYTES = 12;
    private static final byte[] MESSAGE = "key_id".getBytes(StandardCharsets.US_ASCII);

    private KeyIds() {}

    /** The name that the tool gives a key by itself. */
    static byte[] of(byte[] rawKey) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(rawKey, "HmacSHA256"));
            return Arrays.copyOf(mac.doFinal(MESSAGE), ID_BYTES);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException("every JDK has HMAC-SHA-256", impossible);
        }
    }
}
