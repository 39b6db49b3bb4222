package dev.cordon.bundle;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * SHA-256 of a plugin's bytes: its identity.
 *
 * @param hex 64 lower-case hexadecimal digits
 */
public record Digest(String hex) {
    /**
     * Digests bytes.
     *
     * @param bytes any bytes
     * @return their digest
     */
    public static Digest of(byte[] bytes) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(bytes);
            return new Digest(HexFormat.of().formatHex(digest));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every JDK has SHA-256", impossible);
        }
    }

    @Override
    public String toString() {
        return hex;
    }
}
