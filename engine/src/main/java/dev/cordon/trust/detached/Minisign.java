package dev.cordon.trust.detached;

import dev.cordon.error.ErrorCode;
import dev.cordon.trust.crypto.Rejection;
import dev.cordon.trust.key.PublisherKey;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;
import org.bouncycastle.crypto.digests.Blake2bDigest;

/** Checks signatures of the tool minisign, in its hashed form only. */
public final class Minisign {
    /** Largest file accepted; the tool writes less than 1 KiB. */
    public static final int MAX_BYTES = 8 * 1024;

    private static final String COMMENT = "untrusted comment: ";
    private static final String TRUSTED = "trusted comment: ";
    private static final int HEAD_BYTES = 10;
    private static final int SIGNATURE_BYTES = 64;
    private static final int HASH_BITS = 512;

    private Minisign() {}

    /**
     * Finds the keys that signed a file.
     *
     * @param module what was signed
     * @param file the bytes of the {@code .minisig} file
     * @param keys those that may have signed; other kinds than Ed25519 are passed over
     * @return those that did, maybe none
     * @throws Rejection if it is no file of minisign, or of its old form
     */
    public static Set<PublisherKey> verify(
            byte[] module, byte[] file, Collection<PublisherKey> keys) {
        if (file.length > MAX_BYTES) {
            throw malformed("is larger than " + MAX_BYTES + " bytes");
        }
        String[] lines = new String(file, StandardCharsets.ISO_8859_1).split("\r?\n", -1);
        boolean four = lines.length == 4 || (lines.length == 5 && lines[4].isEmpty());
        if (!four || !lines[0].startsWith(COMMENT) || !lines[2].startsWith(TRUSTED)) {
            throw malformed("has not the four lines of minisign");
        }
        byte[] first = decoded(lines[1], HEAD_BYTES + SIGNATURE_BYTES);
        if (first[0] != 'E' || first[1] != 'D') {
            throw malformed("is not of the kind `ED`; sign again without `-l`");
        }
        byte[] signature = Arrays.copyOfRange(first, HEAD_BYTES, first.length);
        byte[] second = decoded(lines[3], SIGNATURE_BYTES);
        byte[] comment = lines[2].substring(TRUSTED.length()).getBytes(StandardCharsets.ISO_8859_1);
        return signers(hash(module), signature, joined(signature, comment), second, keys);
    }

    private static Set<PublisherKey> signers(
            byte[] hash,
            byte[] signature,
            byte[] commented,
            byte[] second,
            Collection<PublisherKey> keys) {
        Set<PublisherKey> signers = new LinkedHashSet<>();
        for (PublisherKey key : keys) {
            if (key.ed25519().isPresent()
                    && key.verifies(hash, signature)
                    && key.verifies(commented, second)) {
                signers.add(key);
            }
        }
        return signers;
    }

    private static byte[] decoded(String line, int length) {
        byte[] bytes;
        try {
            bytes = Base64.getDecoder().decode(line);
        } catch (IllegalArgumentException notBase64) {
            throw malformed("has a line that is not in base64");
        }
        if (bytes.length != length) {
            throw malformed("has a line of the wrong length");
        }
        return bytes;
    }

    private static byte[] hash(byte[] module) {
        Blake2bDigest digest = new Blake2bDigest(HASH_BITS);
        digest.update(module, 0, module.length);
        byte[] hash = new byte[HASH_BITS / 8];
        digest.doFinal(hash, 0);
        return hash;
    }

    private static byte[] joined(byte[] first, byte[] second) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(first);
        out.writeBytes(second);
        return out.toByteArray();
    }

    private static Rejection malformed(String how) {
        return new Rejection(ErrorCode.MALFORMED_SIGNATURE, "the minisign signature " + how);
    }
}
