package dev.cordon.trust.embedded;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** What a signature inside a module is over. */
final class ModuleHashes {
    private static final byte[] DOMAIN = "wasmsig".getBytes(StandardCharsets.US_ASCII);

    private ModuleHashes() {}

    /** The state of one hash at the end of every part, 32 bytes each. */
    static byte[] of(ModuleSections sections) {
        ByteArrayOutputStream hashes = new ByteArrayOutputStream();
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            int from = sections.signedFrom();
            for (int end : sections.partEnds()) {
                digest.update(sections.bytes(), from, end - from);
                hashes.writeBytes(((MessageDigest) digest.clone()).digest());
                from = end;
            }
            return hashes.toByteArray();
        } catch (NoSuchAlgorithmException | CloneNotSupportedException impossible) {
            throw new IllegalStateException("every JDK has SHA-256 that clones", impossible);
        }
    }

    /** The message that the hashes become, which names the format so that no other one fits. */
    static byte[] message(byte[] hashes) {
        ByteArrayOutputStream message = new ByteArrayOutputStream();
        message.writeBytes(DOMAIN);
        for (int i = 0; i < 3; i++) { // version, kind of content, hash function
            message.write(SignatureReader.KNOWN);
        }
        message.writeBytes(hashes);
        return message.toByteArray();
    }
}
